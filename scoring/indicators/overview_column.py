"""Whether the version tells its reader about the place or body in the reader's language.

What it measures
    Whether a column that introduces the place or the body (location, population, history, economy) was captured, is
    in the version's language and holds a text or a list.
Why it matters
    It is the first thing that a foreign reader looks for, and the cheapest for a site to write well.
Blind spots
    An introduction that stands on the home page itself, without a column of its own, is not seen. How true,
    complete or recent it is, expert review says. A page below 200 characters and three entries counts as empty (a
    threshold of this project).
"""

from scoring.evidence import Evidence, Measurement
from scoring.registry import indicator
from scoring.service_columns import service_column

TYPES = ("overview",)


@indicator(unit="boolean", needs=["home"])
def overview_column(evidence: Evidence) -> Measurement:
    """Measure by content behind the menu entry, never by the entry alone."""
    return service_column(evidence, TYPES, "overview")
