"""The entries of a menu, read by BeautifulSoup from its markup alone."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from bs4 import BeautifulSoup, Tag

from crawler.extract.lines import clean

LISTS = ("ul", "ol", "dl")
_LEVELS = 2
_MOST_LINKS = 600


@lru_cache(maxsize=256)  # a site's menu comes again on each of its pages
def read_menu(html: str, *, bar: bool = False) -> tuple[tuple[str, str, int], ...]:
    """Return name, href and level (0 to 2) of a menu's links down to its second level, in order.

    `bar` takes of a list the links that are its items, not what hangs under them.
    """
    body = BeautifulSoup(html, "lxml").body
    menu = body.find(True, recursive=False) if body else None
    if not isinstance(menu, Tag):
        return ()
    links = ((link, 1) for link in _items(menu)) if bar else _entries(menu)
    return tuple((_name(link), str(link.get("href") or ""), level) for link, level in links)


def _name(link: Tag) -> str:
    return clean(link.get_text(" ")[:200]) or clean(str(link.get("title") or "")[:60])


def _items(menu: Tag) -> Iterator[Tag]:
    for item in menu.find_all("li", recursive=False):
        link = item.find("a", recursive=False)
        if link is not None:
            yield link


def _entries(menu: Tag) -> Iterator[tuple[Tag, int]]:
    for link in menu.find_all("a", href=True, limit=_MOST_LINKS):
        level = 1 if menu.name in LISTS else 0
        for parent in link.parents:
            if parent is menu or level > _LEVELS:
                break
            level += parent.name in LISTS
        if level <= _LEVELS:
            yield link, level
