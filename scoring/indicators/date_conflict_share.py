"""Share of dated pages that contradict themselves about their date.

What it measures
    Captured pages with a publication date of their own on which another sign (a page tag, a label, the address) gives a
    day that differs by more than one, over all pages that date themselves; at least five.
Why it matters
    A page whose tag says 2019 and whose text says 2026 is sorted wrongly by search engines and trusted by no reader.
Blind spots
    Which of two dates is right is not told. A page that was rightly updated, and says so, has two dates without
    contradiction; only publication dates are compared.
"""

from datetime import date

from scoring.evidence import Evidence, Measurement, PageEvidence, measured, not_measured
from scoring.readings.features import captured_pages, cited, date_cue, is_unread
from scoring.registry import indicator

FEWEST = 5
NEAR = 1  # days; a page prepared in the evening and published after midnight contradicts nothing


@indicator(unit="share", needs=["pages"])
def date_conflict_share(evidence: Evidence) -> Measurement:
    """Measure on at least five pages that carry a date of their own."""
    dated = [page for page in captured_pages(evidence) if page.facts.published and not is_unread(page, "dates")]
    if len(dated) < FEWEST:
        return not_measured(f"only {len(dated)} captured pages date themselves, at least {FEWEST} are needed")
    torn = [page for page in dated if _conflicts(page)]
    note = f"{len(torn)} of {len(dated)} dated pages give more than one date of publication"
    refs = cited(torn, lambda page: f"{date_cue(page)} against {_conflicts(page)[0]}") or cited(dated, date_cue)
    return measured(len(torn) / len(dated), note=note, evidence=refs, n=len(dated))


def _conflicts(page: PageEvidence) -> list[str]:
    own = page.facts.published
    return [other for other in own.conflicts if _differs(own.date, other)] if own else []


def _differs(own: date, conflict: str) -> bool:
    try:
        other = date.fromisoformat(conflict.rpartition("=")[2][:10])
    except ValueError:
        return False
    return abs((other - own).days) > NEAR
