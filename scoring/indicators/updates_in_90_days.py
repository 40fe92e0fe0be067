"""Pages and list entries dated within the 90 days to the cut-off.

What it measures
    Distinct addresses that a captured page, or an entry of a captured list, dates within the 90 calendar days
    that end with the cut-off date. A page's own date counts before a list's.
Why it matters
    One fresh notice is not upkeep; information is to be updated often.
Blind spots
    Undated entries are skipped. Entries beyond the page budget are not seen, and one article under two addresses
    counts twice. The language of a listed page that was not captured is unknown. Where a news or notices column
    could not be looked at, nothing is said.
"""

from scoring.evidence import Evidence, Measurement
from scoring.readings.dated_updates import updates_within
from scoring.registry import indicator

WINDOW_DAYS = 90


@indicator(unit="count", needs=["pages"])
def updates_in_90_days(evidence: Evidence) -> Measurement:
    """Count addresses, not mentions: the same entry stands on the home page and in its column."""
    return updates_within(evidence, WINDOW_DAYS)
