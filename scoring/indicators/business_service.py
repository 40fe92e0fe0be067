"""Whether doing business is explained in the version's language.

What it measures
    Whether a column on trade, companies or doing business was captured, is in the version's language and holds a
    text or a list.
Why it matters
    Firms that are already here need offices, procedures and forms, not advertising.
Blind spots
    Business news under such a heading passes as service. Steps and forms are not checked one by one. A page below
    200 characters and three entries counts as empty (a threshold of this project).
"""

from scoring.evidence import Evidence, Measurement
from scoring.registry import indicator
from scoring.service_columns import service_column

TYPES = ("business",)


@indicator(unit="boolean", needs=["home"])
def business_service(evidence: Evidence) -> Measurement:
    """Measure by content behind the menu entry, never by the entry alone."""
    return service_column(evidence, TYPES, "business")
