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
from crawler.extract.facts import Alternate
from crawler.extract.link_header import header_alternates
from crawler.extract.links import alternates
from crawler.extract.page import Page
from crawler.job import Job
from crawler.model import CHINESE, SITE_MAP, Failure
from crawler.politeness import Stopping
from crawler.recorder import CONTEXT, Context, Recorder
from crawler.site_maps import is_robots

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
        if isinstance(failure.value, Stopping):  # never sent: the next run asks for it
            return
        capture = self.recorder.record_failure(request, failure.value)
        assert capture.failure is not None
        yield from self.on_failure(request.meta[CONTEXT], request.cb_kwargs["memory"], capture.failure)

    @abstractmethod
    def on_page(self, response: Response, context: Context, memory: Memory) -> Requests:
        """Handle an answer of any status."""

    @abstractmethod
    def on_failure(self, context: Context, memory: Memory, failure: Failure) -> Requests:
        """Handle a fetch that gave no answer; it is recorded already."""

    def closed(self, reason: str) -> None:
        """Close the WARC file."""
        self.logger.info("closed: %s", reason)
        if hasattr(self, "recorder"):
            self.recorder.close()


def map_context(site_id: str, url: str) -> Context:
    """What a site map, or a robots.txt that may name one, is asked for. A robots.txt is of no site's own: the round
    has it already.
    """
    return Context(url=url) if is_robots(url) else Context(site_id=site_id, purpose=SITE_MAP, url=url)


def says_nothing(response: Response) -> bool:
    """Whether an answer that is no page says nothing of the site: a block or an error, not a file or a dead link."""
    if response.status == 200:
        return is_html(_content_type(response), response.body)
    return response.status not in (404, 410)


def _content_type(response: Response) -> str:
    return (response.headers.get("Content-Type") or b"").decode("latin-1")


def editions(response: Response, page: Page) -> tuple[Alternate, ...]:
    """The editions that a page declares of itself in other languages, in its head and in the `Link` header."""
    header = ", ".join(value.decode("latin-1") for value in response.headers.getlist("Link"))
    return (*alternates(page), *header_alternates(header, page.base_url))


def page_of(response: Response, base_language: str = CHINESE) -> Page | None:
    """The answer as a page to read, or None where it is no HTML page, an error or a block."""
    kind = _content_type(response)
    if response.status != 200 or not is_html(kind, response.body):
        return None
    page = Page(
        response.body, response.url, fetched=datetime.now(UTC), content_type=kind or None, base_language=base_language
    )
    headers = tuple((k.decode("latin-1"), b"".join(v).decode("latin-1")) for k, v in response.headers.items())
    return None if blocked_reason(response.status, headers, page.decoded.text[:20_000]) else page
