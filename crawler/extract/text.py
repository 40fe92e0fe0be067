"""The words of a page: its main text, and apart from it the words of menus, page head and footer.

The page's lines (see `lines`) stand in zones (see `place`). Zones that are only named, not marked, are doubted where
they hold most of the page's prose. What stands outside every zone is judged by what it is: short links before the first
and after the last substantial line are menus, and a copyright or ICP line near the end opens the footer. This holds for
articles and for home and list pages, where titles that are links are the content.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from crawler.extract.facts import Place
from crawler.extract.line_walk import lines_of
from crawler.extract.lines import Line as Whole
from crawler.extract.lines import Region
from crawler.extract.page import Page
from crawler.extract.place import place_among, place_of

__all__ = ["PageText", "chrome_text", "main_text", "place_of", "text_of"]

_FOOTER_CUE = re.compile(
    r"ICP\s?[备備证證]|公网安备|公網安備|版权所有|版權所有|网站标识码|all rights reserved"
    r"|copyright\s{0,3}(?:©|\(c\)|[:：]|(?:19|20)\d\d)|(?:©|\(c\))\s{0,3}(?:copyright|(?:19|20)\d\d|[\u4e00-\u9fff])",
    re.IGNORECASE,
)
_FOOTER_LINE = re.compile(
    r"主办|承办|协办|技术支持|建议使用|联系电话|地址[:：]|邮编|网站地图|sponsored by|hosted by|site ?map|contact us",
    re.IGNORECASE,
)
_BREADCRUMB = re.compile(
    r"(?:您|你)?(?:现|所)?在?(?:的|当前|当前的)?(?:所在)?位置"
    r"|you are here|(?:your )?(?:current )?(?:location|position)\s?[:：]"
    r"|(?:首页|主页|首頁|home)\s?(?:>|»|›|/|→|-)",
    re.IGNORECASE,
)
_DATED = re.compile(r"\d{1,4}\s?[-/.年月]\s?\d{1,2}")
_SYLLABLES = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af\U00020000-\U0003ffff]+")
_WORDS = re.compile(r"[^\W\d_\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af\U00020000-\U0003ffff]+")
_ONLY_LETTERS = {code: " " for code in range(128) if not chr(code).isalpha()}
_TAIL = 12  # lines from the end in which a footer's cue is looked for
_OPENING = 30  # characters within which a footer's line says what it is
_CUE_LINE = 400  # characters; a longer line that says copyright is prose
_PROSE = 12  # units of text outside links that make a line substantial: a Han character is 1, a word 1.5
_TITLE = 9  # units of a link that make it a title and no menu entry: nine characters, six words
_MENU = 4  # links from which short links in a row are a menu
_DOUBTED = 60  # units of prose that a named menu or page head must hold before it is doubted
_DOUBTED_FOOTER = 300  # a real footer has an address, hosts and notes


@dataclass(frozen=True)
class PageText:
    """Main text and chrome text, blanks normalised, a line break between blocks."""

    main: str
    chrome: str


@dataclass(slots=True)
class _Line:
    """A line of the page: its text, the units of it outside and inside links, the zone it is in."""

    text: str
    prose: float
    linked: float
    links: int
    region: Region | None


def text_of(page: Page) -> PageText:
    """Read main and chrome text off the page's lines. Never raises.

    Where nothing is left for the body, what styles hide is read too (scripts may show it), and then prose in
    zones that are only named so. A page of nothing but menus has an empty main text.
    """
    whole = lines_of(page).words
    lines = [_weighed(line, line.seen) for line in whole if line.seen]
    places = _places(lines)
    if "body" not in places:
        lines = [_weighed(line, line.text) for line in whole]
        places = [_rescued(line, place) for line, place in zip(lines, _places(lines), strict=True)]
    placed = list(zip(lines, places, strict=True))
    return PageText(
        main="\n".join([line.text for line, place in placed if place == "body"]),
        chrome="\n".join([line.text for line, place in placed if place != "body"]),
    )


def _weighed(line: Whole, text: str) -> _Line:
    linked = _units(line.linked) if line.linked else 0.0
    prose = 0.0 if line.linked is text else max(0.0, _units(text) - linked)
    return _Line(text, prose, linked, line.links, line.region)


def _units(text: str) -> float:
    """Measure text in Han characters: a kana, hangul or Han character is 1, a word of another script 1.5."""
    if text.isascii():
        return 1.5 * len(text.translate(_ONLY_LETTERS).split())
    return sum(map(len, _SYLLABLES.findall(text))) + 1.5 * len(_WORDS.findall(text))


def main_text(page: Page) -> str:
    """Return the body's text: an article's words, on home and list pages the content with its titles."""
    return text_of(page).main


def chrome_text(page: Page) -> str:
    """Return the words of navigation, page head and footer."""
    return text_of(page).chrome


def _places(lines: list[_Line]) -> list[Place]:
    """Return each line's place: by the zones around it first, then by what the lines outside zones are."""
    zoned = _zoned(lines)
    places: list[Place] = [zoned[line.region] if line.region else "body" for line in lines]
    for position in _footer(lines, _body(places)):
        places[position] = "footer"
    for position in _menus(lines, _body(places)):
        places[position] = "nav"
    return places


