"""Whether laws, policies or explanations of them can be read in the version's language.

What it measures
    Whether a column of laws and policies, or one of explanations of them, was captured, is in the version's
    language and holds a text or a list.
Why it matters
    Foreign firms and residents are bound by rules that they cannot look up elsewhere in their language.
Blind spots
    Titles in the version's language over Chinese documents pass here; untranslated_share sees those. Rules kept as
    downloads are not opened. A page below 200 characters and three entries counts as empty (a threshold of this
    project).
"""

from scoring.evidence import Evidence, Measurement
from scoring.registry import indicator
from scoring.service_columns import service_column

TYPES = ("laws", "interpretation")


@indicator(unit="boolean", needs=["home"])
def policy_column(evidence: Evidence) -> Measurement:
    """Measure by content behind the menu entry, never by the entry alone."""
    return service_column(evidence, TYPES, "law and policy")
