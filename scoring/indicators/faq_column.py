"""Whether frequent questions are answered in the version's language.

What it measures
    Whether a column of frequently asked questions was captured, is in the version's language and holds a text or a
    list.
Why it matters
    An answer that is already written is the fastest service, in any time zone.
Blind spots
    Questions that stand inside other columns are not seen. Whether the answers are right, expert review says. A
    page below 200 characters and three entries counts as empty (a threshold of this project).
"""

from scoring.evidence import Evidence, Measurement
from scoring.registry import indicator
from scoring.service_columns import service_column

TYPES = ("faq",)


@indicator(unit="boolean", needs=["home"])
def faq_column(evidence: Evidence) -> Measurement:
    """Measure by content behind the menu entry, never by the entry alone."""
    return service_column(evidence, TYPES, "frequently asked questions")
