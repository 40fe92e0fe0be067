"""How many of three visa matters the version explains: application, residence permit, lost passport.

What it measures
    Matters that a sentence in the version's language names on a captured page of the visa column, 0 to 3.
Why it matters
    Whoever enters, stays or loses a passport is bound by law and deadline, and cannot wait for a translation.
Blind spots
    The words by which a facet is told are a list of this project (`facets.yaml`): a text that says it otherwise
    is missed, and a word in passing counts. How true or complete it is, expert review says.
"""

from scoring.evidence import Evidence, Measurement
from scoring.readings.column_facets import facet_count
from scoring.registry import indicator

TYPES = ("visa",)


@indicator(unit="count", needs=["home"])
def visa_topics(evidence: Evidence) -> Measurement:
    """Count matters; whether their forms open, visa_forms says."""
    return facet_count(evidence, "visa", TYPES, "visa")
