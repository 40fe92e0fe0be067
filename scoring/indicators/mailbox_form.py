"""Whether readers can write to the body in the version's language.

What it measures
    Whether a captured page holds a mailbox form for readers of the version's language, or a mailbox or contact page
    in that language publishes an e-mail address.
Why it matters
    Interaction begins with an address to write to.
Blind spots
    Nothing is sent: whether anybody answers, and in what language, expert review says. Forms behind a login are
    not seen.
"""

from collections.abc import Iterator

from scoring.evidence import Evidence, EvidenceRef, Measurement, PageEvidence, measured, not_measured
from scoring.readings.features import (
    MOST_CITED,
    captured_pages,
    cited,
    excerpt,
    is_decided,
    is_in_language,
    is_unread,
    language_name,
    left_in_chinese,
    page_cue,
)
from scoring.readings.service_columns import column_pages, no_such_column, offers, unseen_part
from scoring.registry import indicator

TYPES = ("mailbox", "contact")
WHAT = "mailbox or contact"


@indicator(unit="boolean", needs=["home"])
def mailbox_form(evidence: Evidence) -> Measurement:
    """Measure by forms first, then by addresses on mailbox and contact pages."""
    offered = offers(evidence, TYPES)
    pages = column_pages(evidence, TYPES, offered)
    found = [*_forms(captured_pages(evidence), evidence), *_emails(pages, evidence)]
    for serves, ref in found:
        if serves:
            return measured(1, note=f"readers can write to the body from {ref.url}", evidence=[ref])
    if unseen := unseen_part(evidence, TYPES, offered, WHAT):
        return unseen
    if any(is_unread(page, "forms", "menus", "contacts") for page in (*captured_pages(evidence)[:1], *pages)):
        return not_measured("the forms of the home, mailbox or contact page could not be read")
    if any(serves is None for serves, _ in found):
        return not_measured("the language of the mailbox cannot be told", [ref for _, ref in found][:MOST_CITED])
    if not (found or offered or pages):
        return no_such_column(evidence, WHAT)
    refs = [ref for _, ref in found] + cited(pages) + [offer.ref for offer in offered]
    readers = f"readers of {language_name(evidence.language)}"
    note = f"no captured page offers {readers} a mailbox form, and no mailbox or contact page an e-mail address"
    return measured(0, note=note, evidence=refs[:MOST_CITED])


def _forms(pages: list[PageEvidence], evidence: Evidence) -> Iterator[tuple[bool | None, EvidenceRef]]:
    """Yield each mailbox form: whether it serves the version's reader, None where that cannot be told."""
    for page in pages:
        for form in page.facts.forms:
            if form.kind == "mailbox":
                ref = page.ref.citing(f"form: {excerpt(form.labels) or page_cue(page)}")
                yield _serves(page, evidence, form.labels), ref


def _emails(pages: list[PageEvidence], evidence: Evidence) -> Iterator[tuple[bool | None, EvidenceRef]]:
    """Yield each e-mail address on a mailbox or contact page in the same way."""
    for page in pages:
        for contact in page.facts.contacts:
            if contact.kind == "email":
                yield _serves(page, evidence), page.ref.citing(contact.value)


def _serves(page: PageEvidence, evidence: Evidence, labels: str = "") -> bool | None:
    """Tell by labels and body: a form's own page often has too little text to tell its language."""
    if left_in_chinese(labels, evidence):
        return False
    if is_decided(page.facts.language.body):
        return is_in_language(page, evidence)
    return True if any(char.isalpha() for char in labels) else None
