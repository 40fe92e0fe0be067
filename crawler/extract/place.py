"""Where on a page an element stands: navigation, body or footer, told by tags, roles, ids and classes.

Few Chinese government pages use <nav> or <footer>, so names count: `header`, `menu`, `crumb`, `weizhi` (position),
`daohang` (navigation), `dibu` (bottom), `yqlj` (friendly links). A name is read word by word, never as a
substring: `contents` is no `nt`, `article-header` is a heading of an article and no page header.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
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
UNMARKED = frozenset("a b base br em i input label link meta option path script source strong style svg use".split())
"""Tags of what holds no zone, whatever it is called."""
_UNNAMED = frozenset({"html", "body", "form", "a", "main", "article"})
_BY_WEIGHT: tuple[Zone, ...] = ("footer", "nav", "header")
# Boxes of other pages' items, of comments, of clocks and calendars, of code: their dates are not the page's own.
_ASIDE = re.compile(
    r"(?<![a-z])(?:related?|relevant|recommend\w{0,4}|sidebar|hot(?:news|list)?|rank(?:ing)?|comments?|respond|replies|"
    r"xgwz|xgxw|xgyd|xgzc|tuijian|widgets?|calendar|datepicker|clock|today|countdown|popular|latest|upcoming|events?|"
    r"archives?|teasers?|mostread|more-?news|readmore|copyright|highlight|hljs|syntaxhighlighter|prism-?code|code-?block)"
    r"(?![a-z])"
)
_BARE_MENUS = frozenset({"nav", "menu"})
_MENU_TAGS = frozenset({"nav", "menu", "div", "ul", "ol", "dl", "table", "td", "section", "header"})
_MENU_NAME = re.compile(
    r"(?:^|[\s_-])(?:(?:main|top|head|site|sub|left|global|primary)?-?(?:nav|menu)s?|navbar|navi|navigation|menubar|daohang|lanmu)"
    r"(?=$|[\s_\d-])|(?<=[a-z])(?:Nav|Menu)(?=$|[\s_\dA-Z-])|(?:^|\s)nav[A-Z_]",
)
NO_MENU = re.compile(
    r"crumb|position|location|path|dqwz|weizhi|page|friend|yqlj|link|lang|login|share|foot|bottom|copyright|toggle|user",
    re.IGNORECASE,
)
"""What a block is called that is no menu of columns."""
_LONGEST = 6  # words; a longer name is generated, not spoken
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


@dataclass(frozen=True, slots=True)
class Mark:
    """What an element's tag, role, id and classes make of it.

    `zone` is None where it is none; `is_named` says that its id or classes alone tell it; `is_aside` that they call it
    a box of other pages' items, of comments, clocks or code, `is_menu` a menu.
    """

    zone: Zone | None = None
    is_named: bool = False
    is_aside: bool = False
    is_menu: bool = False


NO_MARK = Mark()
"""The mark of an element that is none of this: this very object."""


class Placed(Protocol):
    """An element that knows its mark and the elements around it, the nearest first; `place` is filled when asked."""

    mark: Mark
    place: Place | None

    @property
    def parent(self) -> Placed | None:
        """The element around this one."""

    def around(self) -> Iterator[Placed]:
        """Yield the elements around this one."""


@lru_cache(maxsize=8192)  # names come again in other company
def _said_by(name: str) -> tuple[Zone | None, bool, bool]:
    """Tell what one id or class says: a zone or None, a box beside the page's words, a menu."""
    return _zone_of_name(name), _ASIDE.search(name.lower()) is not None, _MENU_NAME.search(name) is not None


def _zone_of_name(name: str) -> Zone | None:
    if name.lower() in _WHOLE:
        return _WHOLE[name.lower()]
    words = [word.lower() for word in _WORD.findall(name)]
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
def mark_of(tag: str, role: str = "", identity: str = "", classes: str = "") -> Mark:
    """Return what an element is marked as, NO_MARK where it is nothing.

    Tags and roles declare a zone; ids and classes speak of one, but never those of html, body and form.
    """
    said = [_said_by(name[:80]) for name in (*identity.split(), *classes.split())[:12]]
    zone = _ROLES.get(role.strip().lower()) or _TAGS.get(tag)
    is_named = False
    if zone is None and tag not in _UNNAMED:
        zones = {one[0] for one in said}
        zone = next((zone for zone in _BY_WEIGHT if zone in zones), None)
        is_named = zone is not None
    is_aside = any(one[1] for one in said)
    is_menu = tag in _BARE_MENUS or role in ("navigation", "menubar")
    is_menu = is_menu or (tag in _MENU_TAGS and any(one[2] for one in said))
    is_menu = is_menu and not NO_MENU.search(f"{identity} {classes}"[:200])
    return Mark(zone, is_named, is_aside, is_menu) if zone or is_aside or is_menu else NO_MARK


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

    Looks only at the element and what is around it, and keeps the answer. Never raises.
    """
    same = [node]  # what is no zone stands where its parent does
    while same[-1].place is None and same[-1].mark.zone is None and same[-1].parent is not None:
        same.append(same[-1].parent)
    last = same[-1]
    if last.place is None:
        zones = [outer.mark.zone for outer in (last, *last.around()) if outer.mark.zone]
        last.place = place_among(zones) if zones else "body"
    for inner in same:
        inner.place = last.place
    return last.place
