"""Whether readers can ask somebody, or something, at once in the version's language.

What it measures
    Whether a captured page that a menu offers for a live chat, chat room or assistant is in the version's
    language and holds a text or a list.
Why it matters
    A question that is answered while one fills in a form keeps the form from being abandoned.
Blind spots
    What a script adds to the page is not seen. Nothing is sent or asked: whether it works, expert review says. A page
    below 200 characters and three entries counts as empty (a threshold of this project).
"""

from scoring.evidence import Evidence, Measurement
from scoring.readings.service_columns import service_column
from scoring.registry import indicator

TYPES = ("chat",)


@indicator(unit="boolean", needs=["home"])
def live_chat(evidence: Evidence) -> Measurement:
    """Measure by content behind the menu entry, never by the entry alone."""
    return service_column(evidence, TYPES, "live chat")
