"""When a page was published and when it was updated, with the cue that says so: a cascade from strong cues to weak.

The site's own meta tags come first, then structured data, known elements, labels and times near the title, a date
that stands alone there, the address, and the end of the text. A list page has no date of its own unless its meta
tags give one: a false date is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from urllib.parse import urlsplit

from crawler.extract.date_entries import entries_of, newest_post
from crawler.extract.date_formats import FoundDate, Order, find_dates, today_of
from crawler.extract.date_header import header_cue
from crawler.extract.date_labels import begins, closes, dateline_cue, is_update, line_cues
from crawler.extract.date_layout import layout_of
from crawler.extract.date_lines import PROSE, Layout, weight
from crawler.extract.date_meta import Cue, Rank, json_ld_cues, meta_cues, stamp_cues
from crawler.extract.date_urls import url_date
from crawler.extract.facts import DateFact, UndecidedDate
from crawler.extract.list_rows import dated_rows
from crawler.extract.lists import list_items
from crawler.extract.page import Page
from crawler.extract.row_years import Row

_ABOVE, _BELOW = 8, 14  # lines around the title among which its date stands
_ARTICLE = 240
"""Weight of running text from which a page is an article and weak cues are worth reading."""
_ENDING = 60  # weight of a last line that may be a signature with a date
_ORDERS: tuple[Order, Order] = ("dmy", "mdy")
_HEADINGS = ("h1", "h2", "h3")
_SPLIT_TITLE = re.compile(r"\s[-_|—–·»:]{1,3}\s|[_|—]{1,2}|-(?=[\u4e00-\u9fff])")
_HOME = re.compile(r"^/?(?:[a-z]{2,10}(?:-[a-z]{2,4})?/?)?(?:index\.\w{3,5})?$", re.IGNORECASE)


def undecided(page: Page, main_text: str) -> UndecidedDate | None:
    """Return the date of a page without one whose day and month only the site's other dates can tell apart."""
    layout = layout_of(page)
    if layout.order or not any(found.ambiguous for line in layout.lines for found in line.dates):
        return None
    day_first, month_first = (published(page, main_text, assumed)[0] for assumed in _ORDERS)
    if not day_first or not month_first or day_first.date == month_first.date:
        return None
    return UndecidedDate(day_first.date, month_first.date, day_first.cue, day_first.snippet)


def order_written(page: Page) -> Order | None:
    """Return whether the page's own slashed dates that can be read one way only put the day or the month first."""
    return layout_of(page).written


def published(page: Page, main_text: str, assumed: Order | None = None) -> tuple[DateFact | None, DateFact | None]:
    """Return when a page was published and when it was updated, each None where nothing trustworthy says so.

    `main_text` is the page's text without navigation and footer. Dates lie between 1995 and the day after the
    fetch. Differing dates of other strong cues are reported as conflicts, never averaged. A page whose only date is
    an update counts as published then; the header's Last-Modified is an update of an article where nothing else says
    one, no more. `assumed` is how 05/12/2015 is read where the page does not tell. Never raises.
    """
    layout = layout_of(page, assumed)
    rows = dated_rows(page)
    taken = {line for row in rows for line in row.lines}
    is_dated = layout.stamps or any(line.dates for line in layout.lines)
    title = _title_line(page, layout, taken) if is_dated else None
    near = _near_title(title, layout, taken) if is_dated else range(0)
    cues = [*meta_cues(page, layout), *json_ld_cues(page, layout)]
    if _is_list(page, layout, rows, taken):
        above = range(near.start, min(near.stop, min(taken, default=0)))
        return _date_of_list(page, cues, list(line_cues(layout, above, taken))), None
    cues += [*stamp_cues(page, layout, near, taken), *line_cues(layout, near, taken, title)]
    is_article = (len(main_text) >= _ARTICLE or weight(main_text) >= _ARTICLE) and not _is_home(page)
    today = today_of(page.fetched)
    if from_url := url_date(page.url, today):
        rank = Rank.URL_DAY if from_url.precision == "day" else Rank.URL_MONTH
        cues.append(Cue("url", rank, "published", from_url, from_url.text))
    if is_article:
        cues.extend(_text_cues(page, main_text, layout, taken))
        cues.extend(filter(None, [newest_post(layout, taken)]))
    cues = _in_local_days(cues)
    updated = [cue for cue in cues if cue.role == "updated"]
    own = [cue for cue in cues if cue.role == "published" or cue.rank in (Rank.UPDATED_LABEL, Rank.UPDATED_ANYWHERE)]
    if _is_home(page):
        own = [cue for cue in own if cue.rank <= Rank.ITEMPROP]
    own_date = _fact(own)
    if is_article and not updated and (header := header_cue(page)) and _is_after(header, own_date):
        updated = [header]
    return own_date, _fact(updated)


def _is_after(cue: Cue, published: DateFact | None) -> bool:
    return published is None or cue.found.date >= published.date


def _date_of_list(page: Page, cues: list[Cue], above: list[Cue]) -> DateFact | None:
    """A list page's own PubDate; or, above a list of others, what an article of few words says of itself."""
    of_article = any(
        tag.get("property").lower() == "og:type" and tag.get("content").strip().lower() == "article"
        for tag in page.nodes.of("meta")
    )
    own = [cue for cue in cues if cue.role == "published" and (of_article or cue.name.lower() == "meta:pubdate")]
    labelled = [cue for cue in above if cue.rank in (Rank.ELEMENT, Rank.LABEL)]
    return _fact(own or (labelled if len(labelled) == 1 else []))


