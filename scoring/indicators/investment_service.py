"""Whether investors are served in the version's language.

What it measures
    Whether a column on investing here, or one on development zones and parks, was captured, is in the version's
    language and holds a text or a list.
Why it matters
    Attracting investment is why many bodies keep a foreign version at all, and weighs most among their services.
Blind spots
    Environment, guide, policy and industry are not told apart; one good column is enough. A page below 200
    characters and three entries counts as empty (a threshold of this project).
"""

from scoring.evidence import Evidence, Measurement
from scoring.registry import indicator
from scoring.service_columns import service_column

TYPES = ("investment", "parks")


@indicator(unit="boolean", needs=["home"])
def investment_service(evidence: Evidence) -> Measurement:
    """Measure by content behind the menu entry, never by the entry alone."""
    return service_column(evidence, TYPES, "investment")
