"""The walk that cuts a page's elements into lines, as a browser would break them: one, for words and dates alike."""

from __future__ import annotations

import re
from functools import lru_cache

from crawler.extract.cleaning import clean
from crawler.extract.lines import Anchor, Line, Lines, Region
from crawler.extract.nodes import Node
from crawler.extract.page import Page
from crawler.extract.place import NO_MARK
from crawler.extract.visible import LABEL_LIMIT

_SKIPPED, _INLINE, _BREAK, _ANCHOR, _CONTROL, _BLOCK = range(6)
_KINDS = {
    **dict.fromkeys(
        "head script style noscript template noframes noembed iframe object embed applet svg math canvas audio video"
        " title textarea".split(),
        _SKIPPED,
    ),
    **dict.fromkeys(
        "abbr acronym b bdi bdo big cite code del dfn em font i img ins kbd label mark q rp rt ruby s samp small span"
        " strike strong sub sup time tt u var wbr".split(),
        _INLINE,
    ),
    "br": _BREAK, "hr": _BREAK, "a": _ANCHOR, "select": _CONTROL, "button": _CONTROL,
}  # fmt: skip
_HIDDEN_STYLE = re.compile(r"display\s{0,9}:\s{0,9}none|visibility\s{0,9}:\s{0,9}hidden", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_DEEPEST = 16  # zones within zones; a page with more is broken


@lru_cache(maxsize=2)  # the pages at hand: the walk is the same for all facts
def lines_of(page: Page) -> Lines:
    """Walk the elements once and cut them into lines. Scripts, styles and templates are left out."""
    walk = _Walk(page)
    walk.run()
    return Lines(tuple(walk.read), tuple(walk.words), tuple(walk.anchors), tuple(walk.marked), tuple(walk.zones))


class _Walk:
    """One walk over a page's elements that cuts it into lines."""

    def __init__(self, page: Page) -> None:
        self.read: list[Line] = []
        self.words: list[Line] = []
        self.anchors: list[Anchor] = []
        self.marked: list[tuple[Node, int]] = []
        self.zones: list[tuple[Node, int]] = []
        self._page = page
        self._blocks: list[Node] = [page.nodes.root]
        self._region: Region | None = None
        self._entered: list[Node] = []  # the elements of the regions that we are in
        self._hidden: Node | None = None  # the outermost element around us that styles hide
        self._control: Node | None = None  # and the field or button
        self._preformatted = 0  # how many <pre> we are in
        self._anchor: Node | None = None  # the <a> that we are in, and its words
        self._said: list[str] = []
        self._beside_anchor = False  # nothing was said since an anchor closed
        self._gap = False  # a blank was met since the last piece
        self._pieces: list[tuple[str, Node]] = []  # of the present line, and what belongs to each
        self._inside: list[Node | None] = []
        self._unseen: list[int] = []
        self._ended: list[Anchor] = []

    def run(self) -> None:
        """Walk over all elements."""
        nodes = self._page.nodes.all
        opened: list[Node] = []
        at = 0
        while at < len(nodes):
            node = nodes[at]
            while opened and opened[-1].end <= at:
                self._close(opened.pop())
            kind = _KINDS.get(node.tag, _BLOCK)
            if kind == _SKIPPED:
                if node.tail:  # a script within a sentence does not break it
                    self._say(node.tail, node.parent or node)
                at = node.end
                continue
            self._open(node, kind)
            opened.append(node)
            at += 1
        while opened:
            self._close(opened.pop())
        self._break()

    def _open(self, node: Node, kind: int) -> None:
        if kind == _ANCHOR:
            self._end_anchor()
            self._gap = self._gap or self._beside_anchor  # styles keep menu entries apart where the markup does not
            self._anchor = node
        elif kind != _INLINE:
            self._break()
            if kind != _BREAK:
                self._enter(node, kind)
        attributes = node.attributes
        if attributes:
            if self._hidden is None and _is_hidden(attributes):
                self._hidden = node
            if "itemprop" in attributes or node.tag == "time":
                self.marked.append((node, len(self.read)))
        if node.text:
            self._say(node.text, node)

    def _enter(self, node: Node, kind: int) -> None:
        self._blocks.append(node)
        if node.mark is not NO_MARK:
            if node.mark.zone:
                depth = self._region.depth + 1 if self._region else 1
                if depth <= _DEEPEST:
                    self._region = Region(node.mark.zone, node.mark.is_named, self._region, depth)
                    self._entered.append(node)
            self.zones.append((node, len(self.read)))
        if node.tag == "pre":
            self._preformatted += 1
        elif kind == _CONTROL and self._control is None and not (node.tag == "button" and node.first("a")):
            self._control = node

    def _close(self, node: Node) -> None:
        kind = _KINDS.get(node.tag, _BLOCK)
        if kind == _ANCHOR:
            self._end_anchor()
            self._beside_anchor = True
        elif kind != _INLINE:
            self._break()
            if kind != _BREAK:
                self._leave(node)
        if node is self._hidden:
            self._hidden = None
        if node.tail:
            self._say(node.tail, node.parent or node)

    def _leave(self, node: Node) -> None:
        self._blocks.pop()
        if self._entered and self._entered[-1] is node and self._region:
            self._entered.pop()
            self._region = self._region.parent
        if node.tag == "pre":
            self._preformatted -= 1
        elif node is self._control:
            self._control = None

    def _say(self, text: str, node: Node) -> None:
        self._beside_anchor = False
        if self._preformatted and "\n" in text:
            for line in text.split("\n"):
                self._say(line, node)
                self._break()
            return
        if not text or text.isspace():
            self._gap = True
            return
        if self._gap and self._pieces:
            text = f" {text}"
        self._gap = False
        if self._hidden is not None:
            self._unseen.append(len(self._pieces))
        self._pieces.append((text, node))
        self._inside.append(self._anchor)
        if self._anchor is not None:
            self._said.append(text)

    def _end_anchor(self) -> None:
        if self._anchor is not None and "href" in self._anchor.attributes:
            words = clean(" ".join(self._said))
            if len(self._said) == 1:
                self._anchor.label = words[:LABEL_LIMIT]
            anchor = Anchor(self._anchor, words, self._page)
            self.anchors.append(anchor)
            self._ended.append(anchor)
        self._anchor, self._said = None, []

    def _break(self) -> None:
        pieces = self._pieces
        if pieces:
            self._end_line(pieces)
            self._pieces, self._inside, self._unseen = [], [], []
        if self._ended:
            self._ended = []
        self._gap = False

    def _end_line(self, pieces: list[tuple[str, Node]]) -> None:
        inside = self._inside
        if len(pieces) == 1:
            text = seen = clean(pieces[0][0])
            linked, links = (text, 1) if inside[0] else ("", 0)
        else:
            seen = clean("".join([words for words, _ in pieces]))
            text = clean(_spaced(pieces)) if _DIGIT.search(seen) else seen
            linked = clean(" ".join([words for (words, _), anchor in zip(pieces, inside, strict=True) if anchor]))
            links = len({anchor.index for anchor in inside if anchor})
        if not text:
            return
        if self._unseen:
            unseen = set(self._unseen)
            seen = clean("".join([words for at, (words, _) in enumerate(pieces) if at not in unseen]))
        line = Line(text, seen, self._blocks[-1], tuple(pieces), tuple(self._ended), linked, links, self._region)
        self.words.append(line)
        if self._control is None:
            self.read.append(line)


def _spaced(pieces: list[tuple[str, Node]]) -> str:
    """Join texts, with a blank between digits in elements of their own, "25" and "2015-11"."""
    parts: list[str] = []
    last = ""
    for text, _ in pieces:
        if (last.isdigit() or text[0].isdigit()) and (last + text[0]).isascii() and (last + text[0]).isalnum():
            parts.append(" ")
        parts.append(text)
        last = text[-1]
    return "".join(parts)


@lru_cache(maxsize=4096)
def _hides(style: str) -> bool:
    return _HIDDEN_STYLE.search(style[:500]) is not None


def _is_hidden(attributes: dict[str, str]) -> bool:
    if "hidden" in attributes or ("style" in attributes and _hides(attributes["style"])):
        return True
    return "ng-hide" in attributes.get("class", "") and "ng-hide" in attributes["class"].split()
