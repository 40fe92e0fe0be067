"""What a page offers its reader: forms, ways to reach the body, accounts on social networks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import islice
from urllib.parse import urlencode

from bs4 import BeautifulSoup, Tag
from bs4.element import PreformattedString

from crawler.extract.accounts import social
from crawler.extract.cleaning import clean
from crawler.extract.contacts import contacts
from crawler.extract.language import identify
from crawler.extract.links import followable
from crawler.extract.markup import APART, markup
from crawler.extract.nodes import Node, outermost
from crawler.extract.offers import Form
from crawler.extract.page import Page
from crawler.extract.visible import words_of

__all__ = ["contacts", "forms", "social"]

_MOST_FORMS = 50
_MOST_FIELDS = 60
_MOST_LOOSE = 200  # fields outside of forms that are looked at
_LEVELS = 2  # elements around a field that may hold the fields and words beside it
_TEXT_AREA_LEVELS = 5
_LABEL_LIMIT = 400  # characters of a form's visible words that are kept
_SEARCH_NAMES = re.compile(
    r"search|sousuo|keyword|key_?words?$|^(?:q|qt|wd|sw|kw|query|key|s|txtkey|keyvalue)$|jiansuo", re.IGNORECASE
)
_SEARCH_WORDS = re.compile(
    r"搜索|检索|檢索|搜一搜|站内查询|请输入关键|輸入關鍵|\bsearch|\bkeywords?\b|recherche|поиск|найти|検索|검색|بحث|\bbuscar|búsqueda|\bsuche|pesquis"
    r"|\bcerca\b|tìm kiếm|ค้นหา",
    re.IGNORECASE,
)
_SEARCH_BUTTON = re.compile(r"search|sousuo|jiansuo", re.IGNORECASE)
_MAIL_NAMES = re.compile(
    r"content|message|msg|subject|title|suggest|feedback|comment|letter|mail|xinxiang|liuyan|question|consult|advice|body",
    re.IGNORECASE,
)
_MAIL_WORDS = re.compile(
    r"信箱|来信|写信|留言|咨询|投诉|建议|反馈|意见|\bmessage|mailbox|\bletter|feedback|suggestion|complain|comment|inquir|enquir|\bquestion"
    r"|write to|contact us|consult|обращени|сообщени|отзыв|письм"
    r"|メッセージ|ご意見|お問い合わせ|메시지|의견|문의|رسالة|اقتراح|شكوى"
    r"|mensaje|sugerencia|queja|nachricht|anregung|courrier",
    re.IGNORECASE,
)
_UNSEEN_TYPES = frozenset({"hidden", "submit", "button", "image", "reset", "radio", "checkbox", "btn"})
_UNSEEN_PARENTS = frozenset({"option", "script", "style", "noscript", "template"})
_FORM_MARKUP = frozenset({
    "action", "alt", "aria-label", "id", "method", "name", "placeholder", "title", "type", "value",
})  # fmt: skip
_CONTROLS = ["input", "select", "textarea", "button"]


def forms(page: Page) -> tuple[Form, ...]:
    """Return the page's forms in its order, at most 50; `method` is get or post, or script where no <form> is.

    `kind` is mailbox for a form to write to the body, search for one to look something up, else other. A search box or
    a message box that stands in no <form> counts: many sites send them by script. So does, where there is no box, a
    button that is called search.
    """
    html = "".join(markup(box, _FORM_MARKUP) for box in _boxes(page))
    found = _read_forms(html) if html else ()
    if not any(form.kind == "search" for form in found):
        found = (*found, *_search_button(page))
    return tuple(replace(form, url=_target(page, form)) for form in found)


def search_address(form: Form, word: str) -> str | None:
    """Return the address at which a search box that asks by GET answers for a word, or None.

    What the form sends unasked is sent too; the word is written in UTF-8.
    """
    field = form.query_field
    if field is None:
        return None
    sent = [*((name, value) for name, value in form.hidden if name != field), (field, word)]
    return f"{form.url.partition('?')[0]}?{urlencode(sent)}"


def _search_button(page: Page) -> Iterator[Form]:
    """Yield the first button outside forms that a script opens a search by; what it is called tells it."""
    for button in page.nodes.of("button")[:_MOST_LOOSE]:
        called = " ".join(button.get(key)[:100] for key in ("class", "id"))
        words = clean(f"{button.get('aria-label')[:100]} {button.get('title')[:100]} {words_of(button)[:100]}")
        if (_SEARCH_BUTTON.search(called) or _SEARCH_WORDS.search(words)) and not any(
            outer.tag == "form" for outer in button.around()
        ):
            yield Form("", "script", (), words, "search", "", identify(words), ())
            return


def _target(page: Page, form: Form) -> str:
    """Return where a form sends to: the page itself where it does not say, nowhere where a script takes it."""
    if form.method == "script":
        return ""
    return (followable(page, form.action) or "") if form.action else page.url.partition("#")[0]


@lru_cache(maxsize=64)  # a site's search box comes again on each of its pages
def _read_forms(html: str) -> tuple[Form, ...]:
    soup = BeautifulSoup(html, "html.parser")  # of markup that we wrote, there is nothing to mend
    found = [_form(form, form.find_all(_CONTROLS, limit=_MOST_FIELDS)) for form in soup.find_all("form")]
    found += _loose(soup)
    return tuple(dict.fromkeys(form for form in found if form is not None))[:_MOST_FORMS]


def _boxes(page: Page) -> list[Node]:
    """Return the page's forms and what surrounds fields outside of forms: all that BeautifulSoup has to read."""
    boxes = list(page.nodes.of("form")[:_MOST_FORMS])
    for control in page.nodes.of("input", "textarea")[:_MOST_LOOSE]:
        if control.get("type").lower() in _UNSEEN_TYPES or any(outer.tag == "form" for outer in control.around()):
            continue
        levels = _TEXT_AREA_LEVELS if control.tag == "textarea" else _LEVELS
        around = [outer for outer in islice(control.around(), levels) if outer.tag not in ("html", "body")]
        boxes.append(around[-1] if around else control)
    return outermost(boxes)


