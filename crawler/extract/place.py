"""Where on a page an element stands: navigation, body or footer, told by tags, roles, ids and classes.

Few Chinese government pages use <nav> or <footer>, so names count: `header`, `menu`, `crumb`, `weizhi` (position),
`daohang` (navigation), `dibu` (bottom), `yqlj` (friendly links). A name is read word by word, never as a
substring: `contents` is no `nt`, `article-header` is a heading of an article and no page header.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, Protocol

from crawler.extract.facts import Place

Zone = Literal["header", "nav", "footer", "main", "article"]

_TAGS: dict[str, Zone] = {
    "nav": "nav", "aside": "nav", "menu": "nav", "header": "header", "footer": "footer", "main": "main",
    "article": "article",
}  # fmt: skip
ZONE_TAGS = frozenset(_TAGS)
"""Tags that are zones whatever they are called."""
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
_UNNAMED = frozenset({"html", "body", "form", "a", "main", "article"})
_BY_WEIGHT: tuple[Zone, ...] = ("footer", "nav", "header")
_LONGEST = 6  # words; a longer name is generated, not spoken
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


class Placed(Protocol):
    """An element that knows its zone and the elements around it, the nearest first."""

    zone: Zone | None

    def around(self) -> Iterator[Placed]:
        """Yield the elements around this one."""


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


@lru_cache(maxsize=16384)  # a site's names come again on each of its pages
def zone_of(tag: str, role: str, identity: str, classes: str) -> tuple[Zone | None, bool]:
    """Return the zone that an element marks, and whether only its id or classes name it; None where it is no zone.

    Tags and roles declare a zone; ids and classes speak of one, but never those of html, body and form.
    """
    marked = _ROLES.get(role.strip().lower()) or _TAGS.get(tag)
    if marked or tag in _UNNAMED:
        return marked, False
    zones = {zone for zone in map(_zone_of_name, (identity.split() + classes.split())[:12]) if zone}
    named = next((zone for zone in _BY_WEIGHT if zone in zones), None)
    return named, named is not None


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


def _within_content(zones: list[Zone], content: Zone) -> Place:
    inner = zones[: zones.index(content)]
    if "footer" in inner and content == "main":
        return "footer"
    return "nav" if "nav" in inner else "body"


def place_of(node: Placed) -> Place:
    """Tell whether an element stands in the navigation (page head and side menus too), the body or the footer.

    Looks only at the element and what is around it. Never raises.
    """
    zones = [node.zone] if node.zone else []
    zones += [outer.zone for outer in node.around() if outer.zone]
    return place_among(zones) if zones else "body"
