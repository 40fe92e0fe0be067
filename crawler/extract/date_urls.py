"""The date that an address carries: /202511/03/, /2025-11/03/, t20251103_, /2015/12/25/."""

from __future__ import annotations

import re
from datetime import date, timedelta
from urllib.parse import urlsplit

from crawler.extract.date_formats import EARLIEST, FoundDate

_YEAR = r"(?P<y>199[5-9]|20\d\d)"
_MONTH = r"(?P<m>0?[1-9]|1[0-2])"
_MONTH2 = r"(?P<m>0[1-9]|1[0-2])"
_DAY = r"(?P<d>0?[1-9]|[12]\d|3[01])"
_DAY2 = r"(?P<d>0[1-9]|[12]\d|3[01])"
_DAYS = (
    re.compile(rf"/[tcP]_?{_YEAR}{_MONTH2}{_DAY2}_"),
    re.compile(rf"/{_YEAR}[-/]{_MONTH}[-/]{_DAY}(?=/|[-_.]|$)"),
    re.compile(rf"/{_YEAR}{_MONTH2}/{_DAY2}(?=/)"),
    re.compile(rf"/{_YEAR}/{_MONTH2}{_DAY2}(?=/)"),
    re.compile(rf"(?<![0-9A-Za-z]){_YEAR}{_MONTH2}{_DAY2}(?=/|\.s?html?$)"),
    re.compile(rf"(?<![0-9A-Za-z]){_YEAR}-{_MONTH2}-{_DAY2}(?!\d)"),
    re.compile(rf"(?<!\d){_YEAR}{_MONTH2}{_DAY2}(?=(?:[01]\d|2[0-3])[0-5]\d[0-5]\d\d{{0,6}}(?:\D|$))"),
)
_MONTHS = (re.compile(rf"/{_YEAR}[-/]{_MONTH}/"), re.compile(rf"/{_YEAR}{_MONTH2}/"))


def url_date(url: str, today: date) -> FoundDate | None:
    """Read the date in an address's path, to the day or to the month; None where there is no plausible one."""
    try:
        path = urlsplit(url).path[:500]
    except ValueError:
        return None
    for patterns in (_DAYS, _MONTHS):
        for pattern in patterns:
            for match in pattern.finditer(path):
                if found := _read(match, today):
                    return found
    return None


def _read(match: re.Match[str], today: date) -> FoundDate | None:
    day = match.groupdict().get("d")
    try:
        when = date(int(match["y"]), int(match["m"]), int(day or 1))
    except ValueError:
        return None
    if not EARLIEST <= when <= today + timedelta(days=1):
        return None
    return FoundDate(when, "day" if day else "month", match.start(), match.end(), match.group())
