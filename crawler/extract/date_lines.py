"""A page cut into the lines a reader sees, each with its links, its dates and the elements that hold them."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import Literal

from crawler.extract.date_formats import FoundDate, Order
from crawler.extract.links import followable
from crawler.extract.nodes import Node
from crawler.extract.page import Page

Area = Literal["body", "nav", "aside", "footer"]

_MOST = 60  # lines or links of an element that are looked at: an entry of a list has fewer
PROSE = 90
"""Weight of a line outside links from which it is a paragraph of an article and no heading, label or entry."""
_NUMBER = re.compile(r"\d+")
_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
_DIGIT = re.compile(r"\d")


@dataclass(eq=False)
class Anchor:
    """A link: its element and text, and its place in the walk."""

    element: Node
    text: str
    at: int
    page: Page

    @cached_property
    def url(self) -> str:
        """The absolute address without fragment, as `links` has it; empty where the link leads to no web page."""
        return followable(self.page, self.element.attributes.get("href")) or ""


@dataclass(eq=False)
class Line:
    """A line as a browser would break it, blanks normalised. `at` is its place in the walk over the elements."""

    index: int
    at: int
    text: str
    element: Node  # the block that holds it
    pieces: tuple[tuple[int, Node], ...]  # where the text of each element begins
    anchors: tuple[Anchor, ...]
    linked: int  # characters inside links
    area: Area
    dates: list[FoundDate] = field(default_factory=list)

    def element_at(self, position: int) -> Node:
        """Return the innermost element whose text stands at a position of the line."""
        starts = [start for start, _ in self.pieces]
        return self.pieces[max(0, bisect_left(starts, position + 1) - 1)][1]

    @cached_property
    def weight(self) -> int:
        """Weight of the whole text."""
        return weight(self.text)

    @property
    def prose(self) -> int:
        """Weight of the text outside links, where the whole line is not chiefly links."""
        return self.weight if self.linked < 0.4 * len(self.text) else 0

    @cached_property
    def has_digit(self) -> bool:
        """Whether any digit stands in it: most lines hold none and no date."""
        return _DIGIT.search(self.text) is not None


@dataclass(frozen=True)
class Stamp:
    """A <time datetime> or an itemprop date: the machine-readable value and the line it stands at."""

    element: Node
    value: str
    line: int
    area: Area


@dataclass(frozen=True)
class Layout:
    """The lines of a page, its anchors in order, where each element begins and ends in the walk, and its stamps.

    Beginnings and ends stand by the element's index.
    """

    lines: tuple[Line, ...]
    anchors: tuple[Anchor, ...]
    begins: list[int]
    ends: list[int]
    stamps: tuple[Stamp, ...]
    order: Order | None
    written: Order | None  # the order that slashed dates of the page show by themselves
    language: str | None

    def anchors_within(self, element: Node) -> tuple[Anchor, ...]:
        """Return the links of an element, in order, no more than are needed to see that it is no single entry."""
        first, last = self.begins[element.index], self.ends[element.index]
        begin = bisect_left(self.anchors, first, key=lambda anchor: anchor.at)
        return self.anchors[begin : min(begin + _MOST, bisect_left(self.anchors, last, key=lambda anchor: anchor.at))]

    def kind_of(self, element: Node) -> tuple[str, ...]:
        """Tell entries of one list by the tags around them and the classes of the list, not of the entry."""
        kind = [element.tag]
        for outer in islice(element.around(), 2):
            kind += [outer.tag, _NUMBER.sub("", outer.get("class"))[:60]]
        return tuple(kind)

    def lines_within(self, element: Node) -> tuple[Line, ...]:
        """Return the lines of an element, in order, as few."""
        first, last = self.begins[element.index], self.ends[element.index]
        begin = bisect_left(self.lines, first, key=lambda line: line.at)
        return self.lines[begin : min(begin + _MOST, bisect_left(self.lines, last, key=lambda line: line.at))]


def weight(text: str) -> int:
    """Measure a text in Latin characters: a Han character, kana or hangul says as much as two or more."""
    return len(text) if text.isascii() else len(text) + sum(map(len, _HAN.findall(text)))
