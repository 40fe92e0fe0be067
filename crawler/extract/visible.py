"""What a reader sees of an element: its words without scripts, and the label of a link or button."""

from __future__ import annotations

from collections.abc import Iterator

import lxml.html
from lxml import etree

from crawler.extract.text import clean

LABEL_LIMIT = 200  # characters of a link's label that are kept
_UNSEEN = frozenset({"script", "style", "noscript", "template", "noframes", "title", "textarea", "head"})
_INLINE = frozenset({"a", "b", "em", "font", "i", "label", "small", "span", "strong", "u"})


def visible_text(element: lxml.html.HtmlElement, limit: int) -> str:
    """Return the element's words, a line a block, scripts left out; reading stops after `limit` characters."""
    if len(element) == 0:
        return clean((element.text or "")[:limit])
    parts: list[str] = []
    total = 0
    for count, text in enumerate(_texts(element)):
        parts.append(text)
        total += len(text)
        if total >= limit or count >= 4 * limit:  # thousands of empty elements are no label
            break
    lines = (clean(line) for line in "".join(parts).split("\n"))
    return "\n".join(line for line in lines if line)[:limit]


def label_of(element: lxml.html.HtmlElement) -> str:
    """Return what a link or button is called: its text, else its title or aria-label, else its image's alt."""
    text = " ".join(visible_text(element, LABEL_LIMIT).split("\n"))
    return text or titles_of(element)


def titles_of(element: lxml.html.HtmlElement) -> str:
    """Return the first of title, aria-label, and alt or title of an image within; empty where there is none."""
    spoken = [element.get("title"), element.get("aria-label"), element.get("alt")]
    image = next(element.iter("img"), None)
    if image is not None:
        spoken += [image.get("alt"), image.get("title")]
    return next((label for label in (clean((raw or "")[:LABEL_LIMIT]) for raw in spoken) if label), "")


def _texts(element: lxml.html.HtmlElement) -> Iterator[str]:
    """Yield text in document order, line breaks where a browser would break (source line breaks are blanks)."""
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, node in walk:
        unseen = not isinstance(node.tag, str) or node.tag in _UNSEEN
        if event == "start":
            if unseen:
                walk.skip_subtree()
                continue
            if node.tag not in _INLINE:
                yield "\n"
            if node.text:
                yield " ".join(node.text.splitlines())
        else:
            if not unseen and node.tag not in _INLINE:
                yield "\n"
            if node.tail and node is not element:
                yield " ".join(node.tail.splitlines())