def _body(places: list[Place]) -> list[int]:
    return [position for position, place in enumerate(places) if place == "body"]


def _zoned(lines: list[_Line]) -> dict[Region, Place]:
    """Tell the place by the zones around a line, without those that hold most of the page and are only named."""
    prose = sum([line.prose for line in lines])
    total = prose + sum([line.linked for line in lines])
    held: dict[Region, tuple[float, float]] = {}  # prose and all of a region, regions within included
    for line in lines:
        for region in line.region.outwards() if line.region else ():
            before = held.get(region, (0.0, 0.0))
            held[region] = before[0] + line.prose, before[1] + line.prose + line.linked
    doubtful = {
        region
        for region, (within, every) in held.items()
        if region.named and within > prose / 2 and every > total / 2 and within >= _doubted(region)
    }
    return {
        region: place_among([around.zone for around in region.outwards() if around not in doubtful]) for region in held
    }


def _doubted(region: Region) -> float:
    """Return the prose from which what is called a header or footer is the wrapper of a page."""
    return _DOUBTED_FOOTER if region.zone == "footer" else _DOUBTED


def _footer(lines: list[_Line], body: list[int]) -> list[int]:
    """Return the body's lines from a copyright or ICP line near its end, hosts and contacts just before it too."""
    for start in range(max(0, len(body) - _TAIL), len(body)):
        after = sum(lines[position].prose for position in body[start + 1 :])
        if after <= 2 * _DOUBTED and _says(_FOOTER_CUE, lines[body[start]]):
            first = start
            while first and _opens_with(_FOOTER_LINE, lines[body[first - 1]]):
                first -= 1
            return body[first:]
    return []


def _says(cue: re.Pattern[str], line: _Line) -> bool:
    return len(line.text) <= _CUE_LINE and cue.search(line.text) is not None


def _opens_with(cue: re.Pattern[str], line: _Line) -> bool:
    """Tell a footer's line, which begins with its cue, from an article's paragraph that ends in an address."""
    return len(line.text) <= _CUE_LINE and cue.search(line.text[:_OPENING]) is not None


def _menus(lines: list[_Line], body: list[int]) -> list[int]:
    """Return breadcrumbs, and runs of short links before the first or after the last substantial line of the body."""
    menus = [position for position in body if _BREADCRUMB.match(lines[position].text)]
    solid = [position for position in body if _is_substantial(lines[position])]
    run: list[int] = []
    for position in body if solid else []:
        if not solid[0] <= position <= solid[-1] and _is_menu_like(lines[position]):
            run.append(position)
            continue
        menus += _whole_menu(lines, run)
        run = []
    return menus + _whole_menu(lines, run)


def _whole_menu(lines: list[_Line], run: list[int]) -> list[int]:
    return run if sum(lines[position].links for position in run) >= _MENU else []


def _is_substantial(line: _Line) -> bool:
    """Tell prose, or the title of a list's entry, from the entry of a menu."""
    return line.prose >= _PROSE or (line.links > 0 and line.linked / line.links >= _TITLE)


def _is_menu_like(line: _Line) -> bool:
    """Tell a line of short links, without a date beside them."""
    return line.linked > 2 * line.prose and not _is_substantial(line) and not _DATED.search(line.text)


def _rescued(line: _Line, place: Place) -> Place:
    """Take a substantial line for body where only a name spoke against it."""
    named = all(region.named for region in line.region.outwards()) if line.region else True
    footer = place == "footer" or _FOOTER_CUE.search(line.text)
    return "body" if named and _is_substantial(line) and not footer else place
