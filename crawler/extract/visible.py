"""What a reader sees of an element: its words without scripts, and the label of a link or button."""

from __future__ import annotations

from collections.abc import Iterator

from crawler.extract.cleaning import clean
from crawler.extract.nodes import Node

LABEL_LIMIT = 200  # characters of a link's label that are kept
_UNSEEN = frozenset({"script", "style", "noscript", "template", "noframes", "title", "textarea", "head"})
_INLINE = frozenset({"a", "b", "em", "font", "i", "label", "small", "span", "strong", "u"})


def visible_text(node: Node, limit: int) -> str:
    """Return the element's words, a line a block, scripts left out; reading stops after `limit` characters."""
    if node.end == node.index + 1:
        return clean((node.text or "")[:limit])
    parts: list[str] = []
    total = 0
    for count, text in enumerate(_texts(node)):
        parts.append(text)
        total += len(text)
        if total >= limit or count >= 4 * limit:  # thousands of empty elements are no label
            break
    lines = (clean(line) for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line)[:limit]


def words_of(node: Node) -> str:
    """Return what a reader sees of a link, button or entry on one line, at most 200 characters."""
    if node.label is None:
        node.label = visible_text(node, LABEL_LIMIT).replace("\n", " ")
    return node.label


def label_of(node: Node) -> str:
    """Return what a link or button is called: its text, else its title or aria-label, else its image's alt."""
    return words_of(node) or titles_of(node)


def titles_of(node: Node) -> str:
    """Return the first of title, aria-label, and alt or title of an image within; empty where there is none."""
    spoken = [node.get("title"), node.get("aria-label"), node.get("alt")]
    image = node.first("img")
    if image is not None:
        spoken += [image.get("alt"), image.get("title")]
    return next((label for label in (clean(raw[:LABEL_LIMIT]) for raw in spoken if raw) if label), "")


def _texts(node: Node) -> Iterator[str]:
    """Yield text in document order, line breaks where a browser would break (source line breaks are blanks)."""
    inside = node.within()
    opened: list[Node] = []
    skipped_to = 0
    for inner in inside:
        while opened and opened[-1].end <= inner.index:
            yield from _closing(opened.pop(), node)
        if inner.index < skipped_to:
            continue
        if inner.tag in _UNSEEN:
            skipped_to = inner.end
            if inner.tail and inner is not node:
                yield inner.tail.replace("\n", " ")
            continue
        opened.append(inner)
        if inner.tag not in _INLINE:
            yield "\n"
        if inner.text:
            yield inner.text.replace("\n", " ")
    while opened:
        yield from _closing(opened.pop(), node)


def _closing(inner: Node, outermost: Node) -> Iterator[str]:
    if inner.tag not in _INLINE:
        yield "\n"
    if inner.tail and inner is not outermost:
        yield inner.tail.replace("\n", " ")
