"""Whether a telephone number is written so that it can be dialled from abroad.

What it measures
    Whether any captured page publishes a telephone number with the country code (+86 ...).
Why it matters
    A local short number or a number without country code cannot be dialled from another country.
Blind spots
    Nobody is called: whether the line answers, and in what language, expert review says. Numbers in pictures are
    not read.
"""

from scoring.evidence import Evidence, Measurement, measured, not_measured
from scoring.readings.features import MOST_CITED, captured_pages, is_unread, passes_on
from scoring.readings.service_columns import offers, unseen_part
from scoring.registry import indicator

PHONES = ("phone", "hotline")
TYPES = ("contact", "mailbox")


@indicator(unit="boolean", needs=["home"])
def hotline_international(evidence: Evidence) -> Measurement:
    """Measure on all captured pages; a contact page that we could not look at leaves it open."""
    pages = captured_pages(evidence)
    phones = [(page, contact) for page in pages for contact in page.facts.contacts if contact.kind in PHONES]
    for page, contact in phones:
        if contact.international:
            return measured(1, note=f"{page.url} publishes {contact.value}", evidence=[page.ref.citing(contact.value)])
    offered = offers(evidence, TYPES)
    if unseen := unseen_part(evidence, TYPES, offered, "contact"):
        return unseen
    if evidence.home is None or passes_on(evidence.home) or any(is_unread(page, "contacts") for page in pages):
        return not_measured("not every captured page could be read, the home page among them")
    if phones:
        note = f"telephone numbers are published without country code, such as {phones[0][1].value}"
        return measured(0, note=note, evidence=[page.ref.citing(c.value) for page, c in phones[:MOST_CITED]])
    note = f"none of the {len(pages)} captured pages publishes a telephone number"
    return measured(0, note=note, evidence=[evidence.home.ref.citing("no telephone number")])
