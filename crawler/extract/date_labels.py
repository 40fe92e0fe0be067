"""Signs of a page's date that readers see: labels, elements that hold dates, a date alone near the title."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from crawler.extract.date_entries import entries_of, first_comment, is_masthead
from crawler.extract.date_formats import FoundDate
from crawler.extract.date_lines import PROSE, Layout, weight
from crawler.extract.date_meta import Cue, Rank, Role
from crawler.extract.date_names import GENERIC_LABELS, PUBLISHED_LABELS, UPDATED_LABELS, words
from crawler.extract.date_relative import WORD_DAYS
from crawler.extract.lines import Line
from crawler.extract.nodes import Node

_KNOWN = re.compile(
    r"^(?:news_body_time|pubtime|pubdate|publishtime|publishdate|publish_?time|publish_?date|pub_time|pub_date|fbsj|fbrq)$",
    re.I,
)
_DATE_CLASS = re.compile(r"date|time|datum|fecha", re.IGNORECASE)
_NOT_DATE_CLASS = re.compile(
    r"update|candidate|timeline|lifetime|countdown|runtime|calendar|clock|weather|today|sometime|now", re.I
)
_SEPARATOR = r"[\s:：|]{0,4}(?:(?:on|at|am|le|el|em|il|dne|:)\s{1,2})?[\s:：\[(（【]{0,3}$"


def _labels(table: str) -> re.Pattern[str]:
    """A label that ends right before the date and is no part of a longer word: 时间, but not 会议时间."""
    return re.compile(r"(?<![^\W\d_])(" + "|".join(map(re.escape, words(table))) + ")" + _SEPARATOR, re.IGNORECASE)


_PUBLISHED, _GENERIC, _UPDATED = _labels(PUBLISHED_LABELS), _labels(GENERIC_LABELS), _labels(UPDATED_LABELS)
_LABEL_LINE = re.compile(
    r"\W*(?:" + "|".join(map(re.escape, words(PUBLISHED_LABELS + GENERIC_LABELS + UPDATED_LABELS))) + r")\W*",
    re.IGNORECASE,
)
# These may follow a word: "News published", 文章发布时间, 信息发布日期.
_PUBLISHED_GLUED = re.compile(
    r"((?:发布|發布|发表|公开|刊发|发稿|公布)(?:时间|日期|時間)|发表于|发布于|작성일|등록일)" + _SEPARATOR
)
_UPDATED_AFTER = re.compile(r"^\s?(?:更新|update|수정)", re.IGNORECASE)
_CLOCK = re.compile(
    r"(?:今天|今日|现在|当前|目前|本地|北京|生成)(?:是|时间|日期|時間)?[:：]?\s?$|"
    r"today(?:'s date)?(?: is)?[:,]?\s?$|heute[: ]|now[: ]|now is|"
    r"(?:截止|截至|有效|生效|实施|施行|失效|到期|报名|开标|出生|注册|登录|访问|成文|下载|查询|报告|"
    r"deadline|expir\w{0,6}|effective|valid|until|due|born|since|from|bis|access\w{0,4}|retrieved|joined|registered|closing)[^\d]{0,12}$",
    re.IGNORECASE,
)
# What follows a date that is told of, not the page's own: 2002年11月14日通过, "2019年2月16日，慕尼黑".
_TOLD_OF = re.compile(
    r"^\s?(?:[,，]\s?[\u4e00-\u9fff]{2,12}\s?[)）]|.{0,12}(?:通过|修订|修正|修改|施行|实施|召开|举行|批准)|"
    r"起|至|到|前|后|以[前后来])"
)
# An entry of a log of changes: "20151225: new offices", "1.4.0 (2015-12-25)".
_LOGGED = re.compile(r"\s?[:：]\s?[^\W\d]")
_VERSION = re.compile(r"(?<![\w.])v?\d+\.\d+(?:\.\d+)*\W{0,3}$", re.IGNORECASE)
_EVENT = re.compile(r"\b(?:地点|会场|venue|location|place|lieu|ort|lugar|место|場所|장소)\s?[:：]", re.IGNORECASE)
_SENTENCE = re.compile(r"。|[^\W\d_]{3,}[.!?](?:\s+[^\W\d_]|$)")
_SHORT = 120  # weight of a line that is little more than a label and a date
_DATELINE = re.compile(r"[(（\[【]?(?:[^\W\d_]{2,20}(?: [^\W\d_]{2,20})?\s?[,，/]\s?)?(?:den |le )?")
_DATELINE_END = re.compile(r"\s?(?:[.)）\]】]\s?|(?:--|[–—-])\s)[^\W\d]")
_BEGINNING = 3  # characters before a date that begins its line
_AFTER = 8  # weight of what may follow a signature's date
_WORDS = 14  # words beside a date that stands alone: a source, an author, a count


def line_cues(layout: Layout, near: range, taken: set[int], title: int | None = None) -> Iterator[Cue]:
    """Dates of lines: in known elements, after labels, standing alone near the title.

    Three or more such lines of a kind are entries of a thread or a log: there only a publication label counts.
    Under the text a date alone is a signature. `title` is the line of the title, where there is one.
    """
    entries = entries_of(layout)
    under_text = False
    for line in layout.lines[: first_comment(layout)]:
        under_text = under_text or (line.prose >= PROSE and line.index in near and line.area == "body")
        if not line.dates or line.index in taken or line.area in ("footer", "aside"):
            continue
        if line.area == "nav" and line.index not in near:
            continue
        for found in line.dates[:4]:
            for cue in _cues_of(line, found, layout, line.index in near):
                if line.index in entries and cue.rank not in (Rank.LABEL, Rank.LABEL_ANYWHERE):
                    continue
                if cue.rank in (Rank.CLASS, Rank.STANDING) and is_masthead(line, found, title):
                    continue
                if not under_text or cue.rank is not Rank.STANDING:
                    yield cue
                elif not begins(found) or closes(line.text, found):
                    yield replace(cue, rank=Rank.END_OF_TEXT)


def begins(found: FoundDate) -> bool:
    """Whether a date begins its line, as an entry's does, but for a bracket or a sign."""
    return found.start <= _BEGINNING


