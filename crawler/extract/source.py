"""Who a page says that its text comes from: the `ContentSource` tag, else a label such as `Source:` or 来源：."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

from crawler.extract.cleaning import clean
from crawler.extract.line_walk import lines_of
from crawler.extract.page import Page

_TAGS = ("contentsource", "source", "article:source", "dc.source")  # names of meta tags, in lower case
_LIMIT = 300_000  # characters of a page that are searched
_LONGEST = 60  # characters of a source's name
_LABEL = re.compile(
    r"(?:^|[>\s　|【\[(（])"
    r"(?:信息来源|文章来源|稿件来源|消息来源|来源|稿源|Source|SOURCE|From|출처|出典|Источник|المصدر|Quelle|Fuente)"
    r"(?:\s|&nbsp;){0,3}(?:</\w{1,10}>\s{0,9}){0,2}[:：]"
    r"(?:\s|&nbsp;|<(?!/?(?:script|style|p|li|h\d|article)\b)[^<>]{0,200}>){0,9}"
    r"([^<>\n\r\"'{}();=　|【】\[\]]{2,60})"
)
_WORDS = ("来源", "稿源", "Source", "SOURCE", "From", "출처", "出典", "Источник", "المصدر", "Quelle", "Fuente")
"""What a label ends in: most pages have few of these words, and looking for them is quick."""
_BEFORE = (0, 1, 3)  # characters from a match's beginning to such a word: a bracket or blank, and 信息 in 信息来源
# Another label may follow on the same line: "Source: Xinhua  Author: Li".
_NEXT = re.compile(r"\s{2,}|\u00a0|\s(?=\S{1,12}[:：])")
_EMPTY = frozenset({"", "null", "undefined", "none", "-", "--"})


def source_of(page: Page, meta: tuple[tuple[str, str], ...]) -> str:
    """Return the name of a page's source, at most 60 characters; empty where the page names none.

    `meta` are the page's named meta tags (lower-case name, content).
    """
    for name in _TAGS:
        for key, content in meta:
            if key == name and (found := _name(content)):
                return found
    match = _labelled(page)
    return _name(match[1]) if match else ""


def _labelled(page: Page) -> re.Match[str] | None:
    """Return the first match of the label in the page's markup, which is tried at its words alone."""
    shown = lines_of(page).text
    text = page.decoded.text[:_LIMIT]
    places = [place for word in _WORDS if word in shown for place in _places(word, text)]
    tries = sorted({place - before for place in places for before in _BEFORE if place >= before})
    return next((match for start in tries if (match := _LABEL.match(text, start))), None)


def _places(word: str, text: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)


def _name(words: str) -> str:
    first = _NEXT.split(unescape(words).strip(), maxsplit=1)[0]
    name = clean(first)[:_LONGEST].strip(" :：,，")
    return "" if name.lower() in _EMPTY or name.startswith("http") else name
