"""Rows of dated lists: a title that links, and a date beside, before or after it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import chain

from crawler.extract.date_formats import FoundDate, today_of
from crawler.extract.date_layout import layout_of
from crawler.extract.date_lines import PROSE, Layout, weight
from crawler.extract.lines import Anchor, Line
from crawler.extract.nodes import Node
from crawler.extract.page import Page
from crawler.extract.row_years import Row, day_of, with_years

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
ROWS = 3
"""Rows of one kind that make a list."""
PAIR = 2
"""Rows that make one where nothing stands beside them."""
_BULLETS = " ·•◆■▪-"
_HEADLINE = 24  # weight of a heading that is an article's; a list's is the name of a column
_ARTICLE = 240  # weight of running text from which a page is an article
TITLE = 10
"""Weight of a title: ten Latin characters or five Han ones. Shorter link texts are names, buttons, columns."""
_CLIMB = 5  # elements from a date up to the row that holds it
_REST = 40  # weight of what may stand in a row's line beside its title and its date
_MONTH_DAY = re.compile(r"^[\[(（【<]?\s?(?P<m>\d{1,2})\s?(?P<s>[-/.月])\s?(?P<d>\d{1,2})日?\s?[\])）】>]?$")
_MONTH_DAY_AT_END = re.compile(r"(?<![\d./:-])(?P<m>\d{2})(?P<s>[-/月])(?P<d>\d{2})日?\s?[\])）】]?$")
_MONTH_DAY_AT_START = re.compile(r"^[\[(（【]?\s?(?P<m>\d{2})(?P<s>[-/月])(?P<d>\d{2})日?(?![\d./:-])")
_DAY = r"(?P<d>\d{1,2})日?"
_YEAR_MONTH = r"(?P<y>(?:19|20)\d{2})\s?[-/.年]\s?(?P<m>\d{1,2})月?"
_SPLIT = (re.compile(rf"^{_DAY}\s{{1,3}}{_YEAR_MONTH}$"), re.compile(rf"^{_YEAR_MONTH}\s{{1,3}}{_DAY}$"))
_DAY_ALONE = re.compile(r"^\d{1,2}日?$")
_YEAR_MONTH_ALONE = re.compile(rf"^{_YEAR_MONTH}$")
_NUMERIC = re.compile(r"\d{4}[-/.]\d|\d{1,2}[-/.]\d{1,2}[-/.]\d{4}")
_DAY_WRITTEN = r"(?:(?:19|20)\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}日?|\d{1,2}[-/.]\d{1,2}[-/.]\d{4})"
_WRITTEN = rf"[\[(（【]?{_DAY_WRITTEN}(?: \d{{1,2}}:\d{{2}}(?::\d{{2}})?)?[\])）】]?"
_DATE_BESIDE = re.compile(rf"^{_WRITTEN}(?:[\s:：-]{{1,3}}|$)|\s?{_WRITTEN}$")


@lru_cache(maxsize=2)
def dated_rows(page: Page) -> tuple[Row, ...]:
    """Find the rows of a page's dated lists, years settled where they can be."""
    layout = layout_of(page)
    groups: dict[tuple[str, ...], list[Row]] = {}
    dated = _dated_lines(layout)
    for rows in (_rows_by_box(page, layout, dated), _rows_by_neighbour(page, layout, dated)):
        taken = {line for group in groups.values() for row in group for line in row.lines}
        for row in rows:
            if taken.isdisjoint(row.lines):
                groups.setdefault(row.kind, []).append(row)
        groups = {kind: _titled(group, layout) for kind, group in groups.items()}
        groups = {kind: group for kind, group in groups.items() if _is_list(group, layout)}
    today = today_of(page.fetched)
    settled = [row for group in groups.values() for row in with_years(group, today)]
    return tuple(sorted(settled, key=lambda row: (row.lines[0], row.anchor.element.index)))


