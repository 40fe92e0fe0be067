"""Share of spaced visits on which the version's home page opened within 15 seconds.

What it measures
    Over the visits to the home page in the seven days that end with the cut-off date: those that gave a page within
    15 seconds; at least twenty. Visits on which a firewall answered, or that we did not carry out, are left out.
Why it matters
    Site checks veto a site whose home page fails on 5% of at least 20 visits a day over a week (census of 2015, V1),
    and deduct five points for each per cent.
Blind spots
    Visits come from one place. Without `waiwen probe` on a schedule there are none, and nothing is measured.
"""

from crawler.availability import VISITS_A_DAY, availability_of
from scoring.evidence import Evidence, Measurement, measured, not_measured
from scoring.registry import indicator

WEEK = 7


@indicator(unit="share", needs=["home"])
def availability_share(evidence: Evidence) -> Measurement:
    """Measure on at least twenty visits; how many days were full stands in the note."""
    assert evidence.home is not None
    found = availability_of(evidence.visits)
    if found.share is None or found.visits < VISITS_A_DAY:
        note = (
            f"only {found.visits} visits of the week to {evidence.cutoff} tell of the site, at least {VISITS_A_DAY} are"
        )
        return not_measured(f"{note} needed; `waiwen probe` makes them")
    note = f"{found.visits - found.failed - found.slow} of {found.visits} visits opened the home page within 15 s"
    note += f" ({found.failed} failed, {found.slow} slow; {found.full_days} of {WEEK} days with {VISITS_A_DAY} visits)"
    cue = f"{found.visits} visits, {found.failed} failed, {found.slow} slow"
    return measured(1 - found.share, note=note, evidence=[evidence.home.ref.citing(cue)], n=found.visits)
