"""The lines of a page, with their links and the zones that they stand in: see `line_walk`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from crawler.extract.cleaning import clean
from crawler.extract.date_formats import FoundDate
from crawler.extract.links import followable
from crawler.extract.nodes import Node
from crawler.extract.page import Page
from crawler.extract.place import Zone

Area = Literal["body", "nav", "aside", "footer"]


@dataclass(eq=False, slots=True)
class Region:
    """A zone met on the walk and the region around it. A `named` zone rests on an id or a class alone."""

    zone: Zone
    named: bool
    parent: Region | None
    depth: int

    def outwards(self) -> Iterator[Region]:
        """Yield this region and those around it, the innermost first."""
        region: Region | None = self
        while region is not None:
            yield region
            region = region.parent


@dataclass(eq=False)
class Anchor:
    """A link: its element and its words."""

    element: Node
    text: str
    page: Page

    @cached_property
    def url(self) -> str:
        """The absolute address without fragment, as `links` has it; empty where the link leads to no web page."""
        return followable(self.page, self.element.attributes.get("href")) or ""


@dataclass(eq=False, slots=True)
class Line:
    """A line of a page, blanks normalised.

    `seen` is what a reader sees of it, empty where styles hide it. `text` holds what is hidden too, and a blank between
    digits that only their elements set apart: what dates are read from.
    """

    text: str
    seen: str
    element: Node  # the block that holds it
    pieces: tuple[tuple[str, Node], ...]  # its texts, each with the element that holds it
    anchors: tuple[Anchor, ...]  # that end in it
    linked: str  # the words inside links
    links: int  # whose words stand in it
    region: Region | None
    index: int = 0
    has_digit: bool = False
    weight: int = 0
    prose: int = 0
    area: Area = "body"
    dates: list[FoundDate] = field(default_factory=list)

    def element_at(self, position: int) -> Node:
        """Return the innermost element whose text stands at a position of `text`."""
        found, at = self.pieces[0][1], 0
        for raw, node in self.pieces:
            words = clean(raw)
            start = self.text.find(words, at) if words else -1
            if start > position:
                break
            if start >= 0:
                found, at = node, start + len(words)
        return found


@dataclass(frozen=True)
class Lines:
    """What one walk over a page finds, in the order of the page.

    `read` are the lines that dates are read from; `words` those that a reader meets, fields and buttons too. `marked`
    are elements that bear a date for machines, `zones` those that are called an aside, a menu or a footer, each with
    the number of `read` lines before it.
    """

    read: tuple[Line, ...]
    words: tuple[Line, ...]
    anchors: tuple[Anchor, ...]
    marked: tuple[tuple[Node, int], ...]
    zones: tuple[tuple[Node, int], ...]

    @cached_property
    def text(self) -> str:
        """All lines that dates are read from, as one text: what it does not say needs no look at each."""
        return "\n".join([line.text for line in self.read])
