"""A page's elements as plain records in the order of the document, made as the parser meets them.

No tree is built: asking one for each element's tag, text and attributes costs more than parsing the page.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import chain
from operator import attrgetter
from sys import intern
from types import SimpleNamespace

from lxml import etree

from crawler.extract.facts import Place
from crawler.extract.place import NO_MARK, UNMARKED, ZONE_TAGS, Mark, mark_of

MOST_NODES = 30_000
"""Elements of one page that are read: a page with more is a trap or a dump."""
MOST_AROUND = 400
"""Elements around one that are looked at: a page with more within each other is broken."""
_NO_ATTRIBUTES: dict[str, str] = {}  # lxml's own empty mapping is slow to ask
_EMPTY = "<html><body></body></html>"


class Node:
    """An element: its tag in lower case, its attributes, the text before its first child and after its own end.

    `end` is the index after the last element within; `mark` what tag, role, id and classes make of it.
    """

    __slots__ = ("_all", "attributes", "end", "index", "label", "mark", "parent", "place", "tag", "tail", "text")

    def __init__(self, tag: str, attributes: dict[str, str], parent: Node | None, every: list[Node]) -> None:
        self._all = every
        self.attributes = attributes
        self.end = self.index = len(every)
        self.label: str | None = None  # what a reader sees of it, once it was asked for: see `visible`
        self.mark = NO_MARK
        self.parent = parent
        self.place: Place | None = None  # once it was asked for: see `place`
        self.tag = tag
        self.tail: str | None = None
        self.text: str | None = None

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
    """All elements of a page in the order of the document; `is_cut` says that the page has more.

    What cannot be parsed is an empty document.
    """

    def __init__(self, text: str) -> None:
        build = _Build()
        self.is_cut = build.parse(text)
        if not build.every:
            build.parse(_EMPTY)
        self.all = build.every
        self._by_tag = build.by_tag

    @property
    def root(self) -> Node:
        """The page's outermost element."""
        return self.all[0]

    @cached_property
    def hrefs(self) -> str:
        """The addresses of all links as written, a line each: what none of them says needs no look at each."""
        return "\n".join([node.attributes["href"] for node in self.of("a", "area") if "href" in node.attributes])

    def of(self, *tags: str) -> list[Node]:
        """Return the elements with one of these tags, in the order of the document."""
        found = [self._by_tag[tag] for tag in tags if tag in self._by_tag]
        if len(found) < 2:
            return found[0] if found else []
        return sorted(chain.from_iterable(found), key=attrgetter("index"))


def outermost(nodes: Iterable[Node]) -> list[Node]:
    """Return the elements that are within no other of them, in the order of the document, each once."""
    found: list[Node] = []
    for node in sorted(nodes, key=attrgetter("index")):
        if not found or node.index >= found[-1].end:
            found.append(node)
    return found


class _Full(Exception):
    """There are more elements than are read."""


class _Build:
    """Makes the records as lxml meets elements and texts."""

    def __init__(self) -> None:
        self.every: list[Node] = []
        self.by_tag: defaultdict[str, list[Node]] = defaultdict(list)

    def parse(self, text: str) -> bool:
        """Read decoded text, comments dropped, and tell whether there are more elements than are read.

        From bytes, libxml2 cuts or empties a page that declares gb2312 and holds a GBK-only character.
        """
        opened: list[Node] = []
        parser = etree.HTMLParser(
            encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True, target=self._target(opened)
        )
        is_cut = False
        try:
            etree.fromstring(text.encode("utf-8", "replace"), parser)
        except _Full:
            is_cut = True
        except (etree.ParserError, etree.XMLSyntaxError, ValueError):
            pass  # what came before is read
        for node in (*self.every[:1], *opened):
            node.end = len(self.every)
        return is_cut

    def _target(self, opened: list[Node]) -> SimpleNamespace:
        """Return what the parser calls: functions with their own variables, for methods take longer."""
        every, by_tag = self.every, self.by_tag
        closed: Node | None = None  # the last child of the innermost open element, where it has one
        said: list[str] = []  # since an element was met: the parser gives a text in pieces

        def note_text() -> None:
            text = said[0] if len(said) == 1 else "".join(said)
            said.clear()
            if opened and closed is None:
                opened[-1].text = text
            elif opened and closed is not None:  # what follows the document is nothing but blanks
                closed.tail = text

        def start(tag: str, attributes: dict[str, str]) -> None:
            nonlocal closed
            if said:
                note_text()
            if not opened and every:
                closed = self._reopen(opened)
                return
            if len(every) >= MOST_NODES:
                raise _Full
            tag = intern(tag)
            node = Node(tag, attributes or _NO_ATTRIBUTES, opened[-1] if opened else None, every)
            every.append(node)
            opened.append(node)
            by_tag[tag].append(node)
            closed = None
            if tag not in UNMARKED:
                node.mark = _mark(tag, attributes)

        def end(_: str) -> None:
            nonlocal closed
            if said:
                note_text()
            if opened:
                closed = opened.pop()
                closed.end = len(every)

        return SimpleNamespace(start=start, end=end, data=said.append, close=lambda: None)

    def _reopen(self, opened: list[Node]) -> Node | None:
        """Go on in the body after an early </html> (an included header closed it), as browsers do.

        The parser opens another <html>, which is left out. Returns the last child that the body has.
        """
        home = self.by_tag["body"][0] if self.by_tag["body"] else self.every[0]
        opened.append(home)
        return next((node for node in reversed(self.every) if node.parent is home), None)


def _mark(tag: str, attributes: dict[str, str]) -> Mark:
    if attributes and ("class" in attributes or "id" in attributes or "role" in attributes):
        get = attributes.get
        return mark_of(tag, get("role", ""), get("id", ""), get("class", ""))
    return mark_of(tag) if tag in ZONE_TAGS else NO_MARK
