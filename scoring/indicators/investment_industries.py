"""How many of two things investors are told of local business: its industries, its projects with figures.

What it measures
    Local industries, and projects with a number in the same sentence, told in the version's language on a captured
    page of the investment, parks or business column, 0 to 2.
Why it matters
    Capital looks for an industry and a project, not for a place.
Blind spots
    The words by which a facet is told are a list of this project (`facets.yaml`): a text that says it otherwise
    is missed, and a word in passing counts. How true or complete it is, expert review says.
"""

from scoring.evidence import Evidence, Measurement
from scoring.readings.column_facets import facet_count
from scoring.registry import indicator

TYPES = ("investment", "parks", "business")


@indicator(unit="count", needs=["home"])
def investment_industries(evidence: Evidence) -> Measurement:
    """Count industries and projects as one each, however many are named."""
    return facet_count(evidence, "investment_industries", TYPES, "industries and projects")
