"""Crawled text made harmless: one place that decides what may reach a table, a page or a link."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import urlsplit

# C0, DEL, C1 and the two Unicode line separators: none of them belongs in a cell or in running text.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
_CONTROL_BUT_LINES = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
# Embeddings, overrides and isolates can make the text around them read backwards. The marks LRM, RLM and
# ALM stay: they order one character, and Arabic pages need them.
_BIDI = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
# Lone surrogates, and what XML has no place for.
_UNWRITABLE = re.compile(r"[\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """Return the text on one line: control characters become a blank, bidi controls and what no file can hold go."""
    return _without_bidi(_CONTROL.sub(" ", text))


def clean_lines(text: str) -> str:
    """Like `clean`, but line feeds and tabs stay, and other control characters go without a blank."""
    return _without_bidi(_CONTROL_BUT_LINES.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))


def reveal(text: str) -> str:
    """Return source text for reading: what `clean_lines` would drop is shown by its code point, `[U+202E]`."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for hidden in (_CONTROL_BUT_LINES, _BIDI, _UNWRITABLE):
        text = hidden.sub(lambda found: f"[U+{ord(found[0]):04X}]", text)
    return text


def _without_bidi(text: str) -> str:
    return _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", _BIDI.sub("", text))


def shorten(text: str, limit: int) -> str:
    """Return the cleaned text, cut with an ellipsis where it is wider than `limit` columns (a Han character is two)."""
    text, width = clean(text[: 4 * limit]).strip(), 0
    for position, character in enumerate(text):
        width += 2 if unicodedata.east_asian_width(character) in "WF" else 1
        if width > limit:
            return text[: max(position - 1, 0)].rstrip() + "…"
    return text


def guard_cell(text: str) -> str:
    """Return the text as a spreadsheet may open it: what would start a formula gets a leading apostrophe.

    Full-width and small forms (＝ ﹢) count, and so does a formula behind blanks or invisible characters.
    """
    cleaned = clean(text).strip()
    first = next((c for c in cleaned if not c.isspace() and unicodedata.category(c) != "Cf"), "")
    dangerous = text[:1] in ("\t", "\r") or unicodedata.normalize("NFKC", first)[:1] in ("=", "+", "-", "@")
    return f"'{cleaned}" if first and dangerous else cleaned


def safe_href(url: str | None) -> str | None:
    """Return the address if it may become a link: absolute http or https without blanks or controls, else None."""
    if not url or clean(url) != url or any(c.isspace() for c in url):
        return None
    try:
        parts = urlsplit(url)
        return url if parts.scheme.lower() in ("http", "https") and parts.hostname else None
    except ValueError:
        return None


def without_scheme(url: str) -> str:
    """Return a web address as people read it, `en.example.gov.cn/news/`; anything else unchanged."""
    return re.sub(r"^https?://(?=.)", "", url, count=1, flags=re.IGNORECASE)
