"""What both spiders share: requests that say what they are for, pages read for links, failures recorded."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

import scrapy
from scrapy.http import Request, Response
from twisted.python.failure import Failure as TwistedFailure

from crawler.answers import is_html
from crawler.archive.index import Archive
from crawler.blocked import blocked_reason
from crawler.extract.page import Page
from crawler.job import Job
from crawler.recorder import CONTEXT, Context, Recorder

Requests = Iterator[Request]
Memory = TypeVar("Memory")


class ShardSpider(scrapy.Spider, ABC, Generic[Memory]):
    """A spider over a job's sites. What it must know when an answer comes travels with the request as `Memory`."""

    recorder: Recorder

    def __init__(self, job: Job, archive: Archive, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.job = job
        self.archive = archive

    def ask(self, url: str, context: Context, memory: Memory) -> Request:
        """Build a request; `memory` comes back with its answer."""
        return Request(
            url,
            callback=self._answered,
            errback=self._failed,
            meta={CONTEXT: context, "handle_httpstatus_all": True},
            cb_kwargs={"memory": memory},
            dont_filter=True,
        )

    def _answered(self, response: Response, memory: Memory) -> Requests:
        yield from self.on_page(response, response.meta[CONTEXT], memory)

    def _failed(self, failure: TwistedFailure) -> Requests:
        request: Request = failure.request  # type: ignore[attr-defined]
        assert failure.value is not None
        self.recorder.record_failure(request, failure.value)
        yield from self.on_failure(request.meta[CONTEXT], request.cb_kwargs["memory"])

    @abstractmethod
    def on_page(self, response: Response, context: Context, memory: Memory) -> Requests:
        """Handle an answer of any status."""

    @abstractmethod
    def on_failure(self, context: Context, memory: Memory) -> Requests:
        """Handle a fetch that gave no answer; it is recorded already."""

    def closed(self, reason: str) -> None:
        """Close the WARC file."""
        self.logger.info("closed: %s", reason)
        if hasattr(self, "recorder"):
            self.recorder.close()


def page_of(response: Response) -> Page | None:
    """The answer as a page to read, or None where it is no HTML page, an error or a block."""
    kind = (response.headers.get("Content-Type") or b"").decode("latin-1")
    if response.status != 200 or not is_html(kind, response.body):
        return None
    page = Page(response.body, response.url, fetched=datetime.now(UTC), content_type=kind or None)
    headers = tuple((k.decode("latin-1"), b"".join(v).decode("latin-1")) for k, v in response.headers.items())
    return None if blocked_reason(response.status, headers, page.decoded.text[:20_000]) else page
