"""Whether education is explained in the version's language.

What it measures
    Whether a column on schools, enrolment or study was captured, is in the version's language and holds a text or
    a list.
Why it matters
    Families and students decide by it where to live.
Blind spots
    A list of schools passes as well as a guide to enrolment. A page below 200 characters and three entries counts
    as empty (a threshold of this project).
"""

from scoring.evidence import Evidence, Measurement
from scoring.registry import indicator
from scoring.service_columns import service_column

TYPES = ("education",)


@indicator(unit="boolean", needs=["home"])
def education_service(evidence: Evidence) -> Measurement:
    """Measure by content behind the menu entry, never by the entry alone."""
    return service_column(evidence, TYPES, "education")
