"""Seconds that the version's pages take to answer, the median.

What it measures
    Over the captured pages: seconds from the request to the beginning of the answer, as the crawler saw them; the
    median, to a tenth of a second; at least five pages.
Why it matters
    Readers abroad are far away already; site checks count a home page as down that needs 15 seconds (census of 2015).
Blind spots
    Measured from where the crawler runs, not from the reader's country, and without pictures and scripts. A page that
    an earlier round held, and that had not changed, answers faster than a whole one.
"""

from statistics import median

from scoring.evidence import Evidence, Measurement, measured, not_measured
from scoring.readings.features import MOST_CITED, captured_pages
from scoring.registry import indicator

FEWEST = 5


@indicator(unit="seconds", needs=["pages"])
def load_seconds(evidence: Evidence) -> Measurement:
    """Measure on at least five plain fetches, the slowest cited."""
    timed = [(page.seconds, page) for page in captured_pages(evidence) if page.seconds is not None]
    if len(timed) < FEWEST:
        return not_measured(f"the time of only {len(timed)} answers is known, at least {FEWEST} are needed")
    seconds = round(median(took for took, _ in timed), 1)
    slowest = sorted(timed, key=lambda pair: (-pair[0], pair[1].url))[:MOST_CITED]
    note = f"half of {len(timed)} pages began to answer within {seconds:g} s, the slowest after {slowest[0][0]:.1f} s"
    return measured(
        seconds, note=note, evidence=[page.ref.citing(f"{took:.1f} s") for took, page in slowest], n=len(timed)
    )
