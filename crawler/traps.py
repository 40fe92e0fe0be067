"""Crawler traps: addresses that a site makes up without end, and files that are no pages.

Decided from addresses alone, in the order they come, so that a crawl repeats exactly.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from urllib.parse import SplitResult, unquote, urlsplit

MAX_URL = 512  # characters; the longest real article addresses of content systems stay below 300
MAX_PARAMETERS = 8
MAX_SAME_SEGMENT = 4  # one folder name this often in a path is a relative link resolved over and over
MAX_PERIOD = 8  # the longest run of folders looked for as a repetition, in folders
PAGES_PER_PATTERN = 200
PAGES_PER_CALENDAR = 12
# Filters of a list combine into ever new sets of parameters; programs of content systems know a handful.
COMBINATIONS_PER_PATH = 10
EARLIEST_YEAR = 1990  # before the web: a calendar that is paged back

_DIGITS = re.compile(r"\d+")
_CALENDAR = re.compile(r"calendar|rili|schedule|almanac", re.IGNORECASE)
_DATE_PARAMETERS = frozenset("month day date week ym yearmonth".split())
_YEAR_PARAMETERS = frozenset("year y yy".split())
_MONTH_PARAMETERS = frozenset("m mm mon".split())
_YEAR_AND_MONTH = re.compile(r"(?<!\d)(\d{4})(?:[-/_]?(?:0[1-9]|1[0-2]))(?!\d{3})")
_DOCUMENT = re.compile(
    r"\.(?:pdf|docx?|xlsx?|pptx?|wps|et|dps|ofd|ceb|rtf|txt|csv|zip|rar|7z|gz|tar|exe|apk|dmg|msi|jpe?g|png|gif|bmp"
    r"|webp|svg|ico|tiff?|mp[34g]|m4[av]|avi|wmv|flv|mov|webm|wav|swf|css|js|json|xml|rss|woff2?|ttf|eot)",
    re.IGNORECASE,
)


def trap_reason(url: str, *, today: date | None = None) -> str | None:
    """Say why an address is a trap, or None.

    `today` bounds a calendar's future (one year on); without it only the distant past is implausible.
    """
    if len(url) > MAX_URL:
        return f"the address is longer than {MAX_URL} characters"
    parts = _split(url)
    names = _parameters(parts)
    if len(names) > MAX_PARAMETERS:
        return f"the address has more than {MAX_PARAMETERS} parameters"
    return _repetition(parts.path) or _calendar(parts, names, today)


class PatternCounter:
    """Counts the pages of one address pattern: the same path and parameter names, digits apart; and the patterns
    of one path.

    Only addresses with parameters and calendars are counted: paths without either are made by hand or by a
    content system, and an archive of many articles under one folder is no trap.
    """

    def __init__(self, cap: int = PAGES_PER_PATTERN, calendar_cap: int = PAGES_PER_CALENDAR) -> None:
        self.cap = cap
        self.calendar_cap = calendar_cap
        self._seen: Counter[str] = Counter()
        self._combinations: dict[str, set[str]] = {}

    def reason(self, url: str) -> str | None:
        """Count an address; say why it is one too many, or None. Ask once for each address."""
        parts = _split(url)
        names = _parameters(parts)
        calendar = _is_calendar(parts, names)
        if not names and not calendar:
            return None
        path, combination = f"{parts.netloc.lower()}{_DIGITS.sub('0', parts.path)}", "&".join(sorted(set(names)))
        combinations = self._combinations.setdefault(path, set())
        if combination not in combinations and len(combinations) >= COMBINATIONS_PER_PATH:
            return f"more than {COMBINATIONS_PER_PATH} combinations of parameters: {path[:120]}"
        combinations.add(combination)
        pattern = f"{path}?{combination}"
        self._seen[pattern] += 1
        cap = self.calendar_cap if calendar else self.cap
        if self._seen[pattern] <= cap:
            return None
        return f"more than {cap} pages of one {'calendar' if calendar else 'pattern'}: {pattern[:120]}"


def is_document(url: str) -> bool:
    """Whether an address names a file that is no web page: PDF, office document, archive, image, film, script."""
    path = _split(url).path
    return bool(_DOCUMENT.fullmatch(path[path.rfind(".") :])) if "." in path else False


def _repetition(path: str) -> str | None:
    segments = [segment for segment in unquote(path).lower().split("/") if segment]
    words = Counter(segment for segment in segments if not segment.isdigit())
    if words and max(words.values()) >= MAX_SAME_SEGMENT:
        return f"a folder's name stands in the path {max(words.values())} times"
    for period in range(1, min(MAX_PERIOD, len(segments) // 2) + 1):
        times = 3 if period == 1 else 2
        for start in range(len(segments) - period * times + 1):
            unit = segments[start : start + period]
            if all(segment.isdigit() for segment in unit):
                continue
            if segments[start : start + period * times] == unit * times:
                return f"the path repeats /{'/'.join(unit)[:100]}/"
    return None


def _calendar(parts: SplitResult, names: list[str], today: date | None) -> str | None:
    if not _is_calendar(parts, names):
        return None
    text = f"{parts.path}?{parts.query}"
    years = [int(found[1]) for found in _YEAR_AND_MONTH.finditer(text)]
    years += [int(value) for value in re.findall(r"(?:year|yy?)=(\d{4})(?!\d)", parts.query, re.IGNORECASE)]
    latest = today.year + 1 if today is not None else date.max.year
    beyond = [year for year in years if not EARLIEST_YEAR <= year <= latest]
    return f"a calendar page of the year {beyond[0]}" if beyond else None


def _is_calendar(parts: SplitResult, names: list[str]) -> bool:
    lowered = {name.lower() for name in names}
    if lowered & _DATE_PARAMETERS or (lowered & _YEAR_PARAMETERS and lowered & _MONTH_PARAMETERS):
        return True
    return bool(_CALENDAR.search(parts.path) and (_YEAR_AND_MONTH.search(parts.path) or lowered & _YEAR_PARAMETERS))


def _parameters(parts: SplitResult) -> list[str]:
    return [field.partition("=")[0] for field in parts.query.split("&") if field]


def _split(url: str) -> SplitResult:
    try:
        return urlsplit(url)
    except ValueError:  # a broken IPv6 host
        return SplitResult("", "", url, "", "")
