"""The sections that a site's navigation offers, and what each is about.

A column's type is one of `COLUMN_TYPES`, told from its name by the glossary, in Chinese and eight other languages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from bs4 import BeautifulSoup, Tag

from crawler.extract.facts import Column
from crawler.extract.glossary import HAN, glossary, normalised
from crawler.extract.labels import read_label
from crawler.extract.links import followable
from crawler.extract.page import Page
from crawler.extract.text import clean

COLUMN_TYPES = (
    "overview", "leaders", "organisation", "news", "notices", "topics", "laws", "interpretation", "statistics", "visa",
    "business", "investment", "parks", "education", "tourism", "living", "health", "transport", "emergency", "mailbox",
    "faq", "survey", "interview", "contact", "search", "sitemap", "downloads", "services", "home", "about",
)  # fmt: skip
MAX_COLUMNS = 200
_SHORT_LETTERS = 12  # Han, kana or hangul characters of a menu's entry; a longer one is a title
_SHORT_WORDS = 5
_WORDS_A_TERM_WORD = 4  # "tourism in Yunhe city" is about tourism, "Nacos with Spring Boot projects" is no investment
_MENU_LINKS = 4  # links from which a block is a menu
_LEVELS = 2
_LISTS = ("ul", "ol", "dl")
_MOST_MENUS = 60  # elements named like a menu that are tried
_MENU_NAME = re.compile(
    r"(?:^|[\s_-])(?:(?:main|top|head|site|sub|left|global|primary)?-?(?:nav|menu)s?|navbar|navi|navigation|menubar|daohang|lanmu)"
    r"(?=$|[\s_\d-])|(?<=[a-z])(?:Nav|Menu)(?=$|[\s_\dA-Z-])|(?:^|\s)nav[A-Z_]",
)
_NO_MENU = re.compile(
    r"crumb|position|location|path|dqwz|weizhi|page|friend|yqlj|link|lang|login|share|foot|bottom|copyright|toggle|user",
    re.IGNORECASE,
)
_LETTERS = re.compile(rf"[{HAN}\u3040-\u30ff\uac00-\ud7af]")
_SPLIT = re.compile(r"[;；,，、|/\s]{1,5}")


def column_type(name: str) -> str | None:
    """Return the column type that a name speaks of, or None.

    The whole label first; then, for labels of a menu's length, the longest known term within it (whole words where
    there are words), the last one where two are as long, because it is the head: 旅游政策 is about policy.
    """
    label = normalised(name)
    words = glossary()
    if not label or not _is_short(label):
        return words.whole.get(label)
    return words.whole.get(label) or _by_term(label)


def columns(page: Page) -> tuple[Column, ...]:
    """Return the page's own column, where its tags name it, then those of its menus, two levels, and
    of headings that are links with a known name, in page order.

    A menu is a <nav>, an element named like one, or else the first block of at least four short links.
    """
    found: dict[str, Column] = {}
    own = own_column(page)
    if own:
        found[own.url] = own
    for link in chain(_menus(page.soup), _headings(page.soup)):
        url = followable(page, str(link.get("href") or ""))
        name = clean(link.get_text(" ")[:200]) or clean(str(link.get("title") or "")[:60])
        if url and url not in found and _is_entry(name):
            found[url] = Column(name, url, column_type(name))
        if len(found) >= MAX_COLUMNS:
            break
    return tuple(found.values())


def own_column(page: Page) -> Column | None:
    """Return the column that the page's ColumnName and ColumnType tags say it is or hangs under, or None.

    The address is the link of that name on the page (its breadcrumb), else the page itself.
    """
    metas = page.tree.xpath("//meta[@name and @content]")[:300]
    tags = {element.get("name").strip().lower(): element.get("content") for element in metas}
    name = clean((tags.get("columnname") or "")[:100])
    kinds = [normalised(kind) for kind in _SPLIT.split((tags.get("columntype") or "")[:200])]
    types = glossary().column_types
    declared = next((types[kind] for kind in kinds if kind in types), None)
    if not name and not declared:
        return None
    links = page.tree.xpath("//a[@href][contains(., $name)]", name=name)[:200] if name else []
    named = (followable(page, link.get("href")) for link in links if clean(link.text_content()[:120]) == name)
    url = next((address for address in named if address), page.url)
    return Column(name, url, declared or column_type(name))


def _by_term(label: str) -> str | None:
    """Return the type of the longest known term within a label, the last of those as long."""
    part = glossary().part
    best: tuple[int, int, str] | None = None
    for start, end in _spans(label):
        kind = part.get(label[start:end])
        if kind and len(label[start:end].split()) * _WORDS_A_TERM_WORD < len(label.split()):
            continue
        if kind and (best is None or (end - start, start) >= best[:2]):
            best = (end - start, start, kind)
    return best[2] if best else None


def _spans(label: str) -> Iterator[tuple[int, int]]:
    """Yield the spans that a term may take: whole words, and at least two characters of scripts without blanks."""
    edges = [at for at in range(len(label) + 1) if _is_edge(label, at)]
    for index, start in enumerate(edges):
        for end in edges[index + 1 :]:
            if end - start >= 2 and label[start] != " " and label[end - 1] != " ":
                yield start, end


def _is_edge(label: str, at: int) -> bool:
    if at in (0, len(label)):
        return True
    before, after = label[at - 1], label[at]
    return before == " " or after == " " or bool(_LETTERS.match(before)) or bool(_LETTERS.match(after))


def _is_short(label: str) -> bool:
    words = _LETTERS.sub("", label).split()
    return len(_LETTERS.findall(label)) <= _SHORT_LETTERS and len(words) <= _SHORT_WORDS and len(label) <= 60


def _is_entry(name: str) -> bool:
    """Tell a menu's entry from titles and from language switches."""
    label = normalised(name)
    return len(label) > 1 and _is_short(label) and not read_label(name).is_plain


