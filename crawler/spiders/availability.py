"""Visits home pages once each, to see whether they open and how long they take; nothing is archived."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Callable, Sequence
from datetime import UTC, datetime
from typing import Any

import scrapy
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Request, Response
from twisted.python.failure import Failure as TwistedFailure

from crawler.availability import Visit
from crawler.blocked import blocked_reason
from crawler.errors import WaiwenError
from crawler.extract.decode import decode
from crawler.failures import ASKS_WHO, failure_of_exception, proxy_denies, proxy_fault
from crawler.manners import Manners
from crawler.model import Failure
from crawler.politeness import TOOK, Stopping
from crawler.probes import Home
from crawler.settings import scrapy_settings, use_proxy, without_archive


class AvailabilitySpider(scrapy.Spider):
    """Asks for every home page once. A visit is one try: what fails is a failed visit, where the fault is not ours."""

    name = "availability"

    def __init__(self, homes: Sequence[Home], done: Callable[[Visit], None], proxy: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.homes = homes
        self.done = done
        self.proxy = proxy
        self.fault: WaiwenError | None = None  # of the proxy, or of the total rate's file

    async def start(self) -> AsyncIterator[Request]:
        """Ask for every home page."""
        for home in self.homes:
            yield Request(
                home.url,
                self._came,
                errback=self._failed,
                meta={"handle_httpstatus_all": True, "dont_retry": True},
                cb_kwargs={"home": home},
                dont_filter=True,
            )

    def _came(self, response: Response, home: Home) -> None:
        if self.proxy and response.status == ASKS_WHO:
            self.fault = proxy_denies(self.proxy)
            return
        failure, note = failure_of_home(response)
        self._note(home, response.meta, response.status, failure, note)

    def _failed(self, failure: TwistedFailure) -> None:
        request: Request = failure.request  # type: ignore[attr-defined]
        assert failure.value is not None
        if isinstance(failure.value, Stopping):
            return
        ours = failure.value if isinstance(failure.value, WaiwenError) else proxy_fault(failure.value, self.proxy)
        if ours is not None:
            self.fault = ours
            return
        kind, note = failure_of_exception(failure.value)
        self._note(request.cb_kwargs["home"], request.meta, None, kind, note)

    def _note(self, home: Home, meta: dict[str, Any], status: int | None, failure: Failure | None, note: str) -> None:
        now, seconds = datetime.now(UTC), round(float(meta.get(TOOK, 0.0)), 3)
        self.done(Visit(home.site_id, home.version, home.url, now, status, failure, note, seconds))


def failure_of_home(response: Response) -> tuple[Failure | None, str]:
    """Say why an answer is no home page that opened, and in which words; (None, "") where it is one."""
    headers = tuple((k.decode("latin-1"), b"".join(v).decode("latin-1")) for k, v in response.headers.items())
    kind = (response.headers.get("Content-Type") or b"").decode("latin-1")
    block = blocked_reason(response.status, headers, decode(response.body, kind or None).text[:20_000])
    if block:
        return Failure.BLOCKED, block
    if response.status != 200:
        return Failure.HTTP_ERROR, f"answered {response.status}"
    return None, ""


def visit_homes(homes: Sequence[Home], manners: Manners) -> list[Visit]:
    """Visit home pages, in the order given. Once a process: a reactor does not restart.

    An interrupted sweep returns the visits that were made. Raises WaiwenError where the fault is ours: no visit
    counts then.
    """
    use_proxy(manners)
    found: list[Visit] = []
    settings = without_archive(scrapy_settings(manners, log_file=os.devnull)) | {"RETRY_ENABLED": False}
    process = AsyncCrawlerProcess(settings)
    crawler = process.create_crawler(AvailabilitySpider)
    process.crawl(crawler, homes=list(homes), done=found.append, proxy=manners.proxy)
    process.start()
    if (fault := getattr(crawler.spider, "fault", None)) is not None:
        raise fault
    order = {(home.site_id, home.version, home.url): place for place, home in enumerate(homes)}
    return sorted(found, key=lambda visit: order[visit.site_id, visit.version, visit.url])
