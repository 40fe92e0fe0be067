"""The entries of list pages: rows of a title that links and a date beside it, and dateless lists of articles."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urlsplit

from crawler.extract.date_layout import layout_of
from crawler.extract.date_lines import PROSE, weight
from crawler.extract.facts import ListItem
from crawler.extract.lines import Anchor
from crawler.extract.list_rows import dated_rows, plain_title
from crawler.extract.page import Page

UNDATED_ROWS = 5
UNDATED_TITLE = 16
_CUT = re.compile(r"(?:\.{2,}|…+)\s*$")
_ARTICLE_LEAF = re.compile(r"\d{4}|\d[^/]{0,80}\.s?html?$", re.IGNORECASE)


@lru_cache(maxsize=2)  # asked for by dates too
def list_items(page: Page) -> tuple[ListItem, ...]:
    """List the entries of a page's lists, in the order of the page, an address once.

    Dated rows where there are at least three of a kind; where there are none, five or more articles' titles without
    dates. A month and a day alone become a date only where the row's address or its neighbours' years leave one
    choice. Never raises.
    """
    found = [(row.anchor, row.date) for row in dated_rows(page)] or [(anchor, None) for anchor in _undated(page)]
    items: dict[str, ListItem] = {}
    for anchor, when in found:
        items.setdefault(anchor.url, ListItem(_title(anchor), anchor.url, when))
    return tuple(items.values())


def _title(anchor: Anchor) -> str:
    """The link's text; its title attribute where the text is cut short or holds the date too."""
    text, full = anchor.text, " ".join(anchor.element.get("title").split())
    if full and len(full) <= 300 and (_CUT.search(text) or not text):
        return full
    return plain_title(text) or text


def _undated(page: Page) -> list[Anchor]:
    """Titles of articles, one a line, in a list of their own; menus have shorter ones and lead to columns."""
    layout = layout_of(page)
    groups: dict[tuple[str, ...], list[Anchor]] = {}
    for line in layout.lines:
        if line.area == "body" and len(line.anchors) == 1 and len(line.linked) >= 0.8 * len(line.text):
            anchor = line.anchors[0]
            if weight(anchor.text) >= UNDATED_TITLE and anchor.url != page.url:
                groups.setdefault(layout.kind_of(line.element), []).append(anchor)
    prose = sum(line.prose for line in layout.lines if line.area == "body" and line.prose >= PROSE)
    accepted = [group for group in groups.values() if len(group) >= UNDATED_ROWS and _are_articles(group)]
    if prose > sum(weight(anchor.text) for group in accepted for anchor in group):
        return []  # an article with a box of others
    return sorted((anchor for group in accepted for anchor in group), key=lambda anchor: anchor.element.index)


def _are_articles(anchors: list[Anchor]) -> bool:
    """Articles' addresses end in a number, mostly a date or an identifier; columns' do not."""
    leaves: list[str] = []
    for anchor in anchors:
        parts = urlsplit(anchor.url)
        leaves.append(parts.path.rsplit("/", 1)[-1] + "?" + parts.query)
    numbered = sum(bool(_ARTICLE_LEAF.search(leaf)) for leaf in leaves)
    return len({anchor.url for anchor in anchors}) >= UNDATED_ROWS and numbered >= 0.8 * len(anchors)
