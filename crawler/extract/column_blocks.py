"""Columns that hang in no list of a menu: those of its drop-down panels, and the blocks of a home page.

A home page shows its columns as blocks: a heading that leads to one over some of its entries, or short links alone.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from urllib.parse import urlsplit

from crawler.extract.column_names import column_type, is_entry
from crawler.extract.links import followable
from crawler.extract.menus import Entry
from crawler.extract.nodes import Node
from crawler.extract.page import Page
from crawler.extract.place import NO_MENU, place_of
from crawler.extract.visible import label_of, visible_text, words_of

_HEADINGS = ("h1", "h2", "h3", "h4", "dt")
_MOST_HEADINGS = 200
_PANELS = 3  # boxes beside a bar from which they are its panels
_UNDER = 3  # links of a block that lead below its heading's address
_SHORT_LINKS = range(3, 13)  # links of a block of columns
_NO_PARENT = 9  # a level that hangs under none
_BARS = " \t\r\n\u00a0\u3000|｜丨·•"  # between links; > and / are those of a path to the page
_NUMBER = re.compile(r"\d+")
_HOLDERS = frozenset({"div", "section", "td"})


def panels(menu: Node, bar: Node, entries: list[Entry]) -> list[Entry]:
    """Return a bar's entries, each followed by those of the panel that its address or its place calls its own.

    A panel shows columns and the newest of their articles. Columns are told by their addresses: their form comes in
    several panels, and few long titles have it.
    """
    boxes = _boxes(menu, bar)
    links = [[link for link in box.within() if link.tag == "a" and link.get("href")] for box in boxes]
    forms: dict[str, set[int]] = defaultdict(set)  # form -> panels in which it has entries
    lead: Counter[str] = Counter()  # entries over titles
    for number, inside in enumerate(links):
        for link in inside:
            if name := words_of(link):
                lead[_form(link)] += 1 if is_entry(name) else -1
                if is_entry(name):
                    forms[_form(link)].add(number)
    common = {form for form, some in forms.items() if len(some) >= _PANELS and lead[form] > 0}
    under = [[(words_of(link), link.get("href"), 2) for link in inside if _form(link) in common] for inside in links]
    found: list[Entry] = []
    for entry in entries:
        found.append(entry)
        own = next((number for number, box in enumerate(boxes) if under[number] and _belongs(box, entry[1])), None)
        if own is not None:
            found += under[own]
            under[own] = []
    return found + [(name, href, _NO_PARENT) for rest in under for name, href, _ in rest]


def _boxes(menu: Node, bar: Node) -> list[Node]:
    """Return the boxes of the first element beside the bar that holds several with links."""
    for node in menu.within()[1:]:
        if node.index < bar.end and node.end > bar.index:  # the bar, or around or in it
            continue
        boxes = [box for box in node.within()[1:] if box.parent is node and box.first("a")]
        if len(boxes) >= _PANELS:
            return boxes
    return []


def _form(link: Node) -> str:
    """Return an address's path without numbers: what tells pages of one kind from those of another."""
    return _NUMBER.sub("", link.get("href").partition("#")[0].partition("?")[0])


def _belongs(box: Node, href: str) -> bool:
    stem = href.partition("?")[0].rstrip("/").rpartition("/")[2].partition(".")[0]
    return len(stem) > 3 and stem in f"{box.get('id')} {box.get('class')}"


def blocks(page: Page, *, ambiguous: bool) -> Iterator[Entry]:
    """Yield what heads a block of the page's body, and the links of blocks that are short links to columns alone."""
    links = [link for link in page.nodes.of("a") if link.get("href")]
    for heading in page.nodes.of(*_HEADINGS)[:_MOST_HEADINGS]:
        link = heading.first("a")
        if link is None or not link.get("href"):
            continue
        kind = column_type(words_of(link), ambiguous=ambiguous)
        if kind != "home" and (kind or _heads(page, heading, link)):
            yield label_of(link), link.get("href"), 0
    held: dict[int, list[Node]] = defaultdict(list)  # by what holds links: a list of links may be anything
    for link in links:
        if link.parent is not None and link.parent.tag in _HOLDERS:
            held[link.parent.index].append(link)
    for index, inside in held.items():
        if len(inside) in _SHORT_LINKS and _are_columns(page, page.nodes.all[index], inside, ambiguous=ambiguous):
            yield from ((words_of(link), link.get("href"), _NO_PARENT) for link in inside)


def _heads(page: Page, heading: Node, link: Node) -> bool:
    """Tell whether a heading leads to the folder that several links of its block are in."""
    url = followable(page, link.get("href"))
    if url is None or heading.parent is None or not is_entry(words_of(link)) or not urlsplit(url).path.strip("/"):
        return False  # the site's name over its home page
    if not url.endswith("/"):
        return False
    inside = (followable(page, node.get("href")) for node in heading.parent.within() if node.tag == "a")
    return len({address for address in inside if address and address != url and address.startswith(url)}) >= _UNDER


def _are_columns(page: Page, holder: Node, links: list[Node], *, ambiguous: bool) -> bool:
    """Tell whether links are short, mostly known names of columns of one host, with nothing beside them."""
    names = [words_of(link) for link in links]
    if not all(map(is_entry, names)) or place_of(holder) == "footer":
        return False
    known = sum(column_type(name, ambiguous=ambiguous) not in (None, "home") for name in names)
    if 2 * known < len(names) or any(map(_is_no_menu, (holder, *holder.around()))):
        return False
    hosts = {_section_of(page, link) for link in links}
    return len(hosts) == 1 and None not in hosts and not _says_more(holder)


def _is_no_menu(node: Node) -> bool:
    return NO_MENU.search(f"{node.get('id')} {node.get('class')}"[:200]) is not None


def _section_of(page: Page, link: Node) -> str | None:
    """Return the host of an address that leads to a folder, or a page that bears no number; None for others."""
    parts = urlsplit(followable(page, link.get("href")) or "")
    return None if parts.query or _NUMBER.search(parts.path.rpartition("/")[2]) else parts.hostname


def _says_more(holder: Node) -> bool:
    """Tell whether an element holds words beside its links."""
    children = [node for node in holder.within()[1:] if node.parent is holder]
    beside = [holder.text, *(node.tail for node in children)]
    beside += [visible_text(node, 10) for node in children if node.tag != "a"]
    return any(text and text.strip(_BARS) for text in beside)
