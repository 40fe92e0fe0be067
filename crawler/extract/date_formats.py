"""Dates in running text: where they stand, what they say and how exactly, in the spellings of a dozen languages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

from crawler.extract.date_names import MONTHS
from crawler.extract.date_patterns import (
    CALENDAR,
    FOLD,
    HAN,
    MAY_HOLD_DATE,
    MAY_HOLD_YEAR,
    MONTHLY,
    NUMBER_LABEL,
    TIME,
    TO_FOLD,
    YEAR,
    Spelling,
    names_month,
)
from crawler.extract.date_relative import LONGEST, RELATIVE, age_of, signs_of
from crawler.extract.facts import Precision

SHANGHAI = ZoneInfo("Asia/Shanghai")
EARLIEST = date(1995, 1, 1)
"""No government website is older: an earlier date on a page is history, not its publication."""

_Read = Callable[[re.Match[str]], "FoundDate | None"]
Order = Literal["dmy", "mdy"]
Day = date


@dataclass(frozen=True)
class FoundDate:
    """A date in a text, at `start:end`, as written in `text`.

    `alternative` is the other reading of a date such as 05/12/2015 whose order nothing decides (`date` is then the
    day-first one). `relative` dates ("3 days ago") were counted from the fetch time. `moment` is set at precision
    minute. `written` is the day as written where a time in UTC fell on the next day in Shanghai.
    """

    date: date
    precision: Precision
    start: int
    end: int
    text: str
    moment: datetime | None = None
    alternative: Day | None = None
    relative: bool = False
    written: Day | None = None

    @property
    def ambiguous(self) -> bool:
        """Whether day and month may be the other way round."""
        return self.alternative is not None


_DAY_FIRST = {"fr", "de", "es", "pt", "it", "ru", "ar", "vi", "th", "nl", "id", "ms", "tr", "pl", "uk"}


def order_of(language: str | None) -> Order | None:
    """How a language writes 05/12/2015; None where that is not settled (plain English among them)."""
    tag = (language or "").lower().replace("_", "-")
    if tag in {"en-gb", "en-au", "en-nz", "en-in", "en-ie", "en-za"} or tag.split("-")[0] in _DAY_FIRST:
        return "dmy"
    return "mdy" if tag == "en-us" else None


@lru_cache(maxsize=64)
def today_of(fetched: datetime) -> date:
    """The calendar day in Shanghai at the time of the fetch."""
    return fetched.astimezone(SHANGHAI).date()


def find_dates(
    text: str,
    *,
    fetched: datetime,
    language: str | None = None,
    order: Order | None = None,
    relative: bool = True,
) -> list[FoundDate]:
    """Find the dates of a text, in the order of the text, none overlapping.

    `fetched` (aware) bounds them: from 1995 to the day after the fetch, and relative dates count from it. `order`
    settles 05/12/2015 where it is known; else the language's habit does; else the date is ambiguous. `relative` False
    says that no relative date is there. Never raises.
    """
    is_relative = relative and len(text) <= LONGEST and bool(signs_of(text))
    if not is_relative and not MAY_HOLD_DATE.search(text):
        return []
    folded = text.translate(FOLD) if TO_FOLD.search(text) else text
    may_hold_year = MAY_HOLD_YEAR.search(folded) is not None
    if not may_hold_year and not is_relative:
        return []
    reader = _Reader(folded, fetched, order or order_of(language), (language or "").lower().startswith("th"))
    tries: list[tuple[_Read, Iterator[re.Match[str]]]] = []
    if may_hold_year:
        tries += [*_spelt(folded, CALENDAR, reader.calendar), *_spelt(folded, MONTHLY, reader.monthly)]
    if is_relative:
        tries += [(reader.relative, pattern.finditer(folded)) for pattern in RELATIVE]
    found: list[FoundDate] = []
    for read, matches in tries:
        for match in matches:
            item = read(match)
            if item and all(item.end <= other.start or item.start >= other.end for other in found[-200:]):
                found.append(item)
    return sorted(found, key=lambda item: item.start)


def _spelt(text: str, spellings: Iterable[Spelling], read: _Read) -> Iterator[tuple[_Read, Iterator[re.Match[str]]]]:
    """Yield the matches of the spellings that may be in a text, with what reads them."""
    named = names_month(text)
    for spelling in spellings:
        if spelling.is_named and not named:
            continue
        if spelling.signs and not any(sign in text for sign in spelling.signs):
            continue
        yield read, _by_year(spelling.pattern, text) if spelling.by_year else spelling.pattern.finditer(text)


def _by_year(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Yield the matches of a pattern that begins with a year: it is tried at these alone."""
    end = 0
    for year in YEAR.finditer(text):
        if year.start() >= end and (match := pattern.match(text, year.start())):
            end = match.end()
            yield match


