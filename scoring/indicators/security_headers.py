"""Share of five security headers that the home page's answer carries.

What it measures
    Whether the answer of the version's home page carries, with a value that protects: Strict-Transport-Security (over
    https, for half a year at least), Content-Security-Policy, X-Content-Type-Options: nosniff, protection against
    framing (X-Frame-Options, or frame-ancestors in the policy), and a Referrer-Policy that does not send whole
    addresses everywhere.
Why it matters
    A government page that can be framed, sniffed or downgraded can be made to speak for somebody else.
Blind spots
    The headers of one page are read; how good a policy is, is not judged. The five are this project's selection of
    those that the Internet's standards define (RFC 6797, W3C and WHATWG).
"""

import re

from scoring.evidence import Evidence, Measurement, PageEvidence, measured, not_measured
from scoring.readings.features import excerpt
from scoring.registry import indicator

HALF_A_YEAR = 15_768_000  # seconds
_MAX_AGE = re.compile(r"max-age\s*=\s*\"?(\d{1,12})", re.IGNORECASE)
_UNSAFE_REFERRERS = frozenset({"", "unsafe-url"})


@indicator(unit="share", needs=["home"])
def security_headers(evidence: Evidence) -> Measurement:
    """Measure on the answer of the home page as it came over the wire."""
    home = evidence.home
    if home is None or not home.headers:
        return not_measured("the headers of the home page's answer are not archived")
    found = _protections(home)
    missing = [name for name, value in found.items() if not value]
    note = f"the home page's answer carries {len(found) - len(missing)} of {len(found)} security headers"
    note += f"; missing: {', '.join(missing)}" if missing else ""
    cue = "; ".join(f"{name}: {excerpt(value, 60)}" for name, value in found.items() if value)
    refs = [home.ref.citing(cue or "no security header")]
    return measured((len(found) - len(missing)) / len(found), note=note, evidence=refs, n=len(found))


def _protections(page: PageEvidence) -> dict[str, str]:
    """Each protection with the header's value, empty where there is none or it protects nothing."""
    strict = page.header("Strict-Transport-Security") or ""
    age = _MAX_AGE.search(strict)
    policy = page.header("Content-Security-Policy") or ""
    sniff = page.header("X-Content-Type-Options") or ""
    frames = page.header("X-Frame-Options") or ""
    referrer = page.header("Referrer-Policy") or ""
    ancestors = "frame-ancestors" in policy.lower()
    return {
        "Strict-Transport-Security": strict
        if page.url.startswith("https:") and age is not None and int(age[1]) >= HALF_A_YEAR
        else "",
        "Content-Security-Policy": policy,
        "X-Content-Type-Options": sniff if sniff.strip().lower() == "nosniff" else "",
        "framing": policy if ancestors else frames if frames.strip().lower() in ("deny", "sameorigin") else "",
        "Referrer-Policy": referrer if referrer.strip().lower() not in _UNSAFE_REFERRERS else "",
    }
