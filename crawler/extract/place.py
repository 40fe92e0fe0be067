"""Where on a page an element stands: navigation, body or footer, told by tags, roles, ids and classes.

Few Chinese government pages use <nav> or <footer>, so names count: `header`, `menu`, `crumb`, `weizhi` (position),
`daohang` (navigation), `dibu` (bottom), `yqlj` (friendly links). A name is read word by word, never as a
substring: `contents` is no `nt`, `article-header` is a heading of an article and no page header.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice
from typing import Literal

import lxml.html

from crawler.extract.facts import Place

Zone = Literal["header", "nav", "footer", "main", "article"]

_TAGS: dict[str, Zone] = {
    "nav": "nav", "aside": "nav", "menu": "nav", "header": "header", "footer": "footer", "main": "main",
    "article": "article",
}  # fmt: skip
_ROLES: dict[str, Zone] = {
    "navigation": "nav", "menu": "nav", "menubar": "nav", "complementary": "nav", "search": "nav", "banner": "header",
    "contentinfo": "footer", "main": "main", "article": "article",
}  # fmt: skip

_NAV_WORDS = frozenset({
    "nav", "navs", "navi", "navbar", "navigation", "navigator", "menu", "menus", "submenu", "mainmenu",
    "topmenu", "leftmenu", "topnav", "mainnav", "subnav", "sidenav", "leftnav", "breadcrumb", "breadcrumbs",
    "crumb", "crumbs", "sidebar", "sitemap", "topbar", "langbar", "langbox", "weizhi", "dqwz", "daohang",
    "pagenav", "pager", "pagination", "searchbox",
})  # fmt: skip
_FOOTER_WORDS = frozenset({
    "footer", "footers", "foot", "copyright", "copyrights", "newfooter", "footbox", "friendlink", "friendlinks",
    "friendlylink", "yqlj", "youqing", "dibu", "yejiao", "colophon",
})  # fmt: skip
_HEADER_WORDS = frozenset({
    "header", "head", "masthead", "toubu", "topbox",
})  # fmt: skip
# Words that name a zone only when they are the whole name: `top` is a page's head, `top-news` is not, and
# `language-java` or `code-toolbar` is a listing.
_WHOLE: dict[str, Zone] = {
    "top": "header", "tops": "header", "topper": "header", "bottom": "footer", "copy": "footer", "links": "footer",
    "side": "nav", "location": "nav", "position": "nav", "path": "nav", "tools": "nav", "search": "nav",
    "share": "nav", "toolbar": "nav", "lang": "nav", "language": "nav", "languages": "nav", "logo": "header",
}  # fmt: skip
# Beside a zone's word these say that the name is about a piece of content, or about a page that has such a zone.
_CONTENT_WORDS = frozenset({
    "article", "post", "entry", "content", "contents", "detail", "details", "news", "card", "panel", "item",
    "list", "table", "title", "modal", "rules", "section", "block", "box", "text", "txt", "info",
})  # fmt: skip
_STATE_WORDS = frozenset({
    "has", "with", "no", "without", "is", "not", "open", "closed", "fixed", "layout", "page", "body", "wrap",
    "on", "show", "hide",
})  # fmt: skip
_FARTHEST = 150  # ancestors that are looked at; a tree that is deeper is broken
_INNERMOST = 16  # zones around an element that count; a page with more within each other is broken
_LONGEST = 6  # words; a longer name is generated, not spoken
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


@lru_cache(maxsize=8192)
def _zone_of_name(name: str) -> Zone | None:
    """Tell the zone that one id or class name speaks of, or None."""
    words = [word.lower() for word in _WORD.findall(name[:80])]
    if name.lower() in _WHOLE:
        return _WHOLE[name.lower()]
    if not words or len(words) > _LONGEST or words[0] in _STATE_WORDS:
        return None
    if not _CONTENT_WORDS.isdisjoint(words[1:]) or words[0] in _CONTENT_WORDS:
        return _zone_of_word(words[0])  # `footer-box` is about the footer, `article-footer` about the article
    return next((zone for zone in map(_zone_of_word, words) if zone), None)


def _zone_of_word(word: str) -> Zone | None:
    if word in _FOOTER_WORDS:
        return "footer"
    if word in _NAV_WORDS:
        return "nav"
    return "header" if word in _HEADER_WORDS else None


def named_zone(element: lxml.html.HtmlElement) -> Zone | None:
    """Return the zone that the element's id or classes speak of, or None; html, body and form never have one."""
    if element.tag in ("html", "body", "form", "a", "main", "article"):
        return None
    names = (element.get("id") or "").split() + (element.get("class") or "").split()
    zones = {zone for zone in map(_zone_of_name, names[:12]) if zone}
    return next((zone for zone in ("footer", "nav", "header") if zone in zones), None)


def marked_zone(element: lxml.html.HtmlElement) -> Zone | None:
    """Return the zone that the element's tag or role declares, or None."""
    role = (element.get("role") or "").strip().lower()
    return _ROLES.get(role) or (_TAGS.get(element.tag) if isinstance(element.tag, str) else None)


def place_among(zones: list[Zone]) -> Place:
    """Tell the place from the zones around something, the nearest first.

    A header within main or an article is that content's own heading, a footer within an article its own
    closing line; a menu is a menu wherever it stands, and within a footer it is footer.
    """
    place: Place = "body"
    for zone in zones:
        if zone == "footer":
            place = "footer"
        elif zone == "nav":
            place = "footer" if place == "footer" else "nav"
        elif zone == "header" and place == "body":
            place = "nav"
        elif zone in ("main", "article"):
            place = _within_content(zones, zone)
            break
    return place


class Places:
    """Tells where many elements of one page stand; what lies around several of them is read once.

    Looks at the sixteen innermost zones around an element. Never raises.
    """

    def __init__(self) -> None:
        self._zones: dict[lxml.html.HtmlElement, tuple[Zone, ...]] = {}

    def of(self, element: lxml.html.HtmlElement) -> Place:
        """Tell whether an element stands in the navigation, the body or the footer, as `place_of` does."""
        unread: list[lxml.html.HtmlElement] = []
        node: lxml.html.HtmlElement | None = element
        while node is not None and node not in self._zones:
            unread.append(node)
            node = node.getparent()
        zones = self._zones[node] if node is not None else ()
        for inner in reversed(unread):
            zone = marked_zone(inner) or named_zone(inner)
            zones = (zone, *zones)[:_INNERMOST] if zone else zones
            self._zones[inner] = zones
        return _place_among(zones)


@lru_cache(maxsize=1024)
def _place_among(zones: tuple[Zone, ...]) -> Place:
    return place_among(list(zones))


def _within_content(zones: list[Zone], content: Zone) -> Place:
    inner = zones[: zones.index(content)]
    if "footer" in inner and content == "main":
        return "footer"
    return "nav" if "nav" in inner else "body"


def place_of(element: lxml.html.HtmlElement) -> Place:
    """Tell whether an element stands in the navigation (page head and side menus too), the body or the footer.

    Looks only at the element and its ancestors. Never raises.
    """
    around = islice(element.iterancestors(), _FARTHEST)
    zones = [marked_zone(node) or named_zone(node) for node in (element, *around) if isinstance(node.tag, str)]
    return place_among([zone for zone in zones if zone])
