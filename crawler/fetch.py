"""Fetches single pages to look at, with the same manners and guard as a crawl; nothing is archived."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Any

import scrapy
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Request, Response
from twisted.python.failure import Failure as TwistedFailure

from crawler.failures import failure_of_exception
from crawler.manners import Manners
from crawler.settings import scrapy_settings, use_proxy, without_archive


@dataclass(frozen=True)
class Fetched:
    """What came of one address: a body, or why there is none (`problem`)."""

    asked: str
    url: str
    body: bytes = b""
    content_type: str | None = None
    problem: str = ""


class PagesSpider(scrapy.Spider):
    """Asks for each address once."""

    name = "pages"

    def __init__(self, urls: Sequence[str], found: list[Fetched], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.urls = urls
        self.found = found

    async def start(self) -> AsyncIterator[Request]:
        """Ask for every address."""
        for url in self.urls:
            meta = {"handle_httpstatus_all": True}
            yield Request(url, self._came, errback=self._failed, meta=meta, cb_kwargs={"asked": url}, dont_filter=True)

    def _came(self, response: Response, asked: str) -> None:
        kind = response.headers.get("Content-Type")
        problem = "" if response.status < 400 else f"answered {response.status}"
        content_type = kind.decode("latin-1") if kind else None
        self.found.append(Fetched(asked, response.url, response.body, content_type, problem))

    def _failed(self, failure: TwistedFailure) -> None:
        asked = failure.request.cb_kwargs["asked"]  # type: ignore[attr-defined]
        assert failure.value is not None
        kind, note = failure_of_exception(failure.value)
        self.found.append(Fetched(asked, asked, problem=f"{kind.value}: {note}"))


def fetch_pages(urls: Sequence[str], manners: Manners) -> list[Fetched]:
    """Fetch pages, in the order asked. Once a process: a reactor does not restart."""
    use_proxy(manners)
    found: list[Fetched] = []
    settings = without_archive(scrapy_settings(manners, log_file=os.devnull))
    process = AsyncCrawlerProcess(settings)
    process.crawl(PagesSpider, urls=list(urls), found=found)
    process.start()
    order = {url: place for place, url in enumerate(urls)}
    return sorted(found, key=lambda page: order[page.asked])
