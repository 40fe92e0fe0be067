"""Share of the identity marks that the home page carries.

What it measures
    How many of four marks the home page carries: who runs it (organiser or site code), the ICP licence, the police
    record, and the public-institution badge (CONAC) or error-report entry.
Why it matters
    Readers must be able to tell a government's site from an imitation; site checks ask for all four.
Blind spots
    Written for Chinese sites, and not applicable to sites of another base language. A version on a newspaper's host
    carries that host's marks. Marks written by a script are not seen, and none is verified with its issuer.
"""

from crawler.extract.facts import Identity
from crawler.model import CHINESE
from scoring.evidence import Evidence, Measurement, measured, not_applicable, not_measured
from scoring.readings.features import excerpt, in_base_language, is_unread, passes_on
from scoring.registry import indicator


@indicator(unit="share", needs=["home"])
def identity_footer(evidence: Evidence) -> Measurement:
    """Measure on the home page, which owes all four."""
    home = evidence.home
    if not in_base_language(CHINESE, evidence):
        return not_applicable("these marks are asked of Chinese sites only")
    if home is None or passes_on(home) or is_unread(home, "identity"):
        return not_measured("the home page's own content could not be read")
    marks = _marks(home.facts.identity)
    missing = [name for name, found in marks.items() if not found]
    present = "; ".join(f"{name}: {excerpt(found)}" for name, found in marks.items() if found)
    note = f"the home page carries {len(marks) - len(missing)} of {len(marks)} identity marks"
    note += f"; missing: {', '.join(missing)}" if missing else ""
    refs = [home.ref.citing(present or "no identity mark")]
    return measured((len(marks) - len(missing)) / len(marks), note=note, evidence=refs, n=len(marks))


def _marks(identity: Identity) -> dict[str, str]:
    code = identity.site_codes[0][1] if identity.site_codes else ""
    return {
        "organiser or site code": identity.organiser or code,
        "ICP licence": identity.icp or "",
        "police record": identity.police or "",
        "CONAC badge or error-report entry": identity.conac or identity.jiucuo or "",
    }
