"""How many of five facets of the place the version tells: location, population, history, tourism, economy.

What it measures
    Facets that a sentence in the version's language tells on a captured page of the overview column, 0 to 5;
    population and economy need a number in the same sentence.
Why it matters
    A foreign reader has no other first source on the place, and a line of greeting tells nothing.
Blind spots
    The words by which a facet is told are a list of this project (`facets.yaml`): a text that says it otherwise
    is missed, and a word in passing counts. How true or complete it is, expert review says. What is told in other
    columns (tourism above all) is measured there.
"""

from scoring.evidence import Evidence, Measurement
from scoring.readings.column_facets import facet_count
from scoring.registry import indicator

TYPES = ("overview",)


@indicator(unit="count", needs=["home"])
def overview_facets(evidence: Evidence) -> Measurement:
    """Count facets, not pages: one good page may tell all five."""
    return facet_count(evidence, "overview", TYPES, "overview")
