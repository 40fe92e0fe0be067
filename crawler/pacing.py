"""Politeness over a restart: the pace of a host goes on where an earlier process left it."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.http import Request

from crawler.archive.index import Archive
from crawler.archive.passes import Asked, asked_since
from crawler.manners import Manners
from crawler.model import Failure
from crawler.pace import TOO_MUCH, host_name, retry_after_seconds
from crawler.politeness import Politeness

# These never reached the host.
_UNASKED = (Failure.ROBOTS, Failure.GUARD)


def last_asked(archive: Archive, manners: Manners, now: datetime) -> dict[str, Asked]:
    """Host → what was asked of it last, as far back as its pace can reach."""
    latest: dict[str, Asked] = {}
    reach = max(manners.delay, manners.max_delay, manners.max_pause)
    for asked in asked_since(archive, now - timedelta(seconds=reach)):
        if asked.failure not in _UNASKED:
            latest.setdefault(host_name(asked.url), asked)
    return latest


def carry_over(
    crawler: Crawler,
    archive: Archive,
    manners: Manners,
    *,
    clock: Callable[[], float] = time.monotonic,
    wall: Callable[[], datetime] = lambda: datetime.now(UTC),
) -> None:
    """Have the first requests of this process keep their distance from the last ones of an earlier one."""

    def opened() -> None:
        polite = crawler.get_downloader_middleware(Politeness)
        assert polite is not None
        now = wall()
        for host, asked in last_asked(archive, manners, now).items():
            ended = clock() - (now - asked.fetched).total_seconds()
            started[host] = ended - asked.elapsed
            refused = asked.status in TOO_MUCH and asked.retry_after is not None
            pause = retry_after_seconds(asked.retry_after or "", asked.fetched) if refused else None
            polite.pace(asked.url).answered(started[host], ended, asked.status, pause)

    def robots_parsed(request: Request) -> None:
        polite = crawler.get_downloader_middleware(Politeness)
        before = started.pop(host_name(request.url), None)
        if polite is not None and before is not None:
            pace = polite.pace(request.url)
            pace.not_before = max(pace.not_before, before + pace.crawl_delay)

    started: dict[str, float] = {}
    crawler.signals.connect(opened, signals.spider_opened, weak=False)
    # Connected after the middleware that reads the Crawl-delay, and so told after it.
    crawler.signals.connect(robots_parsed, signals.robots_parsed, weak=False)
