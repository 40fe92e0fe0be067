"""Whether visitors are served in the version's language.

What it measures
    Whether a column on travel, sights or culture for visitors was captured, is in the version's language and holds
    a text or a list.
Why it matters
    Visitors are the most numerous foreign readers of a local site.
Blind spots
    Photographs without words count for nothing here, however fine they are. A page below 200 characters and three
    entries counts as empty (a threshold of this project).
"""

from scoring.evidence import Evidence, Measurement
from scoring.registry import indicator
from scoring.service_columns import service_column

TYPES = ("tourism",)


@indicator(unit="boolean", needs=["home"])
def tourism_service(evidence: Evidence) -> Measurement:
    """Measure by content behind the menu entry, never by the entry alone."""
    return service_column(evidence, TYPES, "tourism")
