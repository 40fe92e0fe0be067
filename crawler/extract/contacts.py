"""Telephone numbers, hotlines, mail addresses, postal addresses and office hours. Document numbers are none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from urllib.parse import unquote

from crawler.extract.cleaning import clean, is_clean
from crawler.extract.labelled import labelled
from crawler.extract.offers import Contact
from crawler.extract.page import Page

_TEXT_LIMIT = 200_000  # characters that are read
_MOST = 200  # contacts of one kind
_NEAR = 40  # characters around a number in which its cue may stand
_KEPT = 90  # characters beside a number's digits that its patterns and cues may look at
# How the digits of all that the patterns below look for begin; few other numbers begin so.
_BEGINNING = re.compile(r"0(?<!\d0)\d\d|8(?<!\d8)(?:6|00)|4(?<!\d4)00|1(?<!\d1)\d\d|9(?<!\d9)[56]\d")
_GAP = r"[\s\-–—./()（）]{0,3}"
_EDGE = r"(?<![A-Za-z0-9_\-+./=〔\[])"  # not within another number or a code; 热线12345 is fine
_END = r"(?![A-Za-z0-9_〕\]]|[\-./]\d)"
_INTERNATIONAL = re.compile(
    rf"(?<![\w\-/=])[(（]?(?:\+|＋|00)\s?86[)）]?{_GAP}(?:\(0\))?{_GAP}\d{{2,4}}(?:{_GAP}\d{{2,4}}){{1,4}}(?!\d)"
)
_BARE_86 = re.compile(rf"{_EDGE}86[-\s–]\d{{2,4}}[-\s–]\d{{3,4}}[-\s]?\d{{3,4}}{_END}")
_AREA = r"0(?:10|2\d|[3-9]\d{2})"
_DOMESTIC = re.compile(
    rf"{_EDGE}(?:[(（]{_AREA}[)）]\s?|{_AREA}\s?[-–—]\s?|{_AREA}\s)[2-9]\d{{2,3}}[-\s]?\d{{4}}{_END}"
)
_JOINED = re.compile(rf"{_EDGE}(?:{_AREA}[2-9]\d{{6,7}}|1[3-9]\d{{9}}){_END}")
_SERVICE = re.compile(rf"{_EDGE}[48]00[-\s–]?\d{{3,4}}[-\s–]?\d{{3,4}}{_END}")
_HOTLINE = re.compile(
    rf"{_EDGE}(?:12345|12388|12333|12366|12348|12315|12301|12308|12367|12329|12350|12369|12393|12305|110|119|120|122|95\d{{3}}|96\d{{3,4}}){_END}"
)
_PHONE_CUE = re.compile(
    r"电话|電話|手机|热线|傳真|传真|联系|咨询|tel|phone|mobile|fax|call|hotline|телефон|тел\.|전화|هاتف|téléphone|teléfono|telefon",
    re.IGNORECASE,
)
_HOTLINE_CUE = re.compile(
    r"热线|熱線|电话|拨打|报警|投诉|举报|便民|tel\b|phone|hotline|help ?line|call|dial|police|ambulance|fire"
    r"|emergency|service line|горячая линия|телефон"
    r"|핫라인|전화|ホットライン|電話|الخط الساخن|ligne directe|línea|notruf|urgence",
    re.IGNORECASE,
)
_MAIL_AT = re.compile(r"@|＠|\s?[\[({（【]\s?(?:at|AT|@)\s?[\])}）】]\s?|#at#")
_MAIL_SIGNS = ("@", "＠", "#at#")
_MAIL_HINT = re.compile(r"[\[({（【]\s?(?:at|AT)\s?[\])}）】]")
_LOCAL = re.compile(r"[A-Za-z0-9][A-Za-z0-9._%+\-]{0,63}$")
_DOMAIN = re.compile(
    r"[A-Za-z0-9][A-Za-z0-9\-]{0,62}(?:(?:\.|\s?[\[(]\s?dot\s?[\])]\s?)[A-Za-z0-9][A-Za-z0-9\-]{0,62}){1,5}"
)
_DOT = re.compile(r"\s?[\[(]\s?dot\s?[\])]\s?")
_FILES = frozenset({"png", "jpg", "jpeg", "gif", "webp", "svg", "css", "js", "ico", "html"})


def contacts(page: Page, text: str) -> tuple[Contact, ...]:
    """Return telephone numbers, hotlines and mail addresses of `text` and of `tel:` and `mailto:` links, each once.

    Then postal addresses and office hours that stand after a label.

    `value` is as written, blanks normalised. Numbers without area code or separator, and hotlines, need a cue
    (Tel, 热线, dial ...) within 40 characters.
    """
    body = text[:_TEXT_LIMIT].replace("\n", " ")
    body = body if is_clean(body) and "  " not in body else clean(body)
    found: dict[tuple[str, str], Contact] = {}
    for contact in [*_linked(page), *_phones(_around_numbers(body)), *_mails(body)]:
        key = contact.value.lower() if contact.kind == "email" else _subscriber(contact.value)
        found.setdefault((contact.kind, key), contact)
    spoken = dict.fromkeys(labelled(text[:_TEXT_LIMIT]))
    return (*tuple(found.values())[: _MOST * 2], *spoken)


def _linked(page: Page) -> Iterator[Contact]:
    hrefs = page.nodes.hrefs
    linked = hrefs.split("\n") if "mailto:" in hrefs or "tel:" in hrefs else ()
    for href in islice((href for href in linked if href.startswith(("mailto:", "tel:"))), _MOST):
        scheme, _, rest = href[:300].partition(":")
        value = clean(unquote(rest.partition("?")[0]))
        if scheme == "mailto":
            yield from _mails(value)
        elif len(re.sub(r"\D", "", value)) >= 7:
            yield Contact("phone", value, value.startswith(("+", "00")))


def _around_numbers(text: str) -> str:
    """Cut out stretches where no number begins; what is near one is kept with its cue."""
    parts: list[str] = []
    end = 0
    for match in _BEGINNING.finditer(text):
        start = max(end, match.start() - _KEPT)
        if start > end:
            parts.append(" … ")
        stop = min(len(text), match.end() + _KEPT)
        parts.append(text[start:stop])
        end = stop
    return "".join(parts)


def _phones(text: str) -> Iterator[Contact]:
    """Yield numbers from the surest pattern to the least; what one has taken is blanked for the next."""
    for pattern, signs, kind, cue in (
        (_INTERNATIONAL, ("86",), "phone", None),
        (_BARE_86, ("86",), "phone", None),
        (_SERVICE, ("400", "800"), "hotline", None),
        (_DOMESTIC, ("0",), "phone", None),
        (_JOINED, ("0", "1"), "phone", _PHONE_CUE),
        (_HOTLINE, ("1", "9"), "hotline", _HOTLINE_CUE),
    ):
        if not any(sign in text for sign in signs):
            continue
        taken: list[tuple[int, int]] = []
        for match in pattern.finditer(text):
            if cue and not cue.search(text[max(0, match.start() - _NEAR) : match.end() + _NEAR]):
                continue
            is_international = pattern in (_INTERNATIONAL, _BARE_86)
            if is_international and not 9 <= len(_subscriber(match[0])) <= 11:
                continue
            taken.append(match.span())
            yield Contact(kind, match[0].strip(), is_international)
            if len(taken) >= _MOST:
                break
        text = _blanked(text, taken)


def _blanked(text: str, spans: list[tuple[int, int]]) -> str:
    parts: list[str] = []
    at = 0
    for start, end in spans:
        parts += [text[at:start], " " * (end - start)]
        at = end
    return "".join([*parts, text[at:]])


def _subscriber(value: str) -> str:
    """Return a number's digits without country code and leading zeros, so that two writings of it are one."""
    digits = re.sub(r"\D", "", value).lstrip("0")
    return digits[2:].lstrip("0") if digits.startswith("86") and len(digits) > 10 else digits


def _mails(text: str) -> Iterator[Contact]:
    if not any(sign in text for sign in _MAIL_SIGNS) and not _MAIL_HINT.search(text):
        return
    count = 0
    for at in _MAIL_AT.finditer(text):
        local = _LOCAL.search(text[max(0, at.start() - 64) : at.start()])
        domain = _DOMAIN.match(text, at.end())
        if local is None or domain is None:
            continue
        host = _DOT.sub(".", domain[0]).lower()
        ending = host.rsplit(".", 1)[-1]
        if ending.isalpha() and len(ending) >= 2 and ending not in _FILES:
            count += 1
            yield Contact("email", f"{local[0]}@{host}")
        if count >= _MOST:
            return
