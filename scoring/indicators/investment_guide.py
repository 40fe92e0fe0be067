"""How many of five parts the investment guide has: legal basis, process, operation, service bodies, contact.

What it measures
    Parts that a sentence in the version's language tells on a captured page of the investment column, 0 to 5; a
    contact needs a number or an address with one.
Why it matters
    An investor has to know what law applies, what to do in which order, and whom to ask.
Blind spots
    The words by which a facet is told are a list of this project (`facets.yaml`): a text that says it otherwise
    is missed, and a word in passing counts. How true or complete it is, expert review says.
"""

from scoring.evidence import Evidence, Measurement
from scoring.readings.column_facets import facet_count
from scoring.registry import indicator

TYPES = ("investment",)


@indicator(unit="count", needs=["home"])
def investment_guide(evidence: Evidence) -> Measurement:
    """Count parts over all pages of the column."""
    return facet_count(evidence, "investment_guide", TYPES, "investment guide")
