"""Whether readers can subscribe to news in the version's language.

What it measures
    Whether a captured page that a menu offers for RSS feeds, newsletters or mail alerts is in the version's
    language and holds a text or a list.
Why it matters
    A reader abroad who has to come back to look will not.
Blind spots
    What a script adds to the page is not seen. Nothing is sent or asked: whether it works, expert review says. A page
    below 200 characters and three entries counts as empty (a threshold of this project).
"""

from scoring.evidence import Evidence, Measurement
from scoring.readings.service_columns import service_column
from scoring.registry import indicator

TYPES = ("subscription",)


@indicator(unit="boolean", needs=["home"])
def subscription(evidence: Evidence) -> Measurement:
    """Measure by content behind the menu entry, never by the entry alone."""
    return service_column(evidence, TYPES, "subscription")