class _Reader:
    """Turns matches into dates, under the bounds of one page."""

    def __init__(self, text: str, fetched: datetime, order: Order | None, thai: bool) -> None:
        self.text = text
        self.fetched = fetched
        self.today = today_of(fetched)
        self.order = order
        self.thai = thai

    def calendar(self, match: re.Match[str]) -> FoundDate | None:
        if NUMBER_LABEL.search(self.text, max(0, match.start() - 16), match.start()):
            return None
        groups = match.groupdict()
        year = self._year(groups)
        if "a" in groups:
            return self._numeric(match, year, int(groups["a"]), int(groups["b"]))
        day = _han_number(groups["hd"]) if groups.get("hd") else int(groups["d"])
        when = self._plausible(year, _month(groups), day)
        return self._with_time(match, when) if when else None

    def _numeric(self, match: re.Match[str], year: int, first: int, second: int) -> FoundDate | None:
        day_first, month_first = self._plausible(year, second, first), self._plausible(year, first, second)
        order: Order | None = "dmy" if match["s"] == "." else self.order
        if day_first and month_first and day_first != month_first and order is None:
            found = self._with_time(match, day_first)
            return FoundDate(day_first, "day", found.start, found.end, found.text, alternative=month_first)
        when = (month_first or day_first) if order == "mdy" else (day_first or month_first)
        return self._with_time(match, when) if when else None

    def monthly(self, match: re.Match[str]) -> FoundDate | None:
        groups = match.groupdict()
        when = self._plausible(self._year(groups), _month(groups), 1)
        return FoundDate(when, "month", match.start(), match.end(), match.group()) if when else None

    def relative(self, match: re.Match[str]) -> FoundDate | None:
        unit, age = age_of(match)
        if unit == "hour":
            when = (self.fetched - timedelta(hours=age)).astimezone(SHANGHAI).date()
        else:
            when = self.today - timedelta(days=age)
        precision: Precision = "day"
        if unit == "month":
            when, precision = when.replace(day=1), "month"
        if when < EARLIEST:
            return None
        return FoundDate(when, precision, match.start(), match.end(), match.group(), relative=True)

    def _year(self, groups: dict[str, str | None]) -> int:
        if hand := groups.get("hy"):
            return int("".join(str(HAN[char]) for char in hand))
        written = groups["y"] or ""
        if era := groups.get("era"):
            return (2018 if era == "令和" else 1988) + (1 if written == "元" else int(written))
        year = int(written)
        buddhist = self.thai or "\u0e00" <= (groups.get("name") or "a")[0] <= "\u0e7f"
        return year - 543 if year >= 2500 and buddhist else year

    def _plausible(self, year: int, month: int, day: int) -> date | None:
        try:
            when = date(year, month, day)
        except ValueError:
            return None
        return when if EARLIEST <= when <= self.today + timedelta(days=1) else None

    def _with_time(self, match: re.Match[str], when: date) -> FoundDate:
        clock, end = match.groupdict().get("clock"), match.end()
        moment: datetime | None = None
        if clock:
            moment = _at_clock(when, clock)
        elif time := TIME.match(self.text, end):
            moment, end = _moment(when, time), time.end()
        text = self.text[match.start() : end].strip()
        if moment is None:
            return FoundDate(when, "day", match.start(), end, text)
        written = when if when != moment.date() else None
        return FoundDate(moment.date(), "minute", match.start(), end, text, moment, written=written)


def _at_clock(when: date, clock: str) -> datetime | None:
    """The moment of a time written without a zone, "100831" or "9:05:31"; None for midnight, which stands for a day."""
    digits = clock.replace(":", "")
    digits = digits.zfill(len(digits) + len(digits) % 2)
    hour, minute = int(digits[:2]), int(digits[2:4])
    if not int(digits) or hour > 23 or minute > 59:
        return None
    return datetime(when.year, when.month, when.day, hour, minute, tzinfo=SHANGHAI)


def _month(groups: dict[str, str | None]) -> int:
    if name := groups.get("name"):
        return MONTHS.get(name.lower(), 0)
    return _han_number(groups["hm"] or "") if groups.get("hm") else int(groups["m"] or 0)


def _han_number(written: str) -> int:
    """Read a day or month in Chinese numerals: 五, 十, 十二, 二十, 二十五, 廿五."""
    written = written.replace("廿", "二十").replace("卅", "三十")
    tens, ten, units = written.partition("十")
    if not ten:
        return HAN.get(written, 0) if len(written) == 1 else 0
    return 10 * (HAN.get(tens, 0) if tens else 1) + (HAN.get(units, 0) if units else 0)


def _moment(when: date, time: re.Match[str]) -> datetime | None:
    """The moment in Shanghai; None for 00:00 and 23:59:59, which systems write when they know only the day.

    UTC is how systems store, so it is turned into local time; any other zone is the publisher's own and keeps its day.
    """
    hour, minute, second = int(time["h"]), int(time["min"]), int(time["sec"] or 0)
    half = (time["half1"] or time["half2"] or "").lower()[:1]
    zone = (time["zone"] or "").upper()
    if half in ("p", "下", "م") or time["half1"] == "오후":
        hour = hour + 12 if hour < 12 else hour
    if (hour, minute, second) in ((0, 0, 0), (23, 59, 59)):
        return None
    moment = datetime(when.year, when.month, when.day, hour, minute, tzinfo=SHANGHAI)
    if zone in ("Z", "UTC", "GMT", "+0000", "+00:00", "-00:00"):
        return moment.replace(tzinfo=UTC).astimezone(SHANGHAI)
    if not zone:
        return moment
    offset = timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
    if offset >= timedelta(hours=24):
        return moment
    return moment.replace(tzinfo=timezone(-offset if zone[0] == "-" else offset))
