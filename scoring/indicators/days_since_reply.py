"""Days since the newest published reply to a reader's letter.

What it measures
    Days between the date of the newest published reply and the cut-off date.
Why it matters
    Replies of years ago show a mailbox that was read once.
Blind spots
    Replies that are not published, undated or beyond the page budget are not seen. Where none of the last month was
    seen and a part of the mailbox could not be looked at, nothing is said.
"""

from scoring.evidence import Evidence, Measurement, measured, not_measured
from scoring.readings.features import MOST_CITED
from scoring.readings.letters import MAILBOX, letters, no_letters
from scoring.readings.service_columns import offers, unseen_part
from scoring.registry import indicator

FRESH_DAYS = 30  # what is so new is not made older by what we failed to see


@indicator(unit="days", needs=["home"])
def days_since_reply(evidence: Evidence) -> Measurement:
    """Measure on dated replies up to the cut-off."""
    found = letters(evidence)
    if not found:
        return no_letters(evidence)
    dated = [(letter.replied, letter) for letter in found if letter.replied and letter.replied <= evidence.cutoff]
    if not dated:
        note = f"none of the {len(found)} published letters carries a dated reply"
        return not_measured(note, [letter.page.ref.citing(letter.cue) for letter in found[:MOST_CITED]])
    day, newest = max(dated, key=lambda pair: (pair[0], pair[1].page.url))
    days = (evidence.cutoff - day).days
    if days > FRESH_DAYS and (unseen := unseen_part(evidence, MAILBOX, offers(evidence, MAILBOX), "mailbox")):
        return unseen
    note = f"the newest published reply is dated {day}"
    return measured(days, note=note, evidence=[newest.page.ref.citing(newest.cue)], n=len(dated))
