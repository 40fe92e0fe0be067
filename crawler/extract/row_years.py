"""Rows of dated lists, and the years of those that give a month and a day alone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from crawler.extract.date_urls import url_date
from crawler.extract.lines import Anchor


@dataclass(frozen=True)
class Row:
    """A dated row: its title link, its date or only month and day, the lines that it takes, what it looks like."""

    anchor: Anchor
    date: date | None
    month_day: tuple[int, int] | None
    lines: tuple[int, ...]
    kind: tuple[str, ...]


def with_years(group: list[Row], today: date) -> list[Row]:
    """Give month and day their year: from the address, else as the only one between the dated rows around it."""
    settled = [
        replace(row, date=_from_url(row, today)) if row.date is None else _not_in_future(row, today) for row in group
    ]
    falling = _is_falling([row.date for row in settled if row.date])
    for number, row in enumerate(settled):
        if row.date is None and row.month_day and falling:
            upper = next((other.date for other in reversed(settled[:number]) if other.date), today)
            lower = next((other.date for other in settled[number + 1 :] if other.date), None)
            settled[number] = replace(row, date=_between(row.month_day, lower, upper))
    return settled


def _not_in_future(row: Row, today: date) -> Row:
    return row if row.date is None or row.date <= today + timedelta(days=1) else replace(row, date=None)


def _from_url(row: Row, today: date) -> date | None:
    found = url_date(row.anchor.url, today)
    if found and row.month_day and found.date.month == row.month_day[0]:
        return day_of(found.date.year, *row.month_day)
    return None


def _is_falling(dates: list[date]) -> bool:
    return bool(dates) and all(later >= earlier for later, earlier in pairwise(dates))


def _between(month_day: tuple[int, int], lower: date | None, upper: date) -> date | None:
    if lower is None:
        return None
    days = [day_of(year, *month_day) for year in range(lower.year, upper.year + 1)]
    fitting = [day for day in days if day and lower <= day <= upper]
    return fitting[0] if len(fitting) == 1 else None


def day_of(year: int, month: int, day: int) -> date | None:
    """Return a day, None where the calendar has none such."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
