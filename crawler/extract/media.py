"""What a page is made of beside its prose: headings, images with what is said for them, feeds, words of code."""

from __future__ import annotations

import re

from crawler.extract.cleaning import clean
from crawler.extract.facts import Feed, Heading, Image
from crawler.extract.links import followable
from crawler.extract.page import Page
from crawler.extract.place import place_of
from crawler.extract.visible import visible_text, words_of

MOST_IMAGES = 500  # of one page
_MOST_HEADINGS = 300
_MOST_FEEDS = 50
_ALT = 200  # characters
_CODE = ("code", "pre", "kbd", "samp", "tt", "var")
_MOST_CODE = 300  # elements
_CODE_LIMIT = 5000  # characters of one
_MOST_WORDS = 2000
_WORD = re.compile(r"[^\W\d_]{4,30}")
_FEEDS = {
    "application/rss+xml": "rss",
    "application/atom+xml": "atom",
    "application/feed+json": "json",
}


def images(page: Page) -> tuple[Image, ...]:
    """Return the page's images in its order; `alt` is None where the attribute is missing, empty where it is empty.

    An image that a script loads late is known by its `data-src`. Images of one pixel, which count visits, are left out.
    """
    found: list[Image] = []
    for node in page.nodes.of("img")[: 2 * MOST_IMAGES]:
        source = node.get("data-src") or node.get("data-original") or node.get("src")
        url = followable(page, source) if source else None
        if url is None or {node.get("width"), node.get("height")} & {"0", "1"}:
            continue
        alt = clean(node.attributes["alt"][:_ALT]) if "alt" in node.attributes else None
        found.append(Image(url, alt, place_of(node)))
        if len(found) >= MOST_IMAGES:
            break
    return tuple(found)


def headings(page: Page) -> tuple[Heading, ...]:
    """Return the headings h1 to h6 that hold words, in the order of the page."""
    nodes = page.nodes.of("h1", "h2", "h3", "h4", "h5", "h6")[:_MOST_HEADINGS]
    return tuple(Heading(int(node.tag[1]), words) for node in nodes if (words := words_of(node)))


def feeds(page: Page) -> tuple[Feed, ...]:
    """Return the feeds that the page declares, each address once."""
    found: dict[str, Feed] = {}
    for node in page.nodes.of("link"):
        kind = _FEEDS.get(node.get("type").strip().lower())
        url = followable(page, node.attributes.get("href")) if kind else None
        if kind and url and "alternate" in node.get("rel").lower().split():
            found.setdefault(url, Feed(kind, url, clean(node.get("title")[:_ALT])))
            if len(found) >= _MOST_FEEDS:
                break
    return tuple(found.values())


def code_words(page: Page) -> tuple[str, ...]:
    """Return the words, of four letters or more and in lower case, that the page shows as code, sorted."""
    texts = (visible_text(node, _CODE_LIMIT) for node in page.nodes.of(*_CODE)[:_MOST_CODE])
    return tuple(sorted({word.lower() for text in texts for word in _WORD.findall(text)})[:_MOST_WORDS])