def closes(text: str, found: FoundDate) -> bool:
    """Whether a date ends its line, as a signature's does, but for a bracket, a sign or a word such as 号."""
    return weight(text[found.end :]) <= _AFTER


def _cues_of(line: Line, found: FoundDate, layout: Layout, is_near: bool) -> Iterator[Cue]:
    before = line.text[max(0, found.start - 60) : found.start]
    context = before
    if found.start <= 3 and line.index:  # a label in a cell or line of its own
        previous = layout.lines[line.index - 1]
        if len(previous.text) <= 40 and not previous.dates:
            context = f"{previous.text} {before}"
            before = context if _LABEL_LINE.fullmatch(previous.text) else before
    if found.ambiguous or _CLOCK.search(context):
        return
    snippet = line.text[max(0, found.start - 30) : found.end + 30]

    def cue(name: str, rank: Rank, role: Role = "published") -> Cue:
        return Cue(name, rank, role, found, snippet)

    if (known := _known_element(line, found)) and not found.relative:
        yield cue(f"element:{known}", Rank.ELEMENT)
    elif label := (_PUBLISHED.search(before) or _PUBLISHED_GLUED.search(before)):
        yield cue(f"label:{label[1]}", Rank.LABEL if is_near else Rank.LABEL_ANYWHERE)
    elif (label := _UPDATED.search(before)) or _UPDATED_AFTER.match(line.text[found.end : found.end + 8]):
        if is_near or line.weight <= _SHORT:
            rank = Rank.UPDATED_LABEL if is_near else Rank.UPDATED_ANYWHERE
            yield cue(f"label:{label[1] if label else '更新'}", rank, "updated")
    elif not is_near or (line.prose >= 200 and not _fills(line, found)):
        return
    elif label := _GENERIC.search(before):
        if _is_event(line, layout):
            return
        yield cue(f"label:{label[1]}", Rank.GENERIC_LABEL)
    elif name := _date_class(line, found):
        yield cue(f"element:{name}", Rank.CLASS)
    elif stands_alone(line, found):
        yield cue("near title", Rank.STANDING)


def stands_alone(line: Line, found: FoundDate) -> bool:
    """Whether a line is little more than the date: beside it a source, an author, a count, no sentence."""
    before, after = line.text[: found.start], line.text[found.end :]
    rest = weight(before) + weight(after)
    if _TOLD_OF.match(after[:30]) or found.precision == "month" or len(line.dates) > 1:
        return False
    if _LOGGED.match(after) or _VERSION.search(before):
        return False
    if found.relative:
        # "Liuxi Today" is a column and "Today" a heading; only a line like "3 days ago" is a date by itself.
        return rest == 0 and WORD_DAYS.get(found.text.lower()) != 0
    is_sentence = _SENTENCE.search(before.strip()) or _SENTENCE.search(after.strip())
    return rest <= 120 and not is_sentence and len(before.split()) + len(after.split()) <= _WORDS


def dateline_cue(line: Line) -> Cue | None:
    """The date that opens an article's first paragraph, alone or after a place: "Lisbon, 25 December 2015. The ..."."""
    if not line.dates or line.prose < PROSE:
        return None
    found = line.dates[0]
    opens = _DATELINE.fullmatch(line.text[: found.start]) and _DATELINE_END.match(line.text[found.end :])
    if not opens or found.precision == "month" or found.ambiguous or found.relative:
        return None
    return Cue("dateline", Rank.DATELINE, "published", found, line.text[: found.end + 30])


def is_update(line: Line, found: FoundDate) -> bool:
    """Whether a date's label says that it is of an update."""
    return _UPDATED.search(line.text[max(0, found.start - 60) : found.start]) is not None


def _is_event(line: Line, layout: Layout) -> bool:
    after = layout.lines[line.index + 1].text[:12] if line.index + 1 < len(layout.lines) else ""
    return bool(_EVENT.search(line.text) or _EVENT.search(after))


def _around(line: Line, found: FoundDate) -> Iterator[Node]:
    """The elements around a date, from the innermost to the one around its block."""
    element: Node | None = line.element_at(found.start)
    for _ in range(4):
        if element is None:
            return
        yield element
        if element is line.element:
            if element.parent is not None:
                yield element.parent
            return
        element = element.parent


def _fills(line: Line, found: FoundDate) -> bool:
    """Whether the date is all that an inline element of its line says."""
    element = line.element_at(found.start)
    return element is not line.element and len((element.text or "").strip()) <= len(found.text) + 6


def _known_element(line: Line, found: FoundDate) -> str | None:
    for element in _around(line, found):
        identity = element.get("id")
        if _KNOWN.match(identity):
            return f"#{identity}"
        for name in element.get("class").split()[:10]:
            if _KNOWN.match(name):
                return f".{name}"
    return None


def _date_class(line: Line, found: FoundDate) -> str | None:
    if weight(line.text) - (found.end - found.start) > 120 and not _fills(line, found):
        return None
    for element in _around(line, found):
        if element.tag in ("body", "html"):
            return None
        for name in (*element.get("class").split()[:10], element.get("id")):
            if _DATE_CLASS.search(name) and not _NOT_DATE_CLASS.search(name):
                return f".{name}"
    return None
