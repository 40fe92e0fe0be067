"""The entries of a menu, read from its links and the lists that they stand in."""

from __future__ import annotations

from collections.abc import Iterator
from operator import itemgetter

from crawler.extract.cleaning import clean
from crawler.extract.nodes import Node

LISTS = frozenset({"ul", "ol", "dl"})
_LEVELS = 2
_MOST_LINKS = 600
_PARTS = frozenset({"a", "ul", "ol", "dl", "li", "div"})  # what a menu is made of; other elements are looked through
_LEFT_OUT = frozenset({"script", "style", "noscript", "template", "svg", "math", "canvas", "iframe", "object"})

Entry = tuple[str, str, int]


def read_menu(menu: Node, *, bar: bool = False) -> list[Entry]:
    """Return name, href and level (0 to 2) of a menu's links down to its second level, in order.

    `bar` takes of a list the links that are its items, not what hangs under them.
    """
    links = [node for node in _seen(menu) if node.tag == "a"]
    if bar:
        return [(_name(link), link.get("href"), 1) for link in _items(menu, links)]
    entries: list[Entry] = []
    for link in [link for link in links if "href" in link.attributes][:_MOST_LINKS]:
        level = _level(menu, link)
        if level <= _LEVELS:
            entries.append((_name(link), link.get("href"), level))
    return entries


def _seen(node: Node) -> Iterator[Node]:
    """Yield what is within an element, without scripts and what else is no part of its words."""
    skipped_to = 0
    for inner in node.within()[1:]:
        if inner.index < skipped_to:
            continue
        if inner.tag in _LEFT_OUT:
            skipped_to = inner.end
        else:
            yield inner


def _level(menu: Node, link: Node) -> int:
    level = int(menu.tag in LISTS)
    for around in link.around():
        if around is menu or level > _LEVELS:
            break
        level += around.tag in LISTS
    return level


def _items(menu: Node, links: list[Node]) -> Iterator[Node]:
    """Yield the first link of each item of the list itself."""
    known: set[int] = set()
    for link in links:
        item = _holder(link, menu)
        if item.tag == "li" and _holder(item, menu) is menu and item.index not in known:
            known.add(item.index)
            yield link


def _holder(node: Node, menu: Node) -> Node:
    """Return the part of the menu around something."""
    return next((around for around in node.around() if around is menu or around.tag in _PARTS), menu)


def _name(link: Node) -> str:
    """Return the words of a link, those of each element within apart, else its title."""
    pieces = [(link.index, 1, 0, link.text)]
    skipped_to = 0
    for inner in link.within()[1:]:
        if inner.index >= skipped_to:
            pieces.append((inner.end, 0, -inner.index, inner.tail))  # after all within, the innermost first
            if inner.tag in _LEFT_OUT:
                skipped_to = inner.end
            else:
                pieces.append((inner.index, 1, 0, inner.text))
    words = " ".join(text for *_, text in sorted(pieces, key=itemgetter(0, 1, 2)) if text)
    return clean(words[:200]) or clean(link.get("title")[:60])