def _fact(cues: list[Cue]) -> DateFact | None:
    """The strongest cue as a fact; within a rank the first on the page."""
    if not cues:
        return None
    best = min(cues, key=lambda cue: cue.rank)
    others: dict[str, Cue] = {}
    for cue in sorted(cues, key=lambda cue: cue.rank):
        if (
            (cue.rank <= Rank.UPDATED_LABEL or cue.rank is Rank.URL_DAY)
            and cue.rank != best.rank
            and _differ(cue.found, best.found)
        ):
            others.setdefault(cue.name, cue)
    conflicts = tuple(f"{name}={cue.found.date.isoformat()}" for name, cue in others.items() if cue.role == best.role)
    found = best.found
    return DateFact(found.date, found.precision, best.name, best.snippet, conflicts, found.moment)


def _in_local_days(cues: list[Cue]) -> list[Cue]:
    """Take a time in UTC by the day as written where a stronger cue shows that than the other: another time zone."""
    shown: dict[date, Rank] = {}
    for cue in sorted(cues, key=lambda cue: cue.rank):
        if cue.role == "published" and not cue.found.written and cue.found.precision != "month":
            shown.setdefault(cue.found.date, cue.rank)
    return [
        replace(cue, found=replace(cue.found, date=cue.found.written))
        if cue.found.written in shown and shown[cue.found.written] < shown.get(cue.found.date, len(Rank))
        else cue
        for cue in cues
    ]


def _differ(one: FoundDate, other: FoundDate) -> bool:
    if "month" in (one.precision, other.precision):
        return (one.date.year, one.date.month) != (other.date.year, other.date.month)
    return one.date != other.date


def _is_home(page: Page) -> bool:
    try:
        parts = urlsplit(page.url)
    except ValueError:
        return False
    return _HOME.match(parts.path) is not None and not parts.query


def _is_list(page: Page, layout: Layout, rows: tuple[Row, ...], taken: set[int]) -> bool:
    """Whether the titles of other pages are the content: less running text beside them than in them."""
    titles = [row.anchor.text for row in rows] or [item.title for item in list_items(page)]
    prose = sum(layout.lines[index].prose for index in _paragraphs(layout, taken))
    return prose < min(_ARTICLE, sum(map(weight, titles)))


def _paragraphs(layout: Layout, taken: set[int]) -> list[int]:
    return [
        line.index for line in layout.lines if line.prose >= PROSE and line.area == "body" and line.index not in taken
    ]


def _near_title(title: int | None, layout: Layout, taken: set[int]) -> range:
    """The lines around the title, or around the first paragraph where no line is the title."""
    lines = layout.lines
    paragraphs = _paragraphs(layout, taken)
    if title is None:
        first = paragraphs[0] if paragraphs else 0
        return range(max(0, first - _ABOVE), first + 1) if paragraphs else range(0)
    return range(max(0, title - _ABOVE), min(len(lines), title + _BELOW + 1))


def _title_line(page: Page, layout: Layout, taken: set[int]) -> int | None:
    """The line that says what the page's <title> or article title says: a heading first, else the last such line
    before the text."""
    titles = [title.text or "" for title in page.nodes.of("title")[:1]]
    for tag in page.nodes.of("meta"):
        if (tag.get("name") or tag.get("property")).lower() in ("articletitle", "og:title"):
            titles.append(tag.get("content"))
    wholes = [" ".join(title.split())[:300].lower() for title in titles if title.strip()]
    parts = {part.strip() for whole in wholes for part in [whole, *_SPLIT_TITLE.split(whole)] if weight(part) >= 8}
    matching: list[int] = []
    headings: list[int] = []
    for line in layout.lines:
        if line.weight > 300 or line.area in ("footer", "aside") or line.index in taken:
            continue
        text = line.text.lower()
        if text in parts or (line.weight >= 12 and _begins_alike(text, wholes)):
            is_heading = line.element.tag in _HEADINGS and line.area == "body"
            (headings if is_heading else matching).append(line.index)
        if len(headings) + len(matching) > 50:
            break
    if headings:
        return headings[0]
    if matching:
        first_text = next(iter(_paragraphs(layout, taken)), 0)
        return max((index for index in matching if index <= first_text), default=matching[0])
    return next((line.index for line in layout.lines if line.element.tag == "h1" and line.area == "body"), None)


def _begins_alike(text: str, titles: list[str]) -> bool:
    return text.startswith(tuple(titles)) or any(title.startswith(text) for title in titles)


def _text_cues(page: Page, main_text: str, layout: Layout, taken: set[int]) -> Iterator[Cue]:
    """Dates that open the main text or close it, as signatures do; entries of lists and threads do not count."""
    opening = [dateline_cue(layout.lines[index]) for index in _paragraphs(layout, taken)[:2]]
    yield from [cue for cue in opening if cue][:1]
    apart = taken | entries_of(layout)
    entries = {
        "".join(line.text.split())
        for line in layout.lines
        if line.dates and (line.index in apart or line.area in ("aside", "footer") or is_update(line, line.dates[0]))
    }
    endings = [line.strip() for line in main_text[-600:].splitlines() if line.strip()][-4:]
    signatures: list[Cue] = []
    listed: set[date] = set()
    for line in reversed(endings):
        if "".join(line.split()) in entries:
            continue
        found = find_dates(line, fetched=page.fetched, language=layout.language, order=layout.order)
        if len(found) != 1 or found[0].ambiguous or found[0].relative:
            continue
        if begins(found[0]) or closes(line, found[0]):
            listed.add(found[0].date)
        if closes(line, found[0]) and weight(line) <= _ENDING:
            signatures.append(Cue("end of text", Rank.END_OF_TEXT, "published", found[0], line))
    if signatures and len(listed) <= 1:  # several are a list
        yield signatures[0]
