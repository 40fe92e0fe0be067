"""A page's tree cut into lines as a browser would break them, each with the zone it stands in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import lxml.html
from lxml import etree

from crawler.extract.place import Zone, marked_zone, named_zone

_SKIPPED = frozenset({
    "head", "script", "style", "noscript", "template", "noframes", "noembed", "iframe", "object", "embed", "applet",
    "svg", "math", "canvas", "audio", "video", "title", "textarea",
})  # fmt: skip
_INLINE = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "del", "dfn", "em", "font", "i", "img", "ins",
    "kbd", "label", "mark", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup",
    "time", "tt", "u", "var", "wbr",
})  # fmt: skip
_HIDDEN_STYLE = re.compile(r"display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden", re.IGNORECASE)
# Control characters, soft hyphen, zero-width characters, bidi marks, embeddings, overrides and isolates, BOM.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\uffff]"
)
_SYLLABLES = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af\U00020000-\U0003ffff]")
_WORDS = re.compile(r"[^\W\d_\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af\U00020000-\U0003ffff]+")
_DEEPEST = 16  # zones within zones; a page with more is broken


@dataclass(eq=False)
class Region:
    """A zone met on the walk and the region around it. A `named` zone rests on an id or a class alone."""

    zone: Zone
    named: bool
    parent: Region | None
    depth: int
    prose: float = 0.0  # units outside links, regions within included
    total: float = 0.0

    def outwards(self) -> Iterator[Region]:
        """Yield this region and those around it, the innermost first."""
        region: Region | None = self
        while region is not None:
            yield region
            region = region.parent


@dataclass(frozen=True)
class Line:
    """A line as a browser would break it: its text, the units of it outside and inside links, the zone it is in."""

    text: str
    prose: float
    linked: float
    links: int
    region: Region | None


def lines_of(tree: lxml.html.HtmlElement, *, with_hidden: bool = False) -> list[Line]:
    """Walk the tree once, without changing it, and return the lines that hold text, in the order of the document.

    What styles or attributes hide is left out unless `with_hidden`; scripts, styles and templates always are.
    """
    return _Walk(tree, with_hidden).lines()


def clean(text: str) -> str:
    """Drop control, zero-width and bidi characters and make every run of blanks one blank."""
    return " ".join(_INVISIBLE.sub("", text).split())


def _units(text: str) -> float:
    """Measure text in Han characters: a kana, hangul or Han character is 1, a word of another script 1.5."""
    return len(_SYLLABLES.findall(text)) + 1.5 * len(_WORDS.findall(text))


class _Walk:
    """One walk over a tree that cuts it into lines."""

    def __init__(self, tree: lxml.html.HtmlElement, with_hidden: bool) -> None:
        self._tree = tree
        self._with_hidden = with_hidden
        self._done: list[Line] = []
        self._region: Region | None = None
        self._entered: list[lxml.html.HtmlElement] = []  # the elements of the regions that we are in
        self._parts: list[str] = []
        self._linked: list[str] = []
        self._links = 0
        self._anchor: lxml.html.HtmlElement | None = None
        self._preformatted = 0  # how many <pre> we are in
        self._counted = False  # whether this line counts the present anchor
        self._beside_anchor = False  # nothing was said since an anchor closed

    def lines(self) -> list[Line]:
        """Return the lines that hold text, in the order of the document."""
        walk = etree.iterwalk(self._tree, events=("start", "end"))
        for event, element in walk:
            if event == "start":
                if self._is_skipped(element):
                    walk.skip_subtree()
                else:
                    self._open(element)
            else:
                self._close(element)
        self._break()
        return self._done

    def _is_skipped(self, element: lxml.html.HtmlElement) -> bool:
        tag = element.tag
        return not isinstance(tag, str) or tag in _SKIPPED or (not self._with_hidden and _is_hidden(element))

    def _open(self, element: lxml.html.HtmlElement) -> None:
        if element.tag not in _INLINE:
            self._break()
            self._enter(element)
            self._preformatted += element.tag == "pre"
        elif element.tag == "a":
            if self._beside_anchor:
                self._say(" ")  # styles keep menu entries apart where the markup does not
            self._anchor, self._counted = element, False
        self._say(element.text)

    def _close(self, element: lxml.html.HtmlElement) -> None:
        if not isinstance(element.tag, str) or element.tag in _SKIPPED:
            pass  # a script within a sentence does not break it
        elif element.tag not in _INLINE:
            self._break()
            self._leave(element)
            self._preformatted -= element.tag == "pre"
        elif element is self._anchor:
            self._anchor, self._beside_anchor = None, True
        self._say(element.tail)

    def _say(self, text: str | None) -> None:
        if not text:
            return
        if self._preformatted and "\n" in text:
            for line in text.split("\n"):
                self._say(line)
                self._break()
            return
        self._parts.append(text)
        self._beside_anchor = False
        if self._anchor is not None and not text.isspace():
            self._linked.append(text)
            self._links += not self._counted
            self._counted = True

    def _break(self) -> None:
        self._counted = False
        if not self._parts:
            return
        text = clean("".join(self._parts))
        if text:
            linked = _units(" ".join(self._linked))
            self._done.append(Line(text, max(0.0, _units(text) - linked), linked, self._links, self._region))
        self._parts, self._linked, self._links = [], [], 0

    def _enter(self, element: lxml.html.HtmlElement) -> None:
        depth = self._region.depth + 1 if self._region else 1
        marked = marked_zone(element)
        zone = marked or named_zone(element)
        if zone and depth <= _DEEPEST:
            self._region = Region(zone, marked is None, self._region, depth)
            self._entered.append(element)

    def _leave(self, element: lxml.html.HtmlElement) -> None:
        if self._entered and self._entered[-1] is element and self._region:
            self._entered.pop()
            self._region = self._region.parent


def _is_hidden(element: lxml.html.HtmlElement) -> bool:
    style = element.get("style")
    if element.get("hidden") is not None or (style and _HIDDEN_STYLE.search(style[:500])):
        return True
    return "ng-hide" in (element.get("class") or "").split()
