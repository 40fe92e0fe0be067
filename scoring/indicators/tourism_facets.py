"""How many of four facets of travel are told: sights, getting there, prices and times, food and lodging.

What it measures
    Facets that a sentence in the version's language tells on a captured page of the tourism column, 0 to 4; prices and
    times need a number.
Why it matters
    A traveller plans by these; praise of the scenery is no information.
Blind spots
    The words by which a facet is told are a list of this project (`facets.yaml`): a text that says it otherwise
    is missed, and a word in passing counts. How true or complete it is, expert review says.
"""

from scoring.evidence import Evidence, Measurement
from scoring.readings.column_facets import facet_count
from scoring.registry import indicator

TYPES = ("tourism",)


@indicator(unit="count", needs=["home"])
def tourism_facets(evidence: Evidence) -> Measurement:
    """Count facets over all pages of the column."""
    return facet_count(evidence, "tourism", TYPES, "tourism")
