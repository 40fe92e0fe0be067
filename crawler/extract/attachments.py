"""Files that a page offers beside its text: PDF, office documents, archives of them; read off the links, never opened.

What kind of file it is, the address tells, else the link's words; how large it is, only words can tell.
"""

from __future__ import annotations

import re
from urllib.parse import unquote, urlsplit

from crawler.extract.cleaning import clean
from crawler.extract.links import followable
from crawler.extract.nodes import Node
from crawler.extract.offers import Attachment
from crawler.extract.page import Page
from crawler.extract.visible import label_of

MOST_ATTACHMENTS = 200  # of one page
# wps, et, dps, ofd and ceb are formats of Chinese offices.
KINDS = "pdf doc docx xls xlsx ppt pptx wps et dps ofd ceb rtf odt ods odp csv zip rar 7z".split()
_KIND = "|".join(sorted(KINDS, key=len, reverse=True))
_MAYBE = re.compile(rf"\.(?:{_KIND})(?![a-z0-9])", re.IGNORECASE)
_PATH = re.compile(rf"\.({_KIND})$", re.IGNORECASE)
_QUERY = re.compile(rf"[^=&]\.({_KIND})(?:&|$)", re.IGNORECASE)
# A file's name, or its format in brackets.
_WORDS = re.compile(rf"(?:\w\.|[(（\[【]\s?)({_KIND})(?![a-z0-9])", re.IGNORECASE)
# Programs that may hand out a file; a name that ends in .html is a page about one.
_PROGRAM = re.compile(r"(?:^[^.]*|\.(?:do|jspx?|php|aspx?|ashx|action|cgi))$", re.IGNORECASE)
_SIZE = re.compile(r"(?<![\d.,])(\d{1,6}(?:[.,]\d{1,3})?)\s?(bytes\b|字节|[kmg]i?b?\b)", re.IGNORECASE)
_UNITS = {"b": 1, "字": 1, "k": 1 << 10, "m": 1 << 20, "g": 1 << 30}
_AFTER = 60  # characters after a link in which its size may stand


def attachments(page: Page) -> tuple[Attachment, ...]:
    """Return the files that a page links to, in its order, each address once, at most `MOST_ATTACHMENTS`."""
    found: dict[str, Attachment] = {}
    for node in page.nodes.of("a", "area"):
        href, label = node.get("href"), label_of(node)
        if not (_MAYBE.search(href) or _WORDS.search(label)):  # most links: no need to take them apart
            continue
        url = followable(page, href)
        if url is None or url in found:
            continue
        kind, told = kind_of(url, label)
        if kind:
            size, words = _size_of(node, label)
            found[url] = Attachment(url, label, kind, size, f"{told}, text “{words}”" if words else told)
            if len(found) >= MOST_ATTACHMENTS:
                break
    return tuple(found.values())


def kind_of(url: str, label: str = "") -> tuple[str, str]:
    """Tell what kind of file an address leads to (`pdf`), and what tells it; two empty texts where it is a page."""
    parts = urlsplit(url)
    name = unquote(parts.path.rpartition("/")[2])
    for where, found in (("address", _PATH.search(name)), ("query", _QUERY.search(unquote(parts.query)))):
        if found:
            return found[1].lower(), f"{where} .{found[1].lower()}"
    spoken = _WORDS.search(label) if _PROGRAM.search(name) else None
    return (spoken[1].lower(), f"text “{spoken[0]}”") if spoken else ("", "")


def stated_size(words: str) -> tuple[int | None, str]:
    """Read a size such as `1.2 MB` or `350KB` in bytes (1 KB = 1024), and the words that state it."""
    found = _SIZE.search(words)
    if found is None:
        return None, ""
    return round(float(found[1].replace(",", ".")) * _UNITS[found[2][0].lower()]), found[0]


def _size_of(node: Node, label: str) -> tuple[int | None, str]:
    """The size stated in a link, or right behind it."""
    size, words = stated_size(label)
    return (size, words) if size is not None else stated_size(clean((node.tail or "")[:_AFTER]))
