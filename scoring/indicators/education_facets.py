"""How many of four facets of education are told: schools with figures, enrolment, support, contact.

What it measures
    Facets that a sentence in the version's language tells on a captured page of the education column, 0 to 4; schools
    and contact need a number in the same sentence.
Why it matters
    Families decide by schools whether they come, and students by enrolment and scholarship.
Blind spots
    The words by which a facet is told are a list of this project (`facets.yaml`): a text that says it otherwise
    is missed, and a word in passing counts. How true or complete it is, expert review says.
"""

from scoring.evidence import Evidence, Measurement
from scoring.readings.column_facets import facet_count
from scoring.registry import indicator

TYPES = ("education",)


@indicator(unit="count", needs=["home"])
def education_facets(evidence: Evidence) -> Measurement:
    """Count facets over all pages of the column."""
    return facet_count(evidence, "education", TYPES, "education")
