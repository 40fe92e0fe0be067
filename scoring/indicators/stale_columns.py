"""Number of columns of the version that were not kept up.

What it measures
    Columns of news, notices, laws and policies, interpretation, or the organisation whose newest entry is older than
    the window of their kind: two weeks for news, six months for notices and policies, a year for the organisation.
Why it matters
    Site checks veto a site with five stale columns (census of 2015, V3; its windows, written for Chinese versions).
Blind spots
    A column without any date is left out, though site checks take undated content for stale, and so is one that may
    hold newer entries that we failed to see. A list that does not show its newest entry first looks stale.
"""

from scoring.evidence import Evidence, Measurement
from scoring.readings.column_ages import overdue_columns
from scoring.registry import indicator


@indicator(unit="count", needs=["home"])
def stale_columns(evidence: Evidence) -> Measurement:
    """Count columns by the newest date that they show."""
    return overdue_columns(evidence, lambda age: age.window, "are older than the window of their kind")
