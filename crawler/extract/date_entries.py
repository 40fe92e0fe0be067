"""Lines whose dates belong to something on the page, not to the page: log entries, posts, comments, clocks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from crawler.extract.date_formats import FoundDate
from crawler.extract.date_lines import PROSE, Layout, weight
from crawler.extract.date_meta import Cue, Rank
from crawler.extract.lines import Line

REPEATED = 3
"""Dated lines of one kind from which they are entries, each with a date of its own."""
_POST = 160
"""Weight of running text under each date from which the entries are whole posts, not abstracts."""
_COMMENTS = re.compile(
    r"^\W*(?:(?:相关|网友|最新|用户|读者|全部|热门|精彩)?(?:评论|評論|留言|跟帖|回帖)(?:列表|区|專區|专区)?|"
    r"\d{0,4} ?(?:reader )?(?:comments?|kommentare?|commentaires?|comentarios?|comentários|commenti|комментари[ия]|"
    r"コメント|댓글|تعليقات|التعليقات|bình luận))\W{0,3}[(（]?\d{0,4}[)）]?$",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(
    r"(?:星期|周|週)[一二三四五六日天]|[月火水木金土日]曜日?|[월화수목금토일]요일|\b(?:mon|tues?|wednes|thurs?|fri|satur|sun)day\b|"
    r"\b(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonnabend|sonntag|lundi|mardi|mercredi|jeudi|vendredi|"
    r"samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo|lunedì|martedì|mercoledì|giovedì|venerdì|"
    r"sabato|domenica)\b|понедельник|вторник|сред[аы]|четверг|пятниц|суббот|воскресень|(?:segunda|terça|quarta|quinta|sexta)-feira",
    re.IGNORECASE,
)


def entries_of(layout: Layout) -> set[int]:
    """Lines of a kind, short and each with a date at the same place, three or more: posts of a thread, log entries."""
    return {index for group in _groups(layout) if len(group) >= REPEATED for index in group}


def _groups(layout: Layout) -> Iterator[list[int]]:
    kinds: dict[tuple[str, ...], list[int]] = {}
    for line in layout.lines:
        if line.dates and line.dates[0].precision != "month" and weight(line.text) < PROSE:
            before, after = line.dates[0].start, len(line.text) - line.dates[0].end
            place = "start" if before <= 3 else "end" if after <= 3 else "middle"
            kinds.setdefault((place, *layout.kind_of(line.element)), []).append(line.index)
    yield from kinds.values()


def first_comment(layout: Layout) -> int:
    """The line with which the readers' comments begin, under most of the text; the number of lines where none does."""
    weights = [line.prose if line.prose >= PROSE and line.area == "body" else 0 for line in layout.lines]
    left = sum(weights)
    half = left / 2
    for line, prose in zip(layout.lines, weights, strict=True):
        if left < half and len(line.text) <= 40 and not line.dates and _COMMENTS.match(line.text):
            return line.index
        left -= prose
    return len(layout.lines)


def is_masthead(line: Line, found: FoundDate, title: int | None) -> bool:
    """Whether a date with its weekday stands over the title: a newspaper's head, which shows the reader's day."""
    if title is None or line.index >= title or line.weight > 60:
        return False
    return _WEEKDAY.search(line.text[: found.start]) is not None or _WEEKDAY.search(line.text[found.end :]) is not None


def newest_post(layout: Layout, taken: set[int]) -> Cue | None:
    """The date of the first of several whole posts on a page, newer over older; a thread runs the other way."""
    for group in _groups(layout):
        lines = [layout.lines[index] for index in group if index not in taken and layout.lines[index].area == "body"]
        dates = [line.dates[0] for line in lines]
        if len(lines) < REPEATED or any(found.relative or found.ambiguous for found in dates):
            continue
        falling = all(later.date >= earlier.date for later, earlier in pairwise(dates))
        if falling and dates[0].date > dates[-1].date and _are_whole(layout, group):
            return Cue("newest post", Rank.NEWEST_POST, "published", dates[0], lines[0].text[:80])
    return None


def _are_whole(layout: Layout, group: list[int]) -> bool:
    """Whether most dates have running text of an article's weight under them."""
    texts = [
        sum(line.prose for line in layout.lines[one:other] if line.prose >= PROSE) for one, other in pairwise(group)
    ]
    return sum(text >= _POST for text in texts) >= 0.7 * len(texts)