def _menus(soup: BeautifulSoup) -> Iterator[Tag]:
    """Yield the links of the outermost menus in page order; without a named one, of the first block like a menu.

    A menu whose panels hold texts gives the entries of its bar alone.
    """
    inside: set[int] = set()
    for element in soup.find_all(_is_named_menu, limit=_MOST_MENUS):
        if any(id(parent) in inside for parent in element.parents):
            continue
        links = list(_entries(element)) if _reads_like_menu(element) else _bar(element)
        if links:
            inside.add(id(element))
            yield from links
    if not inside:
        yield from _first_block(soup)


def _bar(element: Tag) -> list[Tag]:
    """Return the links of the first list within whose items are links themselves, at least four of them short."""
    for block in element.find_all(["ul", "ol"], limit=20):
        links = [link for item in block.find_all("li", recursive=False) if (link := item.find("a", recursive=False))]
        if sum(_is_entry(clean(link.get_text(" ")[:200])) for link in links) >= _MENU_LINKS:
            return links
    return []


def _headings(soup: BeautifulSoup) -> Iterator[Tag]:
    """Yield headings that are links with a known name: the blocks of a home page, each headed by its column."""
    for heading in soup.find_all(["h1", "h2", "h3", "h4", "dt"], limit=200):
        link = heading.find("a", href=True)
        if link is not None and column_type(clean(link.get_text(" ")[:200])) not in (None, "home"):
            yield link


def _is_named_menu(element: Tag) -> bool:
    if element.name in ("nav", "menu") or element.get("role") in ("navigation", "menubar"):
        return not _NO_MENU.search(_names(element))
    if element.name not in ("div", "ul", "ol", "dl", "table", "td", "section", "header"):
        return False
    names = _names(element)
    return bool(names) and bool(_MENU_NAME.search(names)) and not _NO_MENU.search(names)


def _names(element: Tag) -> str:
    classes = element.get("class") or ""
    return f"{element.get('id') or ''} {classes if isinstance(classes, str) else ' '.join(classes)}"[:200].strip()


def _reads_like_menu(element: Tag) -> bool:
    """Tell whether at least three short links hold most of an element's text."""
    links = [clean(link.get_text(" ")[:200]) for link in element.find_all("a", limit=400)]
    short = [name for name in links if name and _is_short(normalised(name))]
    text = sum(len(part.strip()) for part in element.stripped_strings if part)
    return len(short) >= _MENU_LINKS - 1 and 2 * sum(map(len, short)) >= text


def _first_block(soup: BeautifulSoup) -> Iterator[Tag]:
    tried, poor = 0, set()
    for block in soup.find_all(["ul", "ol", "dl", "tr", "p", "div"], limit=400):
        # What lies in a block of few links has no more: nests of thousands are not searched again at every level.
        if id(block.parent) in poor or len(block.find_all("a", href=True, limit=_MENU_LINKS)) < _MENU_LINKS:
            poor.add(id(block))
            continue
        if _NO_MENU.search(_names(block)):
            continue
        is_tight = block.name in _LISTS or block.find(["ul", "ol", "dl", "tr", "div"]) is None
        if is_tight and _reads_like_menu(block):
            yield from _entries(block)
            return
        tried += is_tight
        if tried >= _MOST_MENUS:
            return


def _entries(menu: Tag) -> Iterator[Tag]:
    """Yield a menu's links down to its second level."""
    for link in menu.find_all("a", href=True, limit=600):
        level = 1 if menu.name in _LISTS else 0
        for parent in link.parents:
            if parent is menu or level > _LEVELS:
                break
            level += parent.name in _LISTS
        if level <= _LEVELS:
            yield link
