"""Rules of accessibility that pages break seriously, as axe-core finds them in a browser.

What it measures
    How many different rules of axe-core (WCAG 2.1, levels A and AA) with serious or critical impact are broken on the
    pages of the version that were opened in a browser: its home page and up to three more.
Why it matters
    Whoever reads with a screen reader, by keyboard or with poor eyes is shut out by them.
Blind spots
    Only `waiwen audit --render` and `waiwen render` open pages for it; without a browser nothing is measured. A tool
    finds a part of what is wrong, and a page can deceive it. Frames are not looked into.
"""

from collections import Counter

from scoring.evidence import Evidence, Measurement, measured, not_measured
from scoring.readings.features import MOST_CITED
from scoring.registry import indicator

NAMED = 5  # rules that the note names


@indicator(unit="count", needs=["home"])
def axe_serious_violations(evidence: Evidence) -> Measurement:
    """Measure on every page that was examined; elements are counted for the note alone."""
    pages = evidence.examined
    if not pages:
        return not_measured("no page of the version was examined in a browser; `waiwen render` does it")
    elements: Counter[str] = Counter()
    for page in pages:
        elements.update({violation.rule: violation.elements for violation in page.found.serious})
    told = ", ".join(f"{rule} ({elements[rule]})" for rule in sorted(elements, key=lambda r: (-elements[r], r))[:NAMED])
    versions = ", ".join(sorted({page.found.version for page in pages}))
    note = f"rules of axe-core {versions} broken seriously on {len(pages)} pages: {len(elements)}"
    worst = sorted(pages, key=lambda page: (-len(page.found.serious), page.url))[:MOST_CITED]
    refs = [
        page.ref.citing(
            "; ".join(f"{v.rule}: {v.elements}, first {v.example}" for v in page.found.serious[:3]) or "nothing serious"
        )
        for page in worst
    ]
    return measured(len(elements), note=f"{note}; {told}" if told else note, evidence=refs, n=len(pages))
