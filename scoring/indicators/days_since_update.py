"""Days since the newest dated page of the foreign version.

What it measures
    Days between the newest publication date on any captured page and the cut-off date.
Why it matters
    Readers cannot trust a version that nobody keeps up.
Blind spots
    Undated pages are skipped. A page whose date was edited looks fresh, and so does a Chinese page under the
    foreign version. The newest page may lie beyond the page budget.
"""

from datetime import date

from scoring.evidence import Evidence, Measurement, measured
from scoring.readings.features import date_cue
from scoring.registry import indicator


@indicator(unit="days", needs=["dated_pages"])
def days_since_update(evidence: Evidence) -> Measurement:
    """Measure from pages dated at or before the cut-off: a date after it proves nothing about the round."""
    newest = max(evidence.dated_pages, key=lambda page: page.published or date.min)
    published = newest.published or date.min
    return measured(
        (evidence.cutoff - published).days,
        note=f"the newest page is dated {published}",
        evidence=[newest.ref.citing(date_cue(newest))],
        n=len(evidence.dated_pages),
    )
