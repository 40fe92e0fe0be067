"""When a browser may open the next page: as polite as a crawl, and as the crawl a page at a time."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime

from crawler.manners import Manners, QuietHours
from crawler.pace import NAP, Pace, TotalRate, host_name
from crawler.shared_rate import shared_rate


class Turns:
    """When the next page may be opened: the host's delay, robots.txt's Crawl-delay, the rate, the quiet hours."""

    def __init__(self, manners: Manners, clock: Callable[[], datetime]) -> None:
        self._manners = manners
        self._quiet = QuietHours.parse(manners.quiet_hours)
        self._rate = TotalRate(manners.rate)
        self._shared = shared_rate()
        self._clock = clock
        self._paces: dict[str, Pace] = {}

    def now(self) -> float:
        """Seconds of the clock."""
        return self._clock().timestamp()

    def wait_for(self, url: str) -> None:
        """Wait until a page of this host may be opened."""
        pace = self._pace(url)
        while (left := max(pace.not_before - self.now(), self._quiet.wait(self._clock()))) > 0:
            time.sleep(min(left, NAP))

    def wait_for_rate(self) -> None:
        """Wait until one more request may start."""
        among_jobs = self._shared.reserve(time.monotonic()) if self._shared else 0.0
        left = max(self._rate.reserve(self.now()), among_jobs)
        if left > 0:
            time.sleep(left)

    def done(self, url: str, began: float, crawl_delay: float) -> None:
        """Leave the host alone for a while: a page in a browser is many requests, so for as long as it took."""
        pace = self._pace(url)
        pace.crawl_delay = min(crawl_delay, self._manners.max_delay)
        pace.answered(began, self.now(), None, None)

    def _pace(self, url: str) -> Pace:
        return self._paces.setdefault(host_name(url), Pace(self._manners))
