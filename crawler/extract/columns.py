"""The sections that a site's navigation offers, and what each is about.

What a name means stands in `column_names`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import chain
from urllib.parse import urlsplit

from crawler.extract.cleaning import clean
from crawler.extract.column_blocks import blocks, panels
from crawler.extract.column_names import COLUMN_TYPES, GOVERNMENTAL, classified, column_type, is_entry, is_short
from crawler.extract.facts import Column
from crawler.extract.glossary import glossary, normalised
from crawler.extract.links import followable
from crawler.extract.menus import LISTS, read_menu
from crawler.extract.nodes import Node
from crawler.extract.page import Page
from crawler.extract.place import NO_MENU
from crawler.extract.visible import words_of

__all__ = ["COLUMN_TYPES", "MAX_COLUMNS", "column_type", "columns", "own_column"]

MAX_COLUMNS = 200
_SIGNS = 2  # kinds of columns that only governments have, from which a site's menu is a government's
_MENU_LINKS = 4  # links from which a block is a menu
_MOST_LINKS = 400  # of a menu
_MOST_PARTS = 4_000  # elements of a menu; what has more is the page itself
_BLOCKS = frozenset({"ul", "ol", "dl", "tr", "div"})
_MOST_BLOCKS = 400
_NO_TEXT = frozenset({"script", "style", "template"})
_MOST_MENUS = 60  # elements named like a menu that are tried
_SPLIT = re.compile(r"[;；,，、|/\s]{1,5}")


def columns(page: Page) -> tuple[Column, ...]:
    """Return the page's own column, where its tags name it, then those of its menus, two levels, then
    those that head a block of the page or stand together in one.

    A menu is a <nav>, an element named like one, or else the first block of at least four short links. Words that
    other sites use in another sense ("Community", "Events") count where other signs tell a government's site.
    """
    found: dict[str, Column] = {}
    own = own_column(page)
    if own:
        found[own.url] = own
    above: dict[int, str | None] = {}  # level -> type of its last entry
    menus = _menus(page)
    ambiguous = own is not None or _is_government(page.url, menus)
    for name, href, level in chain(menus, blocks(page, ambiguous=ambiguous)):
        url = followable(page, href)
        if url and url not in found and is_entry(name):
            found[url] = classified(name, url, parent=above.get(level - 1), ambiguous=ambiguous)
        if url and url in found:
            above = {upper: kind for upper, kind in above.items() if upper < level} | {level: found[url].type}
        if len(found) >= MAX_COLUMNS:
            break
    return tuple(found.values())


def own_column(page: Page) -> Column | None:
    """Return the column that the page's ColumnName and ColumnType tags say it is or hangs under, or None.

    The address is the link of that name on the page (its breadcrumb), else the page itself.
    """
    metas = [node for node in page.nodes.of("meta") if node.get("name") and "content" in node.attributes][:300]
    tags = {node.get("name").strip().lower(): node.get("content") for node in metas}
    name = clean((tags.get("columnname") or "")[:100])
    kinds = [normalised(kind) for kind in _SPLIT.split((tags.get("columntype") or "")[:200])]
    types = glossary().column_types
    declared = next((types[kind] for kind in kinds if kind in types), None)
    if not name and not declared:
        return None
    links = [link for link in page.nodes.of("a") if name and words_of(link) == name]
    named = (followable(page, link.attributes.get("href")) for link in links[:200])
    url = next((address for address in named if address), page.url)
    return classified(name, url, declared=declared)


def _is_government(url: str, menus: Iterable[tuple[str, str, int]]) -> bool:
    """Tell a government's site by its host, or by columns that other sites do not have."""
    if "gov" in (urlsplit(url).hostname or "").split("."):
        return True
    kinds = {column_type(name, ambiguous=False) for name, _, _ in menus if is_entry(name)}
    return len(GOVERNMENTAL & kinds) >= _SIGNS


def _menus(page: Page) -> list[tuple[str, str, int]]:
    """Return name, href and level of the entries of the outermost menus in page order.

    Without an element called a menu they are those of the first block that reads like one.

    A menu whose panels hold texts gives the entries of its bar, and of the panels what are columns by their addresses.
    """
    entries: list[tuple[str, str, int]] = []
    end = tried = 0
    for node in page.nodes.all:
        if not node.mark.is_menu or node.index < end:
            continue
        menu = node if _reads_like_menu(node) else _bar(node)
        found = read_menu(menu, bar=menu is not node) if menu else []
        if menu and menu is not node:
            found = panels(node, menu, found)
        if found:
            end = node.end
            entries += found
        tried += 1
        if tried >= _MOST_MENUS:
            break
    return entries or _first_block(page)


def _first_block(page: Page) -> list[tuple[str, str, int]]:
    links = [link.index for link in page.nodes.of("a") if "href" in link.attributes]
    inner = [block.index for block in page.nodes.of(*_BLOCKS)]
    tried = 0
    for block in page.nodes.of("ul", "ol", "dl", "tr", "p", "div")[:_MOST_BLOCKS]:
        if _count_within(block, links) < _MENU_LINKS or NO_MENU.search(f"{block.get('id')} {block.get('class')}"[:200]):
            continue
        is_tight = block.tag in LISTS or not _count_within(block, inner)
        if is_tight and _reads_like_menu(block):
            return read_menu(block)
        tried += is_tight
        if tried >= _MOST_MENUS:
            break
    return []


def _count_within(node: Node, indexes: list[int]) -> int:
    """Count the elements within one, by the indexes of all of their kind."""
    return bisect_left(indexes, node.end) - bisect_right(indexes, node.index)


def _bar(element: Node) -> Node | None:
    """Return the first list within whose items are links themselves, at least four of them short."""
    lists = [node for node in element.within()[:_MOST_PARTS] if node.tag in ("ul", "ol")]
    for block in lists[:20]:
        items = {id(node.parent): node for node in reversed(block.within()) if _is_item_of(block, node)}
        if sum(is_entry(words_of(link)) for link in items.values()) >= _MENU_LINKS:
            return block
    return None


def _is_item_of(block: Node, link: Node) -> bool:
    item = link.parent
    return link.tag == "a" and item is not None and item.tag == "li" and item.parent is block


def _reads_like_menu(element: Node) -> bool:
    """Tell whether at least three short links hold most of an element's text."""
    if element.end - element.index > _MOST_PARTS:
        return False
    within = element.within()
    links = [words_of(node) for node in within if node.tag == "a"][:_MOST_LINKS]
    short = [name for name in links if name and is_short(name)]
    if len(short) < _MENU_LINKS - 1:
        return False
    texts = [node.text for node in within if node.tag not in _NO_TEXT] + [node.tail for node in within[1:]]
    return 2 * sum(map(len, short)) >= sum(len(text.strip()) for text in texts if text)
