"""A page's elements as plain records in the order of the document: made once, walked by every reader.

Asking the parser's tree costs more than the answer: a record keeps tag, attributes, text and where its subtree ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from operator import attrgetter

from lxml import etree

from crawler.extract.place import ZONE_TAGS, Zone, zone_of

MOST_NODES = 30_000
"""Elements of one page that are read: a page with more is a trap or a dump."""
MOST_AROUND = 400
"""Elements around one that are looked at: a page with more within each other is broken."""
_NO_ATTRIBUTES: dict[str, str] = {}


class Node:
    """An element: its tag in lower case, its attributes, the text before its first child and after its own end.

    `end` is the index after the last element within; `zone` is what tag or role mark, or what id or classes name
    (`is_named`).
    """

    __slots__ = (
        "_all", "attributes", "element", "end", "index", "is_named", "label", "parent", "tag", "tail", "text", "zone",
    )  # fmt: skip

    def __init__(self, index: int, element: etree._Element, parent: Node | None, every: list[Node]) -> None:
        self._all = every
        self.element = element
        self.end = 0
        self.index = index
        self.is_named = False
        self.label: str | None = None  # what a reader sees of it, once it was asked for: see `visible`
        self.parent = parent
        self.tag: str = element.tag
        self.tail: str | None = element.tail
        self.text: str | None = element.text
        self.zone: Zone | None = None
        items = element.items()
        if items:
            self.attributes: dict[str, str] = dict(items)  # type: ignore[arg-type]
            get = self.attributes.get
            identity, classes, role = get("id", ""), get("class", ""), get("role", "")
            if identity or classes or role:
                self.zone, self.is_named = zone_of(self.tag, role, identity, classes)
                return
        else:
            self.attributes = _NO_ATTRIBUTES
        if self.tag in ZONE_TAGS:
            self.zone, self.is_named = zone_of(self.tag, "", "", "")

    def get(self, name: str) -> str:
        """Return an attribute's value, empty where there is none."""
        return self.attributes.get(name, "")

    def around(self) -> Iterator[Node]:
        """Yield the elements around this one, the nearest first."""
        node = self.parent
        for _ in range(MOST_AROUND):
            if node is None:
                return
            yield node
            node = node.parent

    def within(self) -> list[Node]:
        """Return this element and all within it, in the order of the document."""
        return self._all[self.index : self.end]

    def first(self, tag: str) -> Node | None:
        """Return this element or the first within that has the tag, or None."""
        for index in range(self.index, self.end):
            if self._all[index].tag == tag:
                return self._all[index]
        return None


class Nodes:
    """All elements of a page in the order of the document; `is_cut` says that the page has more."""

    def __init__(self, root: etree._Element) -> None:
        every: list[Node] = []
        by_tag: dict[str, list[Node]] = {}
        known: dict[etree._Element, Node] = {}
        walk = root.iter(etree.Element)
        for index, element in enumerate(islice(walk, MOST_NODES)):
            node = known[element] = Node(index, element, known.get(element.getparent()), every)  # type: ignore[arg-type]
            every.append(node)
            by_tag.setdefault(node.tag, []).append(node)
        for node in reversed(every):
            node.end = node.end or node.index + 1
            if node.parent is not None and node.parent.end < node.end:
                node.parent.end = node.end
        self.all = every
        self.is_cut = next(walk, None) is not None
        self._by_tag = by_tag

    @property
    def root(self) -> Node:
        """The page's outermost element."""
        return self.all[0]

    def of(self, *tags: str) -> list[Node]:
        """Return the elements with one of these tags, in the order of the document."""
        if len(tags) == 1:
            return self._by_tag.get(tags[0], [])
        return sorted((node for tag in tags for node in self._by_tag.get(tag, ())), key=attrgetter("index"))


def outermost(nodes: Iterable[Node]) -> list[Node]:
    """Return the elements that are within no other of them, in the order of the document, each once."""
    found: list[Node] = []
    for node in sorted(nodes, key=attrgetter("index")):
        if not found or node.index >= found[-1].end:
            found.append(node)
    return found
