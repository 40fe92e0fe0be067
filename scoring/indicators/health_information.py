"""Whether the version tells where and how to see a doctor.

What it measures
    Whether a column on it was captured, is in the version's language and holds a text or a list; or else a page
    that says something under another service column whose title names it.
Why it matters
    Whoever is ill has no time to translate.
Blind spots
    Titles are told by a list of words (`facets.yaml`); what stands within a page of another title is not seen.
    How useful it is, expert review says.
"""

from scoring.evidence import Evidence, Measurement
from scoring.readings.everyday import everyday_information
from scoring.registry import indicator

TYPES = ("health",)


@indicator(unit="boolean", needs=["home"])
def health_information(evidence: Evidence) -> Measurement:
    """Measure the column first, then single articles."""
    return everyday_information(evidence, "health", TYPES, "health care")
