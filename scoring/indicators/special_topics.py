"""Special topics with substance in the version's language.

What it measures
    Pages under the column of special topics that were captured, are in the version's language and hold a text or a
    list.
Why it matters
    Major events and projects are what foreign readers come for, and what they find nowhere else in their language.
Blind spots
    Topics on hosts of their own cannot be looked at, and are not counted. A topic of several pages counts once for each
    page that the column lists.
"""

from scoring.evidence import Evidence, Measurement
from scoring.readings.entry_count import entry_count
from scoring.registry import indicator

TYPES = ("topics",)


@indicator(unit="count", needs=["home"])
def special_topics(evidence: Evidence) -> Measurement:
    """Count what opens, not what is announced."""
    return entry_count(evidence, TYPES, "special topics", opened_only=True)
