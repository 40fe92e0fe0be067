"""Whether the copies of the site code on the version's pages agree.

What it measures
    Whether all copies of the site code (网站标识码) on the captured pages, in page tag, footer and the script of the
    error-report entry, are one well-formed code: ten digits, or `bm` and eight digits.
Why it matters
    The code identifies the body that answers for the site; two codes, or a mistyped one, identify none.
Blind spots
    The code is not looked up in the national register. A version that carries fewer than two copies has nothing to
    compare; `identity_footer` measures that.
"""

import re

from scoring.evidence import Evidence, EvidenceRef, Measurement, measured, not_applicable, not_measured
from scoring.readings.features import MOST_CITED, captured_pages, is_unread
from scoring.registry import indicator

_WELL_FORMED = re.compile(r"(?:bm\d{8}|\d{10})")


@indicator(unit="boolean", needs=["home"])
def site_code_agreement(evidence: Evidence) -> Measurement:
    """Compare kinds of copies (tag, footer, script) over all captured pages."""
    copies: dict[tuple[str, str], EvidenceRef] = {}
    pages = captured_pages(evidence)
    for page in pages:
        for where, code in page.facts.identity.site_codes:
            copies.setdefault((where, code.lower()), page.ref.citing(f"{where}: {code}"))
    if len({where for where, _ in copies}) < 2 and len(copies) < 2:
        if any(is_unread(page, "identity") for page in pages):
            return not_measured("the identity marks of a captured page could not be read")
        found = f"one copy ({next(iter(copies))[0]})" if copies else "no copy"
        return not_applicable(f"the captured pages carry {found} of the site code; two are needed to compare")
    codes = sorted({code for _, code in copies})
    agree = len(codes) == 1 and _WELL_FORMED.fullmatch(codes[0]) is not None
    places = ", ".join(f"{where} {code}" for where, code in sorted(copies))
    note = f"the copies of the site code {'agree' if agree else 'do not agree'}: {places}"
    return measured(agree, note=note[:400], evidence=list(copies.values())[:MOST_CITED], n=len(copies))
