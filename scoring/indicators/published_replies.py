"""Number of readers' letters that the version publishes with the body's reply.

What it measures
    Captured pages under the mailbox column, in the version's language, that hold a reader's question and a reply.
Why it matters
    A published reply shows that somebody reads the mailbox, and answers the next reader before they ask.
Blind spots
    Letters beyond the page budget are not seen, nor those that a script loads. A reply is told by a line that is
    headed as one ("Reply:"); whether it helps, expert review says.
"""

from scoring.evidence import Evidence, Measurement, Outcome, measured
from scoring.readings.features import MOST_CITED, cited
from scoring.readings.letters import MAILBOX, letters, no_letters
from scoring.readings.service_columns import column_pages, kept_part, no_such_column, offers
from scoring.registry import indicator


@indicator(unit="count", needs=["home"])
def published_replies(evidence: Evidence) -> Measurement:
    """Count answered letters; a mailbox that publishes none is a zero."""
    found = letters(evidence)
    answered = [letter for letter in found if letter.answered]
    if found:
        if kept := kept_part(evidence, MAILBOX, offers(evidence, MAILBOX), "mailbox"):
            return kept
        note = f"{len(answered)} of {len(found)} published letters carry a reply"
        shown = (answered or found)[:MOST_CITED]
        return measured(
            len(answered), note=note, evidence=[letter.page.ref.citing(letter.cue) for letter in shown], n=len(found)
        )
    reason = no_letters(evidence)
    if reason.outcome is Outcome.NOT_MEASURED:
        return reason
    pages = column_pages(evidence, MAILBOX, offers(evidence, MAILBOX))
    if not pages:
        return no_such_column(evidence, "mailbox")
    return measured(0, note="the mailbox column publishes no replies", evidence=cited(pages), n=0)
