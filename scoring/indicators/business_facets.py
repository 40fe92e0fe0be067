"""How many of four needs of business visitors are met: foreign affairs office, commerce office, entry and exit, policy.

What it measures
    Needs that a sentence in the version's language names on a captured page of the business column, 0 to 4.
Why it matters
    A visitor on business needs an invitation, a counterpart, a way across the border and the rules.
Blind spots
    The words by which a facet is told are a list of this project (`facets.yaml`): a text that says it otherwise
    is missed, and a word in passing counts. How true or complete it is, expert review says.
"""

from scoring.evidence import Evidence, Measurement
from scoring.readings.column_facets import facet_count
from scoring.registry import indicator

TYPES = ("business",)


@indicator(unit="count", needs=["home"])
def business_facets(evidence: Evidence) -> Measurement:
    """Count needs; whether forms open, downloads_open says."""
    return facet_count(evidence, "business", TYPES, "business")
