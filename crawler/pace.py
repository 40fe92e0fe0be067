"""When a host may be asked next: reckoning on a clock that the caller reads, without a network."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from crawler.manners import Manners

# After an answer a host is left alone for this many times as long as the answer took.
REST = 1.0
# A busy machine sends late, and the delay counts from when the host was asked. A host's quickest answer tells how
# long before its end an answer was asked for at the latest; this part of the delay is left to chance, no more.
SLACK = 0.1
# Statuses by which a server says that we ask too much.
TOO_MUCH = (429, 503)
# Longest single sleep in seconds: a stop is noticed within it, and a changed clock soon.
NAP = 0.5


@dataclass
class Pace:
    """One host's pace, in seconds of a monotonic clock. `turn` lets one request at a time through."""

    manners: Manners
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    crawl_delay: float = 0.0
    not_before: float = 0.0
    quickest: float = 0.0  # seconds of the quickest answer so far, 0 before the first
    refusals: int = 0  # 429 and 503 in a row

    def answered(self, started: float, now: float, status: int | None, retry_after: float | None) -> None:
        """Note the end of a request (`status` None where no answer came) and settle when the next may start.

        Refused without a Retry-After, the delay doubles with every refusal in a row.
        """
        manners = self.manners
        self.refusals = self.refusals + 1 if status in TOO_MUCH else 0
        took = now - started
        gap = max(manners.delay, self.crawl_delay)
        sent = now - min(took, max(self.quickest, SLACK * gap))
        if status is not None:
            self.quickest = min(took, self.quickest or took)
        rest = min(REST * took, manners.max_delay) if manners.delay else 0.0
        if self.refusals:
            # A big exponent would overflow; 2**20 delays are beyond any bound.
            backed_off = min(gap * 2 ** min(self.refusals, 20), manners.max_delay)
            rest = max(rest, backed_off if retry_after is None else min(retry_after, manners.max_pause))
        self.not_before = max(sent + gap, now + rest)


@dataclass
class TotalRate:
    """Spreads the starts of all requests evenly: at most `rate` a second, no bound where it is 0."""

    rate: float
    _next: float = 0.0

    def reserve(self, now: float) -> float:
        """Take the next free moment; returns the seconds until then."""
        if not self.rate:
            return 0.0
        moment = max(now, self._next)
        self._next = moment + 1 / self.rate
        return moment - now


def retry_after_seconds(value: str, now: datetime) -> float | None:
    """Read a Retry-After header: seconds, or an HTTP date against `now`. None for what is neither."""
    text = value.strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - now).total_seconds())


def host_name(url: str) -> str:
    """The server that an address asks: its host without `www.` and port, both schemes alike."""
    try:
        name = (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""
    return name.removeprefix("www.")