def _is_list(group: list[Row], layout: Layout) -> bool:
    titles = sorted(weight(row.anchor.text) for row in group)
    many = len({row.anchor.url for row in group})
    return titles[len(titles) // 2] >= TITLE and (
        many >= ROWS or (many == PAIR == len(group) and _is_pair(group, layout))
    )


def _is_pair(group: list[Row], layout: Layout) -> bool:
    """Tell a list of two from the previous and the next article: nothing beside titles and dates, and no article."""
    rows = [[layout.lines[number] for number in row.lines] for row in group]
    dates = [row.date for row in group if row.date]
    if len(dates) != PAIR or dates[0] <= dates[1] or any(line.area != "body" for line in chain(*rows)):
        return False
    beside = []
    for row, (first, *others) in zip(group, rows, strict=True):
        beside.append(plain_title(first.text.replace(plain_title(row.anchor.text), " ").strip(_BULLETS)))
        beside += [plain_title(line.text) for line in others]  # its date in a cell of its own
    body = [line for line in layout.lines if line.area == "body"]
    is_article = sum(line.prose for line in body if line.prose >= PROSE) >= _ARTICLE
    is_titled = any(line.element.tag in ("h1", "h2") and line.prose >= _HEADLINE for line in body)
    return not (any(beside) or is_article or is_titled)


def _titled(group: list[Row], layout: Layout) -> list[Row]:
    """Give rows whose links all say the same ("Read more") their headings as titles: such links are buttons."""
    if len(group) < ROWS or len({row.anchor.text for row in group}) > 1:
        return group
    return [replace(row, anchor=replace(row.anchor, text=_heading(row, layout) or row.anchor.text)) for row in group]


def _heading(row: Row, layout: Layout) -> str | None:
    lines = (layout.lines[index] for index in row.lines)
    return next((line.text for line in lines if line.element.tag in _HEADINGS and not line.anchors), None)


@dataclass(frozen=True)
class _Dated:
    """A line that is, or begins or ends with, the date of a row."""

    line: Line
    date: date | None
    month_day: tuple[int, int] | None
    rest: int  # weight of the line's other text, its links left out


def _dated_lines(layout: Layout) -> list[_Dated]:
    found: list[_Dated] = []
    lines = layout.lines
    for line in lines:
        if not (line.dates or line.has_digit) or line.area in ("nav", "footer") or len(line.text) > 400:
            continue
        after = lines[line.index + 1] if line.index + 1 < len(lines) else None
        if dated := _dated(line, after):
            found.append(dated)
    return found


def _dated(line: Line, after: Line | None) -> _Dated | None:
    full = [item for item in line.dates if item.precision != "month" and not item.ambiguous]
    outside = [item for item in full if not _in_link(line, item.start)]
    usable = outside or [item for item in full if _apart(line, item)]
    if len(usable) == 1 or (usable and not line.anchors):
        first = usable[0]
        rest = line.weight - len(line.linked) - (len(first.text) if outside else 0)
        return None if first.relative and rest > _REST // 4 else _Dated(line, first.date, None, rest)
    if full:
        return None
    if split := _split(line, after):
        return _Dated(line, split, None, 0)
    pattern = _MONTH_DAY_AT_END.search(line.text) or _MONTH_DAY_AT_START.search(line.text)
    match = _MONTH_DAY.match(line.text) or (pattern if line.anchors else None)
    if match and 1 <= int(match["m"]) <= 12 and 1 <= int(match["d"]) <= 31:
        rest = max(0, line.weight - len(line.linked) - len(match.group()))
        return _Dated(line, None, (int(match["m"]), int(match["d"])), rest)
    return None


def _apart(line: Line, found: FoundDate) -> bool:
    """Tell a date beside the title, inside its link, from one that belongs to it ("Remarks on May 5, 2015")."""
    alone = line.element_at(found.start).tag != "a" and not found.relative
    edge = found.start <= 1 or len(line.text) - found.end <= 1
    title = any(
        found.text in anchor.text and weight(anchor.text) - len(found.text) >= TITLE // 2 for anchor in line.anchors
    )
    return edge and title and (alone or _NUMERIC.match(found.text) is not None)


