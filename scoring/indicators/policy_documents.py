"""Laws and policies that can be read in the version's language.

What it measures
    Entries of the law and policy column: pages in the version's language with a text, and lines of its lists whose
    pages were not captured and whose titles are not in Chinese; at least one has to have been opened.
Why it matters
    Foreign firms and residents are bound by rules that they cannot look up elsewhere in their language.
Blind spots
    What lies beyond the page budget and on no captured list is not counted. Which laws are missing, expert review says.
"""

from scoring.evidence import Evidence, Measurement
from scoring.readings.entry_count import entry_count
from scoring.registry import indicator

TYPES = ("laws",)


@indicator(unit="count", needs=["home"])
def policy_documents(evidence: Evidence) -> Measurement:
    """Count what opens, not what is announced."""
    return entry_count(evidence, TYPES, "law and policy")
