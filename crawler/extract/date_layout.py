"""A page's lines as dates are read from them: where each stands, and the dates that it holds."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import replace
from functools import lru_cache, partial
from itertools import accumulate

from crawler.extract.date_formats import FoundDate, Order, find_dates, order_of
from crawler.extract.date_lines import Layout, Stamp, weight
from crawler.extract.date_relative import LONGEST, signs_of
from crawler.extract.line_walk import lines_of
from crawler.extract.lines import Area, Line, Lines
from crawler.extract.nodes import Node
from crawler.extract.page import Page

_COPYRIGHT = re.compile(
    r"©|copyright|\(c\) ?(?:19|20)\d\d|版权所有|版權所有|公网安备|ICP ?[备证]|all rights reserved", re.IGNORECASE
)
_COPYRIGHT_HINT = re.compile(r"©|版|公网安|copyright|Copyright|COPYRIGHT|\(c\)|\(C\)|ICP|icp|all r|All r|All R|ALL R")
_COPYRIGHT_LINE = 400  # characters; a longer line that says copyright is prose
_LINE_LIMIT = 20_000  # lines read of one page; a longer page repeats itself
_LONG = 240  # characters: of a longer line only the beginning and the end can hold a date of the page
_EDGE = 100
_DIGIT_LINE = re.compile("[0-9０-９٠-٩۰-۹๐-๙年년][^\n]*")  # once for each line that holds one
_YEAR = re.compile(r"\d{4}|[年년]")  # in all dates but relative ones
_SLASHED = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/(?:19|20)\d{2}(?!\d)( \d{1,2}:\d{2}:\d{2} ?[AP]M)?")
_WHOLE = frozenset({"html", "body", "main", "article", "h1", "h2"})  # never a box beside the page's own words


def layout_of(page: Page, assumed: Order | None = None) -> Layout:
    """Read the dates of a page's lines; the last pages are remembered, for dates and lists both ask.

    `assumed` is how slashed dates are read where neither the language nor the page's other dates say it.
    """
    return _layout_of(page, assumed)  # however it was asked: the memory tells a default from a None that is passed


@lru_cache(maxsize=2)
def _layout_of(page: Page, assumed: Order | None) -> Layout:
    walked = lines_of(page)
    lines = walked.read[:_LINE_LIMIT]
    lines = tuple(map(copy, lines)) if assumed else lines  # what is assumed holds for this layout alone
    _measure(lines)
    areas = _areas(page, walked, lines)
    for line in _with_any(_COPYRIGHT_HINT, walked.text, lines):
        if len(line.text) < _COPYRIGHT_LINE and _COPYRIGHT.search(line.text):
            line.area = "footer"
    language = page.nodes.root.get("lang") or page.nodes.root.get("xml:lang") or None
    for line in _with_any(_DIGIT_LINE, walked.text, lines):
        line.has_digit = True
    written = _written_order(lines)
    order = order_of(language) or written or assumed
    signs = signs_of(walked.text)
    for line in lines:
        relative = bool(signs) and len(line.text) <= LONGEST and bool(signs_of(line.text, signs))
        if relative or (line.has_digit and _YEAR.search(line.text)):
            find = partial(find_dates, fetched=page.fetched, language=language, order=order, relative=relative)
            line.dates = _dates_of(line.text, find)
    stamps = tuple(_stamps(walked, areas))
    return Layout(lines, walked.anchors, stamps, order, written, language)


def _with_any(sign: re.Pattern[str], text: str, lines: tuple[Line, ...]) -> Iterator[Line]:
    """Yield the lines that hold a sign, each once; `text` is all of them."""
    number, end, last = -1, 0, -1
    for match in sign.finditer(text):
        while match.start() >= end and number + 1 < len(lines):
            number += 1
            end += len(lines[number].text) + 1
        if number > last and match.start() < end:
            yield lines[number]
            last = number


def _measure(lines: tuple[Line, ...]) -> None:
    for index, line in enumerate(lines):
        line.index = index
        line.weight = weight(line.text)
        line.prose = line.weight if len(line.linked) < 0.4 * len(line.text) else 0


def _areas(page: Page, walked: Lines, lines: tuple[Line, ...]) -> list[tuple[Node, Area]]:
    """Mark the lines of menus, footers and boxes, the outermost each; not of what holds the heading or most words."""
    headings = [heading.index for heading in page.nodes.of("h1")]
    counts = list(accumulate((len(line.text) for line in lines), initial=0))
    found: list[tuple[Node, Area]] = []
    for node, first in walked.zones:
        area = _area_of(node)
        if area == "body" or (found and node.index < found[-1][0].end):
            continue
        after = bisect_right(headings, node.index)
        if after < len(headings) and headings[after] < node.end:
            continue
        end = first
        while end < len(lines) and node.index <= lines[end].element.index < node.end:
            end += 1
        if 2 * (counts[min(end, len(lines))] - counts[min(first, len(lines))]) < counts[-1]:
            found.append((node, area))
            for line in lines[first:end]:
                line.area = area
    return found


def _area_of(node: Node) -> Area:
    if node.tag in _WHOLE:
        return "body"
    if node.mark.zone == "footer":
        return "body" if any(outer.tag == "article" for outer in node.around()) else "footer"
    if node.mark.zone == "nav":
        return "nav"
    return "aside" if node.mark.is_aside else "body"


def _stamps(walked: Lines, areas: list[tuple[Node, Area]]) -> Iterator[Stamp]:
    for node, line in walked.marked:
        marked = "date" in node.get("itemprop").lower()
        value = (node.get("datetime") if node.tag == "time" else "") or (node.get("content") if marked else "")
        if value:
            around = [area for zone, area in areas if zone.index <= node.index < zone.end]
            yield Stamp(node, value[:80], line, around[0] if around else "body")


def _dates_of(text: str, find: Callable[[str], list[FoundDate]]) -> list[FoundDate]:
    if len(text) <= _LONG:
        return find(text)
    rest = len(text) - _EDGE
    tail = [replace(found, start=found.start + rest, end=found.end + rest) for found in find(text[rest:])]
    return [found for found in find(text[:_EDGE]) if found.end < _EDGE] + [
        found for found in tail if found.start > rest
    ]


def _written_order(lines: tuple[Line, ...]) -> Order | None:
    """Tell day-first from month-first by the slashed dates of the page that can be read one way only.

    "7/5/2005 9:23:57 PM" is how systems set to American English write: month first.
    """
    orders: set[Order] = set()
    for line in lines:
        for first, second, twelve_hours in (
            _SLASHED.findall(line.text[:1000]) if line.has_digit and "/" in line.text else ()
        ):
            if int(first) > 12 >= int(second):
                orders.add("dmy")
            elif int(first) <= 12 and (int(second) > 12 or twelve_hours):
                orders.add("mdy")
    return orders.pop() if len(orders) == 1 else None
