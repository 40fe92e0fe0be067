"""A page's elements cut into lines as a browser would break them, each with the zone it stands in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from crawler.extract.nodes import Node, Nodes
from crawler.extract.place import Zone

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
_SYLLABLES = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af\U00020000-\U0003ffff]+")
_WORDS = re.compile(r"[^\W\d_\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af\U00020000-\U0003ffff]+")
_ONLY_LETTERS = {code: " " for code in range(128) if not chr(code).isalpha()}
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


@dataclass(slots=True)
class Line:
    """A line as a browser would break it: its text, the units of it outside and inside links, the zone it is in."""

    text: str
    prose: float
    linked: float
    links: int
    region: Region | None


def lines_of(nodes: Nodes, *, with_hidden: bool = False) -> list[Line]:
    """Walk the elements once and return the lines that hold text, in the order of the document.

    What styles or attributes hide is left out unless `with_hidden`; scripts, styles and templates always are.
    """
    return _Walk(nodes, with_hidden).lines()


def clean(text: str) -> str:
    """Drop control, zero-width and bidi characters and make every run of blanks one blank."""
    plain = " ".join(text.split())
    return plain if is_clean(plain) else " ".join(_INVISIBLE.sub("", text).split())


def is_clean(text: str) -> bool:
    """Tell whether text that holds no blanks but single ones has nothing that `clean` would drop."""
    return text.isprintable() and "\ufffd" not in text and "\ufffc" not in text


def _units(text: str) -> float:
    """Measure text in Han characters: a kana, hangul or Han character is 1, a word of another script 1.5."""
    if text.isascii():
        return 1.5 * len(text.translate(_ONLY_LETTERS).split())
    return sum(map(len, _SYLLABLES.findall(text))) + 1.5 * len(_WORDS.findall(text))


class _Walk:
    """One walk over a page's elements that cuts it into lines."""

    def __init__(self, nodes: Nodes, with_hidden: bool) -> None:
        self._nodes = nodes.all
        self._with_hidden = with_hidden
        self._done: list[Line] = []
        self._region: Region | None = None
        self._entered: list[Node] = []  # the elements of the regions that we are in
        self._parts: list[str] = []
        self._linked: list[str] = []
        self._links = 0
        self._anchor: Node | None = None
        self._preformatted = 0  # how many <pre> we are in
        self._counted = False  # whether this line counts the present anchor
        self._beside_anchor = False  # nothing was said since an anchor closed

    def lines(self) -> list[Line]:
        """Return the lines that hold text, in the order of the document."""
        opened: list[Node] = []
        at = 0
        while at < len(self._nodes):
            node = self._nodes[at]
            while opened and opened[-1].end <= at:
                self._close(opened.pop())
            if node.tag in _SKIPPED:
                self._say(node.tail)  # a script within a sentence does not break it
                at = node.end
            elif not self._with_hidden and node.attributes and _is_hidden(node):
                if node.tag not in _INLINE:
                    self._break()
                self._say(node.tail)
                at = node.end
            else:
                self._open(node)
                opened.append(node)
                at += 1
        while opened:
            self._close(opened.pop())
        self._break()
        return self._done

    def _open(self, node: Node) -> None:
        tag = node.tag
        if tag not in _INLINE:
            self._break()
            if node.zone:
                self._enter(node, node.zone)
            self._preformatted += tag == "pre"
        elif tag == "a":
            if self._beside_anchor:
                self._say(" ")  # styles keep menu entries apart where the markup does not
            self._anchor, self._counted = node, False
        if node.text:
            self._say(node.text)

    def _close(self, node: Node) -> None:
        tag = node.tag
        if tag not in _INLINE:
            self._break()
            if self._entered and self._entered[-1] is node and self._region:
                self._entered.pop()
                self._region = self._region.parent
            self._preformatted -= tag == "pre"
        elif node is self._anchor:
            self._anchor, self._beside_anchor = None, True
        if node.tail:
            self._say(node.tail)

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
            linked = _units(" ".join(self._linked)) if self._linked else 0.0
            self._done.append(Line(text, max(0.0, _units(text) - linked), linked, self._links, self._region))
        self._parts, self._linked, self._links = [], [], 0

    def _enter(self, node: Node, zone: Zone) -> None:
        depth = self._region.depth + 1 if self._region else 1
        if depth <= _DEEPEST:
            self._region = Region(zone, node.is_named, self._region, depth)
            self._entered.append(node)


def _is_hidden(node: Node) -> bool:
    attributes = node.attributes
    if "hidden" in attributes or ("style" in attributes and _HIDDEN_STYLE.search(attributes["style"][:500])):
        return True
    return "ng-hide" in attributes.get("class", "") and "ng-hide" in attributes["class"].split()
