"""Days since the newest dated page or list entry of the foreign version.

What it measures
    Days between the newest publication date on any captured page, or beside an entry of a captured list, and the
    cut-off date.
Why it matters
    Readers cannot trust a version that nobody keeps up.
Blind spots
    Undated pages are skipped. A page whose date was edited looks fresh, and so does a Chinese page under the
    foreign version. The newest page may lie beyond the page budget. Where nothing of the last two weeks was seen and a
    news or notices column could not be looked at, nothing is said.
"""

from scoring.evidence import Evidence, Measurement, measured, not_measured
from scoring.readings.column_ages import WINDOWS
from scoring.readings.dated_updates import UNDATED, dated_updates, unseen_news
from scoring.registry import indicator

FRESH_DAYS = WINDOWS["news"]


@indicator(unit="days", needs=["pages"])
def days_since_update(evidence: Evidence) -> Measurement:
    """Measure from what is dated at or before the cut-off: a date after it proves nothing about the round."""
    updates = dated_updates(evidence)
    if not updates:
        return not_measured(UNDATED)
    newest = updates[0]
    days = (evidence.cutoff - newest.day).days
    if days > FRESH_DAYS and (unseen := unseen_news(evidence)):
        return unseen
    return measured(
        days, note=f"the newest page or list entry is dated {newest.day}", evidence=[newest.ref], n=len(updates)
    )
