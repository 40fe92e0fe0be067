"""Letters from readers that a version publishes with the body's replies: who asked when, and when it was answered."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from crawler.extract.date_formats import find_dates
from crawler.scope import page_key
from scoring.evidence import Evidence, Measurement, Outcome, PageEvidence, not_applicable, not_measured
from scoring.readings.column_entries import column_entries
from scoring.readings.features import MOST_CITED, captured_pages, cited, excerpt, is_in_language
from scoring.readings.service_columns import column_pages, no_such_column, offers, unseen_part

MAILBOX = ("mailbox",)
_LEAD = 60  # characters before a date in which stands what it is the date of
_ASKED = re.compile(
    r"\b(?:received|submitted|asked|sent|posted|written|date of (?:the )?(?:letter|message|question)"
    r"|re[çc]ue?|envoy[ée]e?|eingegangen|gesendet|recibid[oa]|enviad[oa])\b"
    r"|получено|отправлено|поступил|受付日?|投稿日?|접수|작성|تاريخ الإرسال|ورد",
    re.IGNORECASE,
)
_REPLIED = re.compile(
    r"\b(?:repl(?:y|ied|ies)|answer(?:ed)?|respon(?:se|ded)|r[ée]ponse|r[ée]pondue?|antwort|beantwortet|respuesta|respondid[oa])\b"
    r"|ответ|回答|返信|답변|회신|الرد|رد|إجابة|جواب",
    re.IGNORECASE,
)
_QUESTION = re.compile(
    r"\b(?:question|message|letter|inquiry|enquiry|complaint|suggestion|frage|anfrage|pregunta|consulta)\b"
    r"|вопрос|обращение|質問|ご意見|질문|문의|민원|سؤال|رسالة|استفسار",
    re.IGNORECASE,
)
# A promise or a rule about replies is none itself.
_HEADED = re.compile(
    r"(?:^|\n)\W{0,4}(?:official |our )?"
    r"(?:repl(?:y|ied)|answer(?:ed)?|response|r[ée]ponse|antwort|respuesta|ответ|回答|返信|답변|회신|الرد|رد|إجابة|جواب)"
    r"[^\n:：]{0,40}[:：]",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Letter:
    """A published letter. `asked` and `replied` are dates as the page states them, None where it does not."""

    page: PageEvidence
    answered: bool
    asked: date | None
    replied: date | None

    @property
    def lag_days(self) -> int | None:
        """Days from asking to reply, None where a date is missing or they run backwards."""
        if self.asked is None or self.replied is None or self.replied < self.asked:
            return None
        return (self.replied - self.asked).days

    @property
    def cue(self) -> str:
        """The words by which the letter is cited."""
        asked = f"asked {self.asked}" if self.asked else "asking date not stated"
        answered = f"replied {self.replied or 'without date'}" if self.answered else "no reply"
        return f"{excerpt(self.page.facts.title, 60)} ({asked}, {answered})"


def letters(evidence: Evidence) -> list[Letter]:
    """Return the letters that the version's mailbox column publishes in its language, in the order of capture.

    A letter is a page under the column, not the column's own and without a form, that holds a question; it is answered
    where a line of it is headed as the reply. The reply's date is the one that the page gives it, else the page's own.
    """
    menus = {page_key(offer.column.url) for offer in offers(evidence, MAILBOX)}
    pages = [page for page in captured_pages(evidence) if page_key(page.url) not in menus]
    return [letter for page in pages for letter in _read(page, evidence)]


def _read(page: PageEvidence, evidence: Evidence) -> Iterator[Letter]:
    facts = page.facts
    if page.column_type not in MAILBOX or page.depth == 0 or not page.is_article or not is_in_language(page, evidence):
        return
    if any(form.kind == "mailbox" for form in facts.forms) or not _QUESTION.search(facts.text):
        return
    asked, replied = _dates(page)
    answered = _HEADED.search(f"\n{facts.text}") is not None
    yield Letter(page, answered, asked, (replied or page.published) if answered else None)


def _dates(page: PageEvidence) -> tuple[date | None, date | None]:
    """Tell the date of asking and that of the reply by the words before them."""
    text, asked, replied, at = page.facts.text, None, None, 0
    for found in find_dates(text, fetched=page.ref.fetched, language=page.facts.language.body):
        lead = text[max(at, found.start - _LEAD) : found.start]
        at = found.end
        if found.precision == "month":
            continue
        last = max(((match.start(), True) for match in _REPLIED.finditer(lead)), default=(-1, True))
        first = max(((match.start(), False) for match in _ASKED.finditer(lead)), default=(-1, False))
        if max(last, first)[0] < 0:
            continue
        if max(last, first)[1]:
            replied = replied or found.date
        else:
            asked = asked or found.date
    return asked, replied


def no_letters(evidence: Evidence) -> Measurement:
    """Say why no letter was read: the column is unseen, its entries were not opened, or it publishes none.

    The last is `not_applicable`: without letters there is no reply to measure.
    """
    offered = offers(evidence, MAILBOX)
    if unseen := unseen_part(evidence, MAILBOX, offered, "mailbox"):
        return unseen
    unopened = [entry for entry in column_entries(evidence, MAILBOX) if not entry.opened]
    if unopened:
        note = f"none of the {len(unopened)} entries that the mailbox column lists was opened"
        return not_measured(note, [entry.ref for entry in unopened[:MOST_CITED]])
    pages = column_pages(evidence, MAILBOX, offered)
    if pages:
        return not_applicable("the mailbox column publishes no letters from readers", cited(pages))
    if no_such_column(evidence, "mailbox").outcome is Outcome.NOT_MEASURED:
        return no_such_column(evidence, "mailbox")
    return not_applicable("the version has no mailbox column that could publish letters")
