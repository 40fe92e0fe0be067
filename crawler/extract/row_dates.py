"""The dates that stand beside links, read cheaply: they decide which page is fetched first, nothing else.

`list_rows` reads lists with care and is the source of facts; this looks at a link's address and its row only.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import UTC, date, datetime
from functools import lru_cache
from itertools import islice

from crawler.extract.date_formats import find_dates
from crawler.extract.date_urls import url_date
from crawler.extract.links import followable
from crawler.extract.nodes import Node
from crawler.extract.page import Page
from crawler.extract.visible import visible_text

_CLIMB = 4  # elements from a link up to its row
_ROW_ELEMENTS = 30  # a larger box is no row
_ROW_LINKS = 2  # a picture and a title, to the same page
_ROW_TEXT = 400  # characters of a row that are read
_YEAR = re.compile(r"(?<!\d)(?:199\d|20\d\d)(?!\d{2})")
_NUMERIC = re.compile(r"(?<!\d)((?:199|20\d)\d)[-/.年](\d{1,2})[-/.月](\d{1,2})(?!\d)")
# Which page is fetched first must not depend on the day of the crawl, so none is the future.
_NO_LIMIT = datetime(2099, 12, 30, tzinfo=UTC)


def row_dates(page: Page, urls: Collection[str]) -> dict[str, date]:
    """Return the date of each of these addresses that has one: in itself, else in its row on the page."""
    found = {url: when for url in urls if (when := address_date(url)) is not None}
    wanted = set(urls) - found.keys()
    if not wanted:
        return found
    for element in page.nodes.of("a"):
        url = followable(page, element.attributes.get("href"))
        if url in wanted and (when := _beside(element)) is not None:
            found.setdefault(url, when)
    return found


def address_date(url: str) -> date | None:
    """Return the date that an address carries, or None."""
    if _YEAR.search(url) is None and re.search(r"20\d{4}", url) is None:
        return None
    dated = url_date(url, _NO_LIMIT.date())
    return dated.date if dated else None


def _beside(link: Node) -> date | None:
    """Read the first date of the largest box around a link that is no more than a row."""
    row = link
    for parent in islice(link.around(), _CLIMB):
        if not _is_row(parent):
            break
        row = parent
    text = visible_text(row, _ROW_TEXT).replace("\n", " ")
    text += f" {(row.tail or '')[:40]}"
    return _date_in(text) if _YEAR.search(text) else None


def _is_row(element: Node) -> bool:
    if element.end - element.index > _ROW_ELEMENTS:
        return False
    return sum(node.tag == "a" for node in element.within()) <= _ROW_LINKS


@lru_cache(maxsize=4096)
def _date_in(text: str) -> date | None:
    numeric = _NUMERIC.search(text)
    if numeric:
        try:
            return date(int(numeric[1]), int(numeric[2]), int(numeric[3]))
        except ValueError:
            return None
    return next((found.date for found in find_dates(text, fetched=_NO_LIMIT) if not found.relative), None)
