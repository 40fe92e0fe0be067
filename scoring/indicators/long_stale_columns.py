"""Number of columns of the version that nothing was added to for a year.

What it measures
    Columns of news, notices, laws and policies, interpretation, or the organisation whose newest entry is more than
    365 days older than the cut-off date.
Why it matters
    Site checks veto a site with ten long-stale columns (census of 2015, V3; adapted).
Blind spots
    The census's own bound for "long stale" was not found; a year is this project's. A column without any date is left
    out, and so is one that may hold newer entries that we failed to see.
"""

from scoring.evidence import Evidence, Measurement
from scoring.readings.column_ages import overdue_columns
from scoring.registry import indicator

LONG = 365  # days


@indicator(unit="count", needs=["home"])
def long_stale_columns(evidence: Evidence) -> Measurement:
    """Count columns by the newest date that they show."""
    return overdue_columns(evidence, lambda _: LONG, f"show nothing of the year to {evidence.cutoff}")
