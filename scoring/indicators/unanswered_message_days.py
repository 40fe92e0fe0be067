"""Days for which the oldest published letter of the past year has waited for a reply.

What it measures
    Days from the date of asking to the cut-off date, of the oldest published letter without a reply that was asked
    within the year before the cut-off; 0 where all of them are answered.
Why it matters
    Site checks veto a site that leaves a consultation message unanswered for more than three months within a year
    (census of 2015, V5; adapted here).
Blind spots
    Letters that are not published are not seen. A reply that stands on another page than its letter is missed, so a
    person should look before anything rests on it.
"""

from datetime import timedelta

from scoring.evidence import Evidence, Measurement, measured, not_measured
from scoring.readings.features import MOST_CITED
from scoring.readings.letters import letters, no_letters
from scoring.registry import indicator

YEAR = timedelta(days=365)


@indicator(unit="days", needs=["home"])
def unanswered_message_days(evidence: Evidence) -> Measurement:
    """Measure on letters of the past year; an unanswered letter is dated by its asking, else by its page."""
    found = letters(evidence)
    if not found:
        return no_letters(evidence)
    dated = [(letter.asked or letter.page.published or letter.replied, letter) for letter in found]
    recent = [(day, one) for day, one in dated if day is not None and evidence.cutoff - YEAR < day <= evidence.cutoff]
    if not recent:
        note = f"none of the {len(found)} published letters is dated within the year to {evidence.cutoff}"
        return not_measured(note, [letter.page.ref.citing(letter.cue) for letter in found[:MOST_CITED]])
    waiting = sorted(
        ((day, one) for day, one in recent if not one.answered), key=lambda pair: (pair[0], pair[1].page.url)
    )
    if not waiting:
        refs = [letter.page.ref.citing(letter.cue) for _, letter in recent[:MOST_CITED]]
        note = f"all {len(recent)} published letters of the past year are answered"
        return measured(0, note=note, evidence=refs, n=len(recent))
    days = (evidence.cutoff - waiting[0][0]).days
    note = f"{len(waiting)} of {len(recent)} published letters of the past year carry no reply, the oldest of "
    note += f"{waiting[0][0]}"
    refs = [letter.page.ref.citing(letter.cue) for _, letter in waiting[:MOST_CITED]]
    return measured(days, note=note, evidence=refs, n=len(recent))
