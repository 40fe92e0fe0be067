"""robots.txt as RFC 9309 has it, where Scrapy lets everything pass when the file cannot be had.

Answered 4xx there are no rules; answered 5xx, or not at all, nothing of the host is asked for in this run. A host
that gives no answer fails with that failure, not as forbidden by a robots.txt that nobody saw.
"""

from __future__ import annotations

import asyncio

from scrapy import signals
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.http import Request, Response
from scrapy.http.request import NO_CALLBACK
from scrapy.robotstxt import RobotParser
from scrapy.utils.httpobj import urlparse_cached
from scrapy.utils.misc import build_from_crawler

from crawler.answers import redirect_target
from crawler.blocked import UNREADABLE_ROBOTS, blocked_reason
from crawler.errors import WaiwenError
from crawler.failures import GivenUp, failure_of_exception, proxy_fault
from crawler.model import Failure
from crawler.politeness import Stopping

# RFC 9309, 2.3.1.2: at least five redirects are followed; a longer chain is a file that is not there.
MAX_REDIRECTS = 5
# RFC 9309, 2.5: at least 500 KiB are read; rules beyond do not count. Bytes.
MAX_READ = 500 * 1024
_TOO_MANY = 429  # a 4xx by number, but what it asks for is to be left alone: Google, too, reads it as no answer
_THE_HOSTS = frozenset({Failure.DNS, Failure.REFUSED, Failure.NO_ANSWER, Failure.TIMEOUT, Failure.TLS, Failure.GUARD})

Rules = RobotParser | GivenUp | None


class Robots(RobotsTxtMiddleware):
    """Asks every origin for its robots.txt once a run; a request that it forbids ends here."""

    def __init__(self, crawler: object) -> None:
        super().__init__(crawler)  # type: ignore[arg-type]
        self._proxy = self.crawler.settings["WAIWEN_MANNERS"].proxy
        self._rules: dict[str, asyncio.Task[Rules]] = {}

    async def process_request(self, request: Request) -> None:  # type: ignore[override]
        """Raise GivenUp or IgnoreRequest for what must not be asked for."""
        if request.meta.get("dont_obey_robotstxt"):
            return
        parts = urlparse_cached(request)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._rules:
            self._rules[origin] = asyncio.ensure_future(self._rules_of(origin, request))
        # Shielded: many requests wait for one file, and one that is cancelled must not take it from the others.
        rules = await asyncio.shield(self._rules[origin])
        if isinstance(rules, GivenUp):
            raise GivenUp(rules.kind, rules.note)
        self.process_request_2(rules, request)

    async def _rules_of(self, origin: str, request: Request) -> Rules:
        url = f"{origin}/robots.txt"
        for _ in range(MAX_REDIRECTS + 1):
            try:
                response = await self._ask(url)
            except (Stopping, WaiwenError):  # the crawl ends: nothing is known, and nothing is to be recorded
                raise
            except Exception as fault:  # whatever it was, it is told as this origin's failure
                if (told := proxy_fault(fault, self._proxy)) is not None:
                    raise told from fault
                return _unreachable(origin, url, fault)
            target = redirect_target(url, (response.headers.get("Location") or b"").decode("latin-1"))
            if not 300 <= response.status < 400 or target is None:
                return await self._read(response, request)
            url = target
        return None

    async def _ask(self, url: str) -> Response:
        meta = {"dont_obey_robotstxt": True, "dont_redirect": True}
        asked = Request(url, priority=self.DOWNLOAD_PRIORITY, meta=meta, callback=NO_CALLBACK)
        assert self.crawler.engine is not None
        return await self.crawler.engine.download_async(asked)

    async def _read(self, response: Response, request: Request) -> Rules:
        if response.status >= 500 or response.status == _TOO_MANY:
            block = blocked_reason(response.status, (), "")
            if block:
                return GivenUp(Failure.BLOCKED, f"{block}, asked for robots.txt")
            return GivenUp(Failure.ROBOTS, f"{UNREADABLE_ROBOTS}: answered {response.status}")
        if not 200 <= response.status < 300:
            return None
        parser: RobotParser = build_from_crawler(self._parserimpl, self.crawler, response.body[:MAX_READ])
        # Whoever keeps the pace hears the Crawl-delay from this signal.
        await self.crawler.signals.send_catch_log_async(
            signal=signals.robots_parsed, robotparser=parser, request=request
        )
        return parser


def _unreachable(origin: str, url: str, fault: Exception) -> GivenUp:
    """What becomes of an origin whose robots.txt failed."""
    kind, note = failure_of_exception(fault)
    if kind in _THE_HOSTS and url.startswith(f"{origin}/"):
        return GivenUp(kind, f"{note.rstrip('.')}, asked for robots.txt.")
    return GivenUp(Failure.ROBOTS, f"{UNREADABLE_ROBOTS}: {note}")
