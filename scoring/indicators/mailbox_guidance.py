"""Whether the mailbox tells its reader how to write: what it is for, in which language, what happens next.

What it measures
    Whether a captured mailbox page, or one with a mailbox form (not one that every page carries), holds guidance in
    the version's language: at least 200 characters of text in which two sentences or more tell the reader what to do
    or to expect.
Why it matters
    Guidance is an indicator of its own in the tables of an earlier evaluator (信箱说明): a bare form leaves foreign
    readers guessing whether their language is read.
Blind spots
    Guidance in a picture, a file or a pop-up is not seen. Whether it is helpful, expert review says. The thresholds
    are this project's own.
"""

import re

from scoring.evidence import Evidence, Measurement, PageEvidence, measured, not_measured
from scoring.readings.features import (
    MOST_CITED,
    captured_pages,
    cited,
    excerpt,
    has_substance,
    is_decided,
    is_in_language,
    left_in_chinese,
)
from scoring.readings.service_columns import column_pages, no_such_column, offers, unseen_part
from scoring.registry import indicator

TYPES = ("mailbox",)
FEWEST = 2  # sentences that guide
MOST_FORM_PAGES = 4
_SENTENCE = re.compile(r"[^.!?。！？؟\n]{12,500}[.!?。！？؟]?")
_GUIDES = re.compile(
    r"\b(?:please|you (?:may|can|must|should|will)|do not|message|letter|repl(?:y|ies)|use this|write|fill in"
    r"|veuillez|vous (?:pouvez|devez)|courrier|bitte|sie (?:können|müssen)|nachricht|por favor|puede|debe|mensaje)\b"
    r"|пожалуйста|вы можете|сообщени|обращени|ください|ご記入|お寄せ|십시오|주시기|작성|يرجى|يمكنكم|الرسالة",
    re.IGNORECASE,
)


@indicator(unit="boolean", needs=["home"])
def mailbox_guidance(evidence: Evidence) -> Measurement:
    """Measure on the pages of the mailbox itself; published letters are no guidance."""
    offered = offers(evidence, TYPES)
    forms = _form_pages(evidence)
    behind = [offer.page for offer in offered if offer.page is not None]
    pages = list({page.ref.capture: page for page in (*behind, *forms)}.values())
    for page in pages:
        words = _guidance(page) if is_in_language(page, evidence) and has_substance(page) else []
        if len(words) >= FEWEST:
            note = f"{page.url} tells its readers in {len(words)} sentences how to write and what to expect"
            return measured(1, note=note, evidence=[page.ref.citing(excerpt(" ".join(words), 160))])
    if unseen := unseen_part(evidence, TYPES, offered, "mailbox"):
        return unseen
    if not pages:
        if column_pages(evidence, TYPES, offered):
            return not_measured("the mailbox column's own page was not captured")
        return no_such_column(evidence, "mailbox")
    if not any(is_decided(page.facts.language.body) or not has_substance(page) for page in pages):
        return not_measured("the language of the mailbox cannot be told", cited(pages))
    note = f"the mailbox at {pages[0].url} gives its readers no guidance in their language"
    return measured(0, note=note, evidence=cited(pages[:MOST_CITED]))


def _form_pages(evidence: Evidence) -> list[PageEvidence]:
    """Return the pages of mailbox forms that can be read; a form that stands on many pages is no page's subject."""
    pages = [
        page
        for page in captured_pages(evidence)
        if any(form.kind == "mailbox" and not left_in_chinese(form.labels, evidence) for form in page.facts.forms)
    ]
    return pages if len(pages) <= MOST_FORM_PAGES else []


def _guidance(page: PageEvidence) -> list[str]:
    sentences = (match[0].strip() for match in _SENTENCE.finditer(page.facts.text))
    return [words for words in sentences if _GUIDES.search(words)]
