"""Whether the version says within what time a reader's message is answered.

What it measures
    Whether a captured page of the mailbox, contact or common questions columns, in the version's language, promises a
    reply within a stated time ("within five working days").
Why it matters
    A reader abroad who knows when to expect a reply knows when to ask again.
Blind spots
    A promise is not a reply: `reply_lag_days` measures what was kept. Promises in other words, or on other pages, are
    not seen.
"""

import re

from scoring.evidence import Evidence, Measurement, measured, not_measured
from scoring.readings.features import MOST_CITED, captured_pages, cited, excerpt, is_decided, is_in_language
from scoring.readings.service_columns import column_pages, no_such_column, offers, unseen_part
from scoring.registry import indicator

TYPES = ("mailbox", "contact", "faq")
WHAT = "mailbox or contact"
_REPLY = re.compile(
    r"repl(?:y|ies|ied)|answer|respon[ds]|get back to|r[ée]pon[ds]|antwort|respuesta|respond"
    r"|ответ|回答|返信|お答え|답변|회신|رد|إجابة",
    re.IGNORECASE,
)
_WITHIN = re.compile(
    r"\b(?:within|in|under|dans|sous|innerhalb von|binnen|en|dentro de|в течение)\b"
    r"[^.!?。\n]{0,40}?"
    r"\b(?:\d{1,3}|one|two|three|four|five|six|seven|eight|ten|fifteen|thirty|deux|trois|cinq|dix|drei|f[üu]nf|zehn|cinco|diez)\b"
    r"[^.!?。\n]{0,20}?\b(?:working |business |calendar )?"
    r"(?:hours?|days?|weeks?|heures|jours?|Stunden|Tagen?|horas|d[íi]as"
    r"|час\w*|дн\w*|рабочих)\b"
    r"|\d{1,3}\s{0,2}(?:営業日|日|時間)\s{0,2}以内|\d{1,3}\s{0,2}(?:영업일|일|시간)\s{0,2}(?:이내|안에)|خلال[^.\n]{0,30}(?:أيام|ساعة|يوم)",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^.!?。！？\n]{1,500}[.!?。！？]?")


@indicator(unit="boolean", needs=["home"])
def reply_promise(evidence: Evidence) -> Measurement:
    """Measure by a sentence that speaks of a reply and of a time; pages with a mailbox form count too."""
    offered = offers(evidence, TYPES)
    forms = [page for page in captured_pages(evidence) if any(form.kind == "mailbox" for form in page.facts.forms)]
    pages = list({page.ref.capture: page for page in (*column_pages(evidence, TYPES, offered), *forms)}.values())
    for page in pages:
        sentence = _promise(page.facts.text) if is_in_language(page, evidence) else None
        if sentence:
            note = f"{page.url} says when a reply is to be expected"
            return measured(1, note=note, evidence=[page.ref.citing(excerpt(sentence, 160))])
    if unseen := unseen_part(evidence, TYPES, offered, WHAT):
        return unseen
    if not pages and not offered:
        return no_such_column(evidence, WHAT)
    told = [page for page in pages if is_decided(page.facts.language.body)]
    if not told:
        return not_measured(f"the language of the {WHAT} column cannot be told", cited(pages))
    note = f"none of {len(pages)} mailbox, contact and question pages says within what time a message is answered"
    return measured(0, note=note, evidence=cited(told[:MOST_CITED]))


def _promise(text: str) -> str | None:
    sentences = (match[0].strip() for match in _SENTENCE.finditer(text))
    return next((words for words in sentences if _REPLY.search(words) and _WITHIN.search(words)), None)
