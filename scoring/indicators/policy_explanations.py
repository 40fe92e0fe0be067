"""Explanations of policies in the version's language.

What it measures
    Entries of the column of explanations: pages in the version's language with a text, and lines of its lists whose
    pages were not captured and whose titles are not in Chinese; at least one has to have been opened.
Why it matters
    A translated law is still a law; what it means for a foreign firm has to be said.
Blind spots
    Explanations that stand among news or laws are not told apart from these.
"""

from scoring.evidence import Evidence, Measurement
from scoring.readings.entry_count import entry_count
from scoring.registry import indicator

TYPES = ("interpretation",)


@indicator(unit="count", needs=["home"])
def policy_explanations(evidence: Evidence) -> Measurement:
    """Count what opens, not what is announced."""
    return entry_count(evidence, TYPES, "policy explanation")
