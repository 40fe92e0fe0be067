"""Whether the version tells how to live here: housing, banks, work.

What it measures
    Whether a column on it was captured, is in the version's language and holds a text or a list; or else a page
    that says something under another service column whose title names it.
Why it matters
    Foreign residents have to rent, register, open an account and find work in a language they do not read.
Blind spots
    Titles are told by a list of words (`facets.yaml`); what stands within a page of another title is not seen.
    How useful it is, expert review says.
"""

from scoring.evidence import Evidence, Measurement
from scoring.readings.everyday import everyday_information
from scoring.registry import indicator

TYPES = ("living",)


@indicator(unit="boolean", needs=["home"])
def living_information(evidence: Evidence) -> Measurement:
    """Measure the column first, then single articles."""
    return everyday_information(evidence, "living", TYPES, "living here")
