"""The lines of a page with their dates, and what of them belongs together."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from itertools import islice

from crawler.extract.date_formats import Order
from crawler.extract.lines import Anchor, Area, Line
from crawler.extract.nodes import Node

_MOST = 60  # lines or links of an element that are looked at: an entry of a list has fewer
PROSE = 90
"""Weight of a line outside links from which it is a paragraph of an article and no heading, label or entry."""
_NUMBER = re.compile(r"\d+")
_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")


@dataclass(frozen=True)
class Stamp:
    """A <time datetime> or an itemprop date: the machine-readable value and the line it stands at."""

    element: Node
    value: str
    line: int
    area: Area


@dataclass(frozen=True)
class Layout:
    """The lines of a page, its anchors in order, and its stamps."""

    lines: tuple[Line, ...]
    anchors: tuple[Anchor, ...]
    stamps: tuple[Stamp, ...]
    order: Order | None
    written: Order | None  # the order that slashed dates of the page show by themselves
    language: str | None

    def anchors_within(self, element: Node) -> tuple[Anchor, ...]:
        """Return the links of an element, in order, no more than are needed to see that it is no single entry."""
        begin = bisect_left(self.anchors, element.index, key=_index)
        return self.anchors[begin : min(begin + _MOST, bisect_left(self.anchors, element.end, key=_index))]

    def kind_of(self, element: Node) -> tuple[str, ...]:
        """Tell entries of one list by the tags around them and the classes of the list, not of the entry."""
        kind = [element.tag]
        for outer in islice(element.around(), 2):
            kind += [outer.tag, _NUMBER.sub("", outer.get("class"))[:60]]
        return tuple(kind)

    def lines_within(self, element: Node, line: Line) -> tuple[Line, ...]:
        """Return the lines of an element, in order, as few; `line` is its first or one after it."""
        first = last = line.index
        while first and _holds(element, self.lines[first - 1]):
            first -= 1
        while last < min(first + _MOST, len(self.lines)) and _holds(element, self.lines[last]):
            last += 1
        return self.lines[first:last]


def _holds(element: Node, line: Line) -> bool:
    return element.index <= line.element.index < element.end


def _index(anchor: Anchor) -> int:
    return anchor.element.index


def weight(text: str) -> int:
    """Measure a text in Latin characters: a Han character, kana or hangul says as much as two or more."""
    return len(text) if text.isascii() else len(text) + sum(map(len, _HAN.findall(text)))
