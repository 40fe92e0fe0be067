"""The walk that cuts a page into lines and reads their dates: once a page, for dates and lists alike."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from functools import lru_cache

from crawler.extract.date_formats import FoundDate, Order, find_dates, order_of
from crawler.extract.date_lines import Anchor, Area, Layout, Line, Stamp
from crawler.extract.nodes import Node
from crawler.extract.page import Page

_UNSEEN = frozenset({
    "head", "script", "style", "noscript", "template", "noframes", "iframe", "object", "svg", "canvas", "select",
    "textarea", "button", "title",
})  # fmt: skip
_INLINE = frozenset({
    "a", "abbr", "b", "big", "cite", "code", "em", "font", "i", "img", "ins", "label", "mark", "small", "span",
    "strong", "sub", "sup", "time", "u", "var", "wbr", "bdi", "bdo", "tt",
})  # fmt: skip
# Boxes of other pages' items, of comments, of clocks and calendars, of code: their dates are not the page's own.
_ASIDE = re.compile(
    r"(?<![a-z])(?:related?|relevant|recommend\w{0,4}|sidebar|hot(?:news|list)?|rank(?:ing)?|comments?|respond|replies|"
    r"xgwz|xgxw|xgyd|xgzc|tuijian|widgets?|calendar|datepicker|clock|today|countdown|popular|latest|upcoming|events?|"
    r"archives?|teasers?|mostread|more-?news|readmore|copyright|highlight|hljs|syntaxhighlighter|prism-?code|code-?block)"
    r"(?![a-z])"
)
_COPYRIGHT = re.compile(
    r"©|copyright|\(c\) ?(?:19|20)\d\d|版权所有|版權所有|公网安备|ICP ?[备证]|all rights reserved", re.IGNORECASE
)
_LINE_LIMIT = 20_000  # lines read of one page; a longer page repeats itself
_LONG = 240  # characters: of a longer line only the beginning and the end can hold a date of the page
_EDGE = 100
_SLASHED = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/(?:19|20)\d{2}(?!\d)( \d{1,2}:\d{2}:\d{2} ?[AP]M)?")
_COPYRIGHT_HINT = re.compile(r"©|版|公网安|copyright|Copyright|COPYRIGHT|\(c\)|\(C\)|ICP|icp|all r|All r|All R|ALL R")
_WHOLE = frozenset({"html", "body", "main", "article", "h1", "h2"})  # never a box beside the page's own words


def layout_of(page: Page, assumed: Order | None = None) -> Layout:
    """Cut a page into lines with their dates; the last pages are remembered, for dates and lists both ask.

    `assumed` is how slashed dates are read where neither the language nor the page's other dates say it.
    """
    return _layout_of(page, assumed)  # however it was asked: the memory tells a default from a None that is passed


@lru_cache(maxsize=2)
def _layout_of(page: Page, assumed: Order | None) -> Layout:
    walk = _Walk(page)
    walk.run()
    language = page.nodes.root.get("lang") or page.nodes.root.get("xml:lang") or None
    written = _written_order(walk.lines)
    order = order_of(language) or written or assumed
    for line in walk.lines:
        line.dates = _dates_of(line.text, page, language, order)
    return Layout(
        tuple(walk.lines), tuple(walk.anchors), walk.begins, walk.ends, tuple(walk.stamps), order, written, language
    )


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
    """Tell day-first from month-first by the slashed dates of the page that can be read one way only.

    "7/5/2005 9:23:57 PM" is how systems set to American English write: month first.
    """
    orders: set[Order] = set()
    for line in lines:
        if "/" in line.text:
            for first, second, twelve_hours in _SLASHED.findall(line.text[:1000]):
                if int(first) > 12 >= int(second):
                    orders.add("dmy")
                elif int(first) <= 12 and (int(second) > 12 or twelve_hours):
                    orders.add("mdy")
    return orders.pop() if len(orders) == 1 else None


class _Walk:
    """One walk over a page's elements. Positions count the elements opened and closed."""

    def __init__(self, page: Page) -> None:
        self.lines: list[Line] = []
        self.anchors: list[Anchor] = []
        self.begins = [0] * len(page.nodes.all)  # by the element's index
        self.ends = [0] * len(page.nodes.all)
        self.stamps: list[Stamp] = []
        self._page = page
        self._nodes = page.nodes.all
        self._headings = [heading.index for heading in page.nodes.of("h1")]
        self._words = _word_counts(self._nodes)
        self._at = 0
        self._articles = 0  # how many <article> we are in
        self._blocks: list[Node] = [page.nodes.root]
        self._areas: list[tuple[Node | None, Area]] = [(None, "body")]
        self._link: tuple[Node, int] | None = None
        self._link_text: list[str] = []
        self._parts: list[str] = []  # of the present line, and what belongs to it
        self._pieces: list[tuple[int, Node]] = []
        self._anchors: list[Anchor] = []
        self._length = self._linked = self._line_at = 0
        self._gap = False

    def run(self) -> None:
        nodes, index = self._nodes, 0
        opened: list[Node] = []
        while index < len(nodes) and len(self.lines) < _LINE_LIMIT:
            node = nodes[index]
            while opened and opened[-1].end <= index:
                self._close(opened.pop())
            self._at += 1
            self.begins[index] = self._at
            if node.tag in _UNSEEN and not (node.tag == "button" and node.first("a")):
                self._at += 1
                self.ends[index] = self._at
                if node.tail:
                    self._say(node.tail, node.parent)
                index = node.end
            else:
                self._open(node)
                opened.append(node)
                index += 1
        while opened:
            self._close(opened.pop())
        self._break()

    def _open(self, node: Node) -> None:
        tag = node.tag
        if tag not in _INLINE:
            self._break()
            if tag not in ("br", "hr"):
                self._blocks.append(node)
                self._articles += tag == "article"
                if node.zone or node.attributes:
                    self._enter_area(node)
        elif tag == "a" and "href" in node.attributes:
            self._end_link()
            self._link = (node, self._at)
        if node.attributes and ("itemprop" in node.attributes or tag == "time"):
            self._stamp(node)
        if node.text:
            self._say(node.text, node)

    def _close(self, node: Node) -> None:
        self._at += 1
        self.ends[node.index] = self._at
        if node.tag not in _INLINE:
            self._break()
            if len(self._blocks) > 1 and self._blocks[-1] is node:
                self._blocks.pop()
                self._articles -= node.tag == "article"
            if self._areas[-1][0] is node:
                self._areas.pop()
        elif self._link and self._link[0] is node:
            self._end_link()
        if node.tail:
            self._say(node.tail, node.parent)

    def _enter_area(self, node: Node) -> None:
        """Note the menu, footer or box that begins here; not what holds the heading or most words."""
        if self._areas[-1][1] != "body" or node.tag in _WHOLE:
            return
        area: Area = "body"
        if node.zone == "footer":
            area = "body" if self._articles else "footer"
        elif node.zone == "nav":
            area = "nav"
        elif node.attributes and _is_aside(node.get("class"), node.get("id")):
            area = "aside"
        if area != "body" and not self._holds_heading(node) and 2 * self._words_within(node) < self._words[-1]:
            self._areas.append((node, area))

    def _holds_heading(self, node: Node) -> bool:
        after = bisect_right(self._headings, node.index)
        return after < len(self._headings) and self._headings[after] < node.end

    def _words_within(self, node: Node) -> int:
        return self._words[node.end] - self._words[node.index] - len((node.tail or "").strip())

    def _stamp(self, node: Node) -> None:
        marked = "date" in node.get("itemprop").lower()
        value = (node.get("datetime") if node.tag == "time" else "") or (node.get("content") if marked else "")
        if value:
            self.stamps.append(Stamp(node, value[:80], len(self.lines), self._areas[-1][1]))

    def _say(self, text: str, node: Node | None) -> None:
        words = " ".join(text.split())
        if not words or node is None:
            self._gap = True
            return
        if self._length and (self._gap or text[0].isspace() or _are_apart(self._parts[-1][-1], words[0])):
            self._parts.append(" ")
            self._length += 1
        self._pieces.append((self._length, node))
        self._parts.append(words)
        self._length += len(words)
        if self._link:
            self._linked += len(words)
            self._link_text.append(words)
        self._gap = text[-1].isspace()

    def _end_link(self) -> None:
        if self._link:
            node, at = self._link
            anchor = Anchor(node, " ".join(self._link_text), at, self._page)
            self.anchors.append(anchor)
            self._anchors.append(anchor)
        self._link, self._link_text = None, []

    def _break(self) -> None:
        if self._parts:
            text = "".join(self._parts)
            area: Area = "footer" if len(text) < 400 and _is_copyright(text) else self._areas[-1][1]
            pieces, anchors, block = tuple(self._pieces), tuple(self._anchors), self._blocks[-1]
            self.lines.append(Line(len(self.lines), self._line_at, text, block, pieces, anchors, self._linked, area))
            self._parts, self._pieces, self._length, self._linked = [], [], 0, 0
        if self._anchors:
            self._anchors = []
        self._gap, self._line_at = False, self._at


def _are_apart(last: str, first: str) -> bool:
    """Tell two words in elements of their own, "25" and "2015-11", whatever the style sheet does to them."""
    if not (last.isdigit() or first.isdigit()):
        return False
    return last.isascii() and last.isalnum() and first.isascii() and first.isalnum()


@lru_cache(maxsize=8192)
def _is_aside(classes: str, identity: str) -> bool:
    return _ASIDE.search(f"{classes} {identity}"[:200].lower()) is not None


def _is_copyright(text: str) -> bool:
    return _COPYRIGHT_HINT.search(text) is not None and _COPYRIGHT.search(text) is not None


def _word_counts(nodes: list[Node]) -> list[int]:
    """Count the characters of text up to each element, scripts and styles left out; the last number is the page's."""
    counts = [0]
    for node in nodes:
        own = len(node.text.strip()) if node.text and node.tag not in _UNSEEN else 0
        counts.append(counts[-1] + own + (len(node.tail.strip()) if node.tail else 0))
    return counts
