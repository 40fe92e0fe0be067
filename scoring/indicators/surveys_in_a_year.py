"""Surveys and polls of the past year that the version publishes.

What it measures
    Distinct surveys, polls and requests for comments dated within the year to the cut-off
    date, in the columns of that name: pages in the version's language that say something, and lines of their lists
    whose page was not opened.
Why it matters
    A body that asks foreign residents for their opinion knows what they need; site checks ask for six a year
    (census of 2015, portals; written for Chinese sites).
Blind spots
    A line of a list that was not opened is taken at its word. Entries under other columns, and undated ones, are
    not counted. Whether anybody took part, expert review says.
"""

from scoring.evidence import Evidence, Measurement
from scoring.readings.column_entries import entries_in_a_year
from scoring.registry import indicator

TYPES = ("survey",)


@indicator(unit="count", needs=["home"])
def surveys_in_a_year(evidence: Evidence) -> Measurement:
    """Count by dates; a column of undated entries says nothing."""
    return entries_in_a_year(evidence, TYPES, "survey")
