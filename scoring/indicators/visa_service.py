"""Whether visa and residence matters are explained in the version's language.

What it measures
    Whether a column on visas, residence permits or entry and exit was captured, is in the version's language and
    holds a text or a list.
Why it matters
    Visa and residence are what most foreign readers come for.
Blind spots
    A link to the national immigration authority's site is not followed: it is not measured, neither praised nor
    blamed. Forms to download are not opened. A page below 200 characters and three entries counts as empty (a
    threshold of this project).
"""

from scoring.evidence import Evidence, Measurement
from scoring.registry import indicator
from scoring.service_columns import service_column

TYPES = ("visa",)


@indicator(unit="boolean", needs=["home"])
def visa_service(evidence: Evidence) -> Measurement:
    """Measure by content behind the menu entry, never by the entry alone."""
    return service_column(evidence, TYPES, "visa")
