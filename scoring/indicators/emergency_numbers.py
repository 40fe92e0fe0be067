"""How many of the three emergency numbers the version tells: 110, 119, 120.

What it measures
    Numbers that a captured page in the version's language names in one sentence with what they are for (police, fire,
    ambulance), 0 to 3.
Why it matters
    They differ from country to country, and are looked up in the minute of need.
Blind spots
    Numbers in pictures are not read. What each is for is told by a list of words (`facets.yaml`). Nobody is
    called.
"""

import re

from crawler.model import CHINESE
from scoring.evidence import Evidence, Measurement, PageEvidence, not_applicable, not_measured
from scoring.readings.column_facets import facets_measured, no_words
from scoring.readings.facets import Telling, facets_of, is_listed, says, sentences
from scoring.readings.features import captured_pages, in_base_language, is_in_language
from scoring.readings.service_columns import no_such_column, offers, unseen_part
from scoring.registry import indicator

TYPES = ("emergency", "living", "health", "visa", "services", "contact")
SUBJECT = "emergency"


@indicator(unit="count", needs=["home"])
def emergency_numbers(evidence: Evidence) -> Measurement:
    """Look on every page: a guide for visitors may hold them as well as a column of their own."""
    if not in_base_language(CHINESE, evidence):
        return not_applicable("the three numbers are those of China")
    if not is_listed(SUBJECT, evidence.language):
        return no_words(evidence, "of emergency numbers")
    pages = [page for page in captured_pages(evidence) if is_in_language(page, evidence)]
    found = _told(pages, evidence.language)
    if len(found) < len(facets_of(SUBJECT)):
        offered = offers(evidence, TYPES)
        if unseen := unseen_part(evidence, TYPES, offered, "emergency or living"):
            return unseen
        if not pages:
            no_menu = no_such_column(evidence, "emergency")
            return no_menu if offered == [] else not_measured("no captured page is in the version's language")
    return facets_measured(SUBJECT, found, pages, "captured")


def _told(pages: list[PageEvidence], language: str) -> dict[str, Telling]:
    found: dict[str, Telling] = {}
    for number in facets_of(SUBJECT):
        alone = re.compile(rf"(?<![\d.,+-]){number}(?![\d-]|[.,]\d)")
        for page in pages:
            for sentence in sentences(page.facts.text) if number in page.facts.text else ():
                if number not in found and alone.search(sentence) and says(SUBJECT, number, sentence, language):
                    found[number] = Telling(number, page, sentence)
    return found