def _form(form: Tag, controls: list[Tag]) -> Form | None:
    if not controls:
        return None
    action, method = clean(_value(form, "action")[:500]), (_value(form, "method") or "get").strip().lower()[:10]
    return _judged(action, method if form.name == "form" else "script", controls, _words(form, controls))


def _loose(soup: BeautifulSoup) -> Iterator[Form]:
    """Yield search and message boxes outside every form; other loose fields are a page's machinery."""
    seen: set[int] = set()
    for control in soup.find_all(["input", "textarea"], limit=_MOST_LOOSE):
        kind = _value(control, "type").lower()
        if kind in _UNSEEN_TYPES or id(control) in seen or control.find_parent("form") is not None:
            continue
        box = _box_of(control)
        controls = box.find_all(_CONTROLS, limit=_MOST_FIELDS)
        seen.update(map(id, controls))
        form = _judged("", "script", controls or [control], _words(box, controls or [control]))
        if form.kind != "other":
            yield form


def _box_of(control: Tag) -> Tag:
    """Return the element around a loose field: for a message box the one that holds its other fields too."""
    box = control.parent or control
    for _ in range((_TEXT_AREA_LEVELS if control.name == "textarea" else _LEVELS) - 1):
        if len(box.find_all(["input", "textarea"], limit=3)) >= 2 or box.parent is None or box.name == "body":
            break
        box = box.parent
    return box


def _judged(action: str, method: str, controls: list[Tag], words: str) -> Form:
    fields = tuple((_name(control), _type(control)) for control in controls)
    hidden = tuple((_name(control), clean(_value(control, "value")[:200])) for control in controls if _is_sent(control))
    return Form(action, method, fields, words, _kind(action, fields, words), "", identify(words), hidden)


def _is_sent(control: Tag) -> bool:
    return _type(control) == "hidden" and bool(_value(control, "name"))


def _kind(action: str, fields: tuple[tuple[str, str], ...], words: str) -> str:
    written = [(name, kind) for name, kind in fields if kind not in _UNSEEN_TYPES]
    if any(kind == "password" for _, kind in written):
        return "other"
    has_text_area = any(kind == "textarea" for _, kind in written)
    if has_text_area and (_MAIL_WORDS.search(words) or sum(bool(_MAIL_NAMES.search(name)) for name, _ in written) >= 1):
        return "mailbox"
    lines = [name for name, kind in written if kind in ("text", "search")]
    sought = any(kind == "search" for _, kind in written) or any(_SEARCH_NAMES.search(name) for name in lines)
    if lines and (sought or _SEARCH_NAMES.search(action[-200:]) or _SEARCH_WORDS.search(words)):
        return "search"
    return "other"


def _words(box: Tag, controls: list[Tag]) -> str:
    """Return the words that a reader sees in and around the fields, placeholders and buttons included."""
    parts: list[str] = []
    for control in controls:
        parts += [_value(control, key) for key in ("placeholder", "title", "aria-label", "alt")]
        if control.name == "input" and _type(control) != "hidden":
            parts.append(_value(control, "value"))
    for text in box.find_all(string=True, limit=400):
        if (
            not isinstance(text, PreformattedString)
            and text.parent is not None
            and text.parent.name not in _UNSEEN_PARENTS
        ):
            parts += map(str.strip, text.split(APART))
    return clean(" ".join(part for part in dict.fromkeys(parts) if part)[: _LABEL_LIMIT * 3])[:_LABEL_LIMIT]


def _name(control: Tag) -> str:
    return clean((_value(control, "name") or _value(control, "id"))[:80])


def _type(control: Tag) -> str:
    if control.name != "input":
        return str(control.name)
    return (_value(control, "type") or "text").strip().lower()[:20]


def _value(element: Tag, key: str) -> str:
    value = element.get(key) or ""
    return " ".join(value) if isinstance(value, list) else str(value)
