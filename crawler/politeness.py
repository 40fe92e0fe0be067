"""The downloader middleware that waits until a host may be asked (`crawler.pace` says when that is).

It stands nearest to the wire, so everything that is really asked for waits its turn: pages, redirects,
retries and robots.txt; answers from the archive cost nobody anything and do not wait. Scrapy's own
AutoThrottle is not used: it takes no notice of requests that fail, and averages the response times away.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Collection
from contextlib import AsyncExitStack
from datetime import UTC, datetime

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Request, Response
from scrapy.robotstxt import RobotParser

from crawler.manners import PRODUCT, Manners, QuietHours
from crawler.pace import NAP, TOO_MUCH, Pace, TotalRate, host_name, retry_after_seconds
from crawler.scope import registered_domain
from crawler.shared_rate import SharedRate, shared_rate

# Requests under way at once over all hosts; waiting ones do not count. Well below the usual 1024 open files.
TRANSFERS = 256
# Request.meta keys: when the turn began (monotonic), and the seconds spent on answers so far, over redirects.
STARTED = "waiwen_started"
TOOK = "waiwen_took"
_TURN = "waiwen_turn"


class Stopping(IgnoreRequest):
    """The crawl is being stopped; this request was never sent, which is no failure of anybody's."""


class Politeness:
    """Holds every request until its host, the total rate and the quiet hours let it start."""

    def __init__(
        self,
        manners: Manners,
        *,
        own: Collection[str] | None = None,
        shared: SharedRate | None = None,
        clock: Callable[[], float] = time.monotonic,
        wall: Callable[[], datetime] = lambda: datetime.now(UTC),
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        running: Callable[[], bool] = lambda: True,
        say: Callable[[str], None] = lambda _: None,
    ) -> None:
        self.manners = manners
        self.quiet = QuietHours.parse(manners.quiet_hours)
        self.rate = TotalRate(manners.rate)
        self.shared = shared
        self._own = own  # registered domains that no other process asks; None: all are
        self._clock, self._wall, self._sleep, self._running, self._say = clock, wall, sleep, running, say
        self._paces: dict[str, Pace] = {}
        self._transfers = asyncio.Semaphore(TRANSFERS)
        self._waits_quietly = False

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Politeness:
        """Build from the settings; robots.txt files are heard as Scrapy reads them."""
        spider = crawler.spider
        assert spider is not None

        def running() -> bool:
            """No longer once a stop was asked for, or the archive failed."""
            return crawler.crawling and getattr(getattr(spider, "recorder", None), "fault", None) is None

        job = getattr(spider, "job", None)
        own = None if job is None else frozenset().union(*(task.domains for task in job.tasks))
        polite = cls(
            crawler.settings["WAIWEN_MANNERS"], own=own, shared=shared_rate(), running=running, say=spider.logger.info
        )
        crawler.signals.connect(polite.robots_parsed, signals.robots_parsed)
        return polite

    def pace(self, url: str) -> Pace:
        """The pace of an address's host."""
        host = host_name(url)
        if host not in self._paces:
            shared = self._own is not None and registered_domain(host) not in self._own
            self._paces[host] = Pace(self.manners.on_shared_hosts if shared else self.manners)
        return self._paces[host]

    def robots_parsed(self, robotparser: RobotParser, request: Request) -> None:
        """Keep a Crawl-delay, within bounds."""
        try:
            asked = robotparser.crawl_delay(PRODUCT) or 0.0
        except (ValueError, OverflowError):  # crawled text: whatever stands there
            return
        kept = min(max(0.0, asked), self.manners.max_delay)
        if kept:
            self.pace(request.url).crawl_delay = kept
            held = "" if kept == asked else f", held to {kept:g} s"
            self._say(f"{host_name(request.url)}: robots.txt asks for a delay of {asked:g} s{held}")

    async def process_request(self, request: Request) -> None:
        """Wait until the request may start. Raises Stopping when the crawl ends before."""
        pace = self.pace(request.url)
        async with AsyncExitStack() as held:
            await pace.turn.acquire()
            held.callback(pace.turn.release)
            await self._sleep_until(lambda: pace.not_before - self._clock())
            await self._transfers.acquire()
            held.callback(self._transfers.release)
            await self._wait_for_all()
            held.pop_all()  # kept until the answer
        # A redirect's request carries the slot of the host that it came from.
        request.meta["download_slot"] = host_name(request.url)
        request.meta[STARTED] = self._clock()
        request.meta[_TURN] = True

    def process_response(self, request: Request, response: Response) -> Response:
        """End the turn; hear a Retry-After."""
        header = response.headers.get("Retry-After") if response.status in TOO_MUCH else None
        asked = retry_after_seconds(header.decode("latin-1"), self._wall()) if header else None
        self._end(request, response.status, asked)
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        """End the turn of a request that got no answer: it may have cost the server as much."""
        self._end(request, None, None)

    def _end(self, request: Request, status: int | None, retry_after: float | None) -> None:
        if request.meta.pop(_TURN, None) is None:
            return  # from the archive, or never started
        now, started = self._clock(), request.meta[STARTED]
        request.meta[TOOK] = request.meta.get(TOOK, 0.0) + now - started
        pace = self.pace(request.url)
        pace.answered(started, now, status, retry_after)
        if retry_after is not None:
            kept = min(retry_after, self.manners.max_pause)
            self._say(f"{host_name(request.url)}: answered {status}, asks for {retry_after:g} s; waiting {kept:g} s")
        self._transfers.release()
        pace.turn.release()

    async def _wait_for_all(self) -> None:
        """Wait for what all hosts share: the quiet hours and the total rate."""
        while True:
            await self._sleep_through_quiet_hours()
            now = self._clock()
            among_jobs = self.shared.reserve(now) if self.shared else 0.0
            moment = now + max(self.rate.reserve(now), among_jobs)
            await self._sleep_until(lambda moment=moment: moment - self._clock())  # type: ignore[misc]
            if not self.quiet.wait(self._wall()):
                return

    async def _sleep_through_quiet_hours(self) -> None:
        if self.quiet.wait(self._wall()) and not self._waits_quietly:
            self._waits_quietly = True
            self._say(f"quiet hours {self.quiet}: no request starts in them; waiting")
        await self._sleep_until(lambda: self.quiet.wait(self._wall()))
        if self._waits_quietly:
            self._waits_quietly = False
            self._say("quiet hours are over: going on")

    async def _sleep_until(self, left: Callable[[], float]) -> None:
        while self._running() and (seconds := left()) > 0:
            await self._sleep(min(seconds, NAP))
        if not self._running():
            raise Stopping("the crawl is being stopped")
