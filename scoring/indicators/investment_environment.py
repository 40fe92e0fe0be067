"""How many of five facets of the investment climate are told: plans, incentives, infrastructure, resources, transport.

What it measures
    Facets that a sentence in the version's language tells on a captured page of the investment or parks column, 0 to
    5.
Why it matters
    An investor compares places by these before asking anybody.
Blind spots
    The words by which a facet is told are a list of this project (`facets.yaml`): a text that says it otherwise
    is missed, and a word in passing counts. How true or complete it is, expert review says.
"""

from scoring.evidence import Evidence, Measurement
from scoring.readings.column_facets import facet_count
from scoring.registry import indicator

TYPES = ("investment", "parks")


@indicator(unit="count", needs=["home"])
def investment_environment(evidence: Evidence) -> Measurement:
    """Count facets over all pages of both columns."""
    return facet_count(evidence, "investment_environment", TYPES, "investment environment")
