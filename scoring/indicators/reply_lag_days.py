"""Days from a reader's letter to the body's reply, the median of the published letters.

What it measures
    Days from the date of asking to that of the reply, over the published letters that state both; the median.
Why it matters
    A reply that comes after the question has lost its point is none.
Blind spots
    Only what is published is seen, and what took long may not be published. Dates are the body's own statement.
"""

from statistics import median

from scoring.evidence import Evidence, Measurement, measured, not_measured
from scoring.readings.features import MOST_CITED
from scoring.readings.letters import letters, no_letters
from scoring.registry import indicator


@indicator(unit="days", needs=["home"])
def reply_lag_days(evidence: Evidence) -> Measurement:
    """Measure on letters that state both dates, the slowest cited first."""
    found = [letter for letter in letters(evidence) if letter.answered]
    if not found:
        return no_letters(evidence) if not letters(evidence) else not_measured("no published letter carries a reply")
    timed = [(letter.lag_days, letter) for letter in found if letter.lag_days is not None]
    if not timed:
        note = f"none of the {len(found)} answered letters states when it was asked and when it was answered"
        return not_measured(note, [letter.page.ref.citing(letter.cue) for letter in found[:MOST_CITED]])
    slowest = sorted(timed, key=lambda pair: (-pair[0], pair[1].page.url))
    days = median(lag for lag, _ in timed)
    return measured(
        days,
        note=f"half of {len(timed)} dated replies came within {days:g} days, the slowest after {slowest[0][0]}",
        evidence=[letter.page.ref.citing(letter.cue) for _, letter in slowest[:MOST_CITED]],
        n=len(timed),
    )
