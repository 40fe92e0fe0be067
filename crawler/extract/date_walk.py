"""The walk that cuts a page into lines and reads their dates: once a page, for dates and lists alike."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

import lxml.html
from lxml import etree

from crawler.extract.date_formats import FoundDate, Order, find_dates, order_of
from crawler.extract.date_lines import Anchor, Area, Layout, Line, Stamp
from crawler.extract.page import Page
from crawler.extract.place import marked_zone, named_zone

_UNSEEN = frozenset({
    "head", "script", "style", "noscript", "template", "noframes", "iframe", "object", "svg", "canvas", "select",
    "textarea", "button", "title",
})  # fmt: skip
_INLINE = frozenset({
    "a", "abbr", "b", "big", "cite", "code", "em", "font", "i", "img", "ins", "label", "mark", "small", "span",
    "strong", "sub", "sup", "time", "u", "var", "wbr", "bdi", "bdo", "tt",
})  # fmt: skip
# Boxes of other pages' items, of comments, and of clocks and calendars: their dates are not the page's own.
_ASIDE = re.compile(
    r"(?<![a-z])(?:related?|relevant|recommend\w{0,4}|sidebar|hot(?:news|list)?|rank(?:ing)?|comments?|respond|replies|"
    r"xgwz|xgxw|xgyd|xgzc|tuijian|widgets?|calendar|datepicker|clock|countdown|popular|latest|upcoming|events?|"
    r"archives?|teasers?|mostread|more-?news|readmore|copyright)(?![a-z])"
)
_HIDDEN = re.compile(r"display\s{0,4}:\s{0,4}none", re.IGNORECASE)
_COPYRIGHT = re.compile(
    r"©|copyright|\(c\) ?(?:19|20)\d\d|版权所有|版權所有|公网安备|ICP ?[备证]|all rights reserved", re.IGNORECASE
)
_LINE_LIMIT = 20_000  # lines read of one page; a longer page repeats itself
_LONG = 240  # characters: of a longer line only the beginning and the end can hold a date of the page
_EDGE = 100
_SLASHED = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/(?:19|20)\d{2}(?!\d)")
_DOUBTS = 50  # boxes named like menus and found to be the page itself; more are not weighed, for time's sake


@lru_cache(maxsize=2)
def layout_of(page: Page) -> Layout:
    """Cut a page into lines with their dates; the last pages are remembered, for dates and lists both ask."""
    walk = _Walk(page)
    walk.run()
    language = page.tree.get("lang") or page.tree.get("{http://www.w3.org/XML/1998/namespace}lang")
    order = order_of(language) or _written_order(walk.lines)
    for line in walk.lines:
        line.dates = _dates_of(line.text, page, language, order)
    return Layout(tuple(walk.lines), tuple(walk.anchors), walk.spans, tuple(walk.stamps), order, language)


def _dates_of(text: str, page: Page, language: str | None, order: Order | None) -> list[FoundDate]:
    if len(text) <= _LONG:
        return find_dates(text, fetched=page.fetched, language=language, order=order)
    head = find_dates(text[:_EDGE], fetched=page.fetched, language=language, order=order)
    tail = find_dates(text[-_EDGE:], fetched=page.fetched, language=language, order=order)
    moved = [replace(found, start=found.start + len(text) - _EDGE, end=found.end + len(text) - _EDGE) for found in tail]
    return [found for found in head if found.end < _EDGE] + [
        found for found in moved if found.start > len(text) - _EDGE
    ]


def _written_order(lines: list[Line]) -> Order | None:
    """Tell day-first from month-first by the slashed dates of the page that can be read one way only."""
    orders: set[Order] = set()
    for line in lines:
        if "/" in line.text:
            for first, second in _SLASHED.findall(line.text[:1000]):
                if int(first) > 12 >= int(second):
                    orders.add("dmy")
                elif int(second) > 12 >= int(first):
                    orders.add("mdy")
    return orders.pop() if len(orders) == 1 else None


class _Walk:
    """One walk over the tree. Positions count the elements opened and closed."""

    def __init__(self, page: Page) -> None:
        self.lines: list[Line] = []
        self.anchors: list[Anchor] = []
        self.spans: dict[lxml.html.HtmlElement, tuple[int, int]] = {}
        self.stamps: list[Stamp] = []
        self._page = page
        self._words = _words_of(page.tree)
        self._doubts = 0
        self._at = 0
        self._blocks: list[lxml.html.HtmlElement] = [page.tree]
        self._areas: list[tuple[lxml.html.HtmlElement | None, Area]] = [(None, "body")]
        self._hidden: list[lxml.html.HtmlElement] = []
        self._link: tuple[lxml.html.HtmlElement, int] | None = None
        self._link_text: list[str] = []
        self._clear()

    def run(self) -> None:
        walk = etree.iterwalk(self._page.tree, events=("start", "end"))
        unseen: set[lxml.html.HtmlElement] = set()
        for event, element in walk:
            self._at += 1
            if event == "start":
                self.spans[element] = (self._at, self._at)
                if not isinstance(element.tag, str) or element.tag in _UNSEEN:
                    unseen.add(element)
                    walk.skip_subtree()
                else:
                    self._open(element)
            else:
                self.spans[element] = (self.spans[element][0], self._at)
                if element not in unseen:
                    self._close(element)
                self._say(element.tail, element.getparent())
            if len(self.lines) >= _LINE_LIMIT:
                break
        self._break()

    def _open(self, element: lxml.html.HtmlElement) -> None:
        if element.tag not in _INLINE:
            self._break()
            if element.tag not in ("br", "hr"):
                self._blocks.append(element)
                self._enter_area(element)
        elif element.tag == "a" and element.get("href"):
            self._end_link()
            self._link = (element, self._at)
        if _HIDDEN.search(element.get("style") or "") or element.get("hidden") is not None:
            self._hidden.append(element)
        self._stamp(element)
        self._say(element.text, element)

    def _close(self, element: lxml.html.HtmlElement) -> None:
        if self._link and self._link[0] is element:
            self._end_link()
        if element.tag not in _INLINE:
            self._break()
            if len(self._blocks) > 1 and self._blocks[-1] is element:
                self._blocks.pop()
        if self._areas[-1][0] is element:
            self._areas.pop()
        if self._hidden and self._hidden[-1] is element:
            self._hidden.pop()

    def _enter_area(self, element: lxml.html.HtmlElement) -> None:
        """Note the menu, footer or box that begins here; not what holds the heading or most words."""
        if self._areas[-1][1] != "body" or element.tag in ("html", "body", "main", "article", "h1", "h2"):
            return
        zone = marked_zone(element) or named_zone(element)
        names = f"{element.get('class') or ''} {element.get('id') or ''}"[:200].lower()
        area: Area = "body"
        if zone == "footer":
            area = "body" if any(block.tag == "article" for block in self._blocks) else "footer"
        elif zone == "nav":
            area = "nav"
        elif _ASIDE.search(names):
            area = "aside"
        if area == "body" or self._doubts >= _DOUBTS:
            return
        if element.find(".//h1") is None and 2 * _words_of(element) < self._words:
            self._areas.append((element, area))
        else:
            self._doubts += 1

    def _stamp(self, element: lxml.html.HtmlElement) -> None:
        marked = "date" in (element.get("itemprop") or "").lower()
        value = (element.get("datetime") if element.tag == "time" else None) or (
            element.get("content") if marked else None
        )
        if value:
            self.stamps.append(Stamp(element, value[:80], len(self.lines), self._areas[-1][1]))

    def _say(self, text: str | None, element: lxml.html.HtmlElement | None) -> None:
        if not text or element is None:
            return
        words = " ".join(text.split())
        if text[0].isspace():
            self._gap = True
        if words:
            # "25" and "2015-11" in elements of their own are two words, whatever the style sheet does to them
            if self._gap or (
                self._text and (self._text[-1].isdigit() or words[0].isdigit()) and _tight(self._text, words)
            ):
                self._text += " " if self._text else ""
            self._pieces.append((len(self._text), element))
            self._text += words
            if self._link:
                self._linked += len(words)
                self._link_text.append(words)
            self._gap = False
        if text[-1].isspace():
            self._gap = True

    def _end_link(self) -> None:
        if self._link:
            element, at = self._link
            anchor = Anchor(element, " ".join(self._link_text), at, self._page)
            self.anchors.append(anchor)
            self._anchors.append(anchor)
        self._link, self._link_text = None, []

    def _break(self) -> None:
        if self._text:
            area: Area = "footer" if len(self._text) < 400 and _COPYRIGHT.search(self._text) else self._areas[-1][1]
            self.lines.append(
                Line(
                    len(self.lines),
                    self._line_at,
                    self._text,
                    self._blocks[-1],
                    tuple(self._pieces),
                    tuple(self._anchors),
                    self._linked,
                    area,
                    bool(self._hidden),
                )
            )
        self._clear()

    def _clear(self) -> None:
        self._text, self._gap, self._linked = "", False, 0
        self._pieces: list[tuple[int, lxml.html.HtmlElement]] = []
        self._anchors: list[Anchor] = []
        self._line_at = self._at


def _tight(before: str, after: str) -> bool:
    return before[-1].isascii() and before[-1].isalnum() and after[0].isascii() and after[0].isalnum()


def _words_of(element: lxml.html.HtmlElement) -> int:
    """Characters of text in an element, scripts and styles left out."""
    total = 0
    for node in element.iter():
        if isinstance(node.tag, str) and node.tag not in _UNSEEN and node.text:
            total += len(node.text.strip())
        if node.tail and node is not element:
            total += len(node.tail.strip())
    return total
