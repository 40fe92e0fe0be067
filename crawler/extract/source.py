"""Who a page says that its text comes from: the `ContentSource` tag, else a label such as `Source:` or 来源：."""

from __future__ import annotations

import re
from html import unescape

from crawler.extract.page import Page
from crawler.extract.text import clean

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
    match = _LABEL.search(page.decoded.text[:_LIMIT])
    return _name(match[1]) if match else ""


def _name(words: str) -> str:
    first = _NEXT.split(unescape(words).strip(), maxsplit=1)[0]
    name = clean(first)[:_LONGEST].strip(" :：,，")
    return "" if name.lower() in _EMPTY or name.startswith("http") else name