def _in_link(line: Line, position: int) -> bool:
    element: Node | None = line.element_at(position)
    for _ in range(4):
        if element is None or element is line.element:
            return False
        if element.tag == "a":
            return True
        element = element.parent
    return False


def _split(line: Line, after: Line | None) -> date | None:
    """Read a date set as a large day over or under its year and month."""
    texts = [line.text]
    if after and (_DAY_ALONE.match(line.text) or _YEAR_MONTH_ALONE.match(line.text)):
        texts.append(f"{line.text} {after.text}")
    for text in texts:
        for pattern in _SPLIT:
            if match := pattern.match(text[:40]):
                return day_of(int(match["y"]), int(match["m"]), int(match["d"]))
    return None


def _rows_by_box(page: Page, layout: Layout, dated: list[_Dated]) -> list[Row]:
    """Rows whose line, or whose nearest box with a link in it, holds one title and one date."""
    positions = {item.line.index for item in dated}
    rows: list[Row] = []
    for item in dated:
        anchor = _best(item.line.anchors, page.url)
        if anchor and item.rest <= _REST + weight(anchor.text) // 2:
            rows.append(Row(anchor, item.date, item.month_day, (item.line.index,), layout.kind_of(item.line.element)))
            continue
        if anchor or item.rest > _REST:
            continue
        box = _box(item.line, layout)
        if box is not None:
            lines = layout.lines_within(box, item.line)
            anchors = layout.anchors_within(box)
            within = [line.index for line in lines if line.index in positions]
            best = _best(anchors, page.url)
            if best and len({a.url for a in anchors}) <= 5 and within[:1] == [item.line.index] and len(within) <= 2:
                numbers = tuple(line.index for line in lines) or (item.line.index,)
                rows.append(Row(best, item.date, item.month_day, numbers, layout.kind_of(box)))
    return rows


def _box(line: Line, layout: Layout) -> Node | None:
    """Climb from a line to the nearest element that holds a title link."""
    element: Node | None = line.element
    for _ in range(_CLIMB):
        if element is None or element.tag in ("body", "html"):
            return None
        if any(weight(anchor.text) >= TITLE // 2 for anchor in layout.anchors_within(element)):
            return element
        element = element.parent
    return None


def _rows_by_neighbour(page: Page, layout: Layout, dated: list[_Dated]) -> list[Row]:
    """Rows of flat lists (dt and dd, paragraph after paragraph): date lines next to title lines, one way throughout."""

    def pair(step: int) -> list[Row]:
        rows: list[Row] = []
        for item in dated:
            other = item.line.index + step
            if item.line.anchors or item.rest > _REST or not 0 <= other < len(layout.lines):
                continue
            line = layout.lines[other]
            anchor = _best(line.anchors, page.url)
            if (
                anchor
                and not line.dates
                and len(line.linked) >= 0.6 * len(line.text)
                and line.area not in ("nav", "footer")
            ):
                kind = (*layout.kind_of(item.line.element), *layout.kind_of(line.element))
                rows.append(Row(anchor, item.date, item.month_day, tuple(sorted((item.line.index, other))), kind))
        return rows

    before, after = pair(-1), pair(1)
    return before if _largest(before) >= _largest(after) else after


def _largest(rows: Iterable[Row]) -> int:
    return max(Counter(row.kind for row in rows).values(), default=0)


def _best(anchors: Iterable[Anchor], page_url: str) -> Anchor | None:
    """Choose a row's title among its links: the heaviest text that leads elsewhere."""
    usable = [
        anchor for anchor in anchors if weight(plain_title(anchor.text)) >= 4 and anchor.url not in ("", page_url)
    ]
    return max(usable, key=lambda anchor: weight(anchor.text), default=None)


def plain_title(text: str) -> str:
    """A link's text without a date that begins or ends it."""
    return _DATE_BESIDE.sub("", text).strip()
