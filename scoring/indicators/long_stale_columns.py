"""Number of columns of the version that nothing was added to for a year.

What it measures
    Columns of news, notices, laws and policies, interpretation, or the organisation whose newest entry is more than
    365 days older than the cut-off date.
Why it matters
    Site checks veto a site with ten long-stale columns (census of 2015, V3; adapted).
Blind spots
    The census's own bound for "long stale" was not found; a year is this project's. A column without any date is left
    out. Entries beyond the page budget are not seen.
"""

from scoring.evidence import Evidence, Measurement, measured, not_applicable, not_measured
from scoring.readings.column_ages import WINDOWS, column_ages
from scoring.readings.features import MOST_CITED, is_unread, passes_on
from scoring.readings.service_columns import offers
from scoring.registry import indicator

LONG = 365  # days


@indicator(unit="count", needs=["home"])
def long_stale_columns(evidence: Evidence) -> Measurement:
    """Count columns by the newest date that they show."""
    home = evidence.home
    if home is None or passes_on(home) or is_unread(home, "columns", "menus"):
        return not_measured("the home page's menu could not be read")
    ages = column_ages(evidence)
    if not ages:
        if offers(evidence, WINDOWS):
            return not_measured("no column that is to be kept up was captured with a date")
        return not_applicable("the menus offer no column that is to be kept up", [home.ref.citing("no such column")])
    stale = [age for age in ages if age.days(evidence.cutoff) > LONG]
    note = f"{len(stale)} of {len(ages)} dated columns show nothing of the year to {evidence.cutoff}"
    note += f", such as “{stale[0].offer.column.name}”, newest entry {stale[0].newest}" if stale else ""
    return measured(len(stale), note=note, evidence=[age.ref for age in (stale or ages)[:MOST_CITED]], n=len(ages))
