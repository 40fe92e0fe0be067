"""The downloader middleware that archives every answer, and gives again what the round has already.

It stands below decompression and redirects, so it sees raw bytes and every hop. Because a round's own
answers are given again without a download (and so without a delay), starting an interrupted round anew
goes through the same steps and fetches only what is missing. Failures, and answers that are tried again,
are given again only while their pass (crawler.archive.passes) goes on: one after the other, as they came.

Where the disk, the database or the proxy fails, the crawl ends: no page may count as failed for a fault of ours.
"""

from __future__ import annotations

import asyncio
import errno
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.http import Request, Response
from twisted.python.failure import Failure as TwistedFailure
from twisted.web.http import RESPONSES

from crawler.archive.index import Archive
from crawler.archive.warc import Exchange, WarcFile, file_sha256
from crawler.certificates import noted
from crawler.errors import StorageError, WaiwenError
from crawler.failures import ASKS_WHO, BEGINNING_ONLY, CUT_OFF, failure_of_exception, proxy_denies, proxy_fault
from crawler.manners import PRODUCT, VERSION
from crawler.model import PEEKED, Capture
from crawler.pacing import carry_over
from crawler.politeness import Stopping
from crawler.replay import FailedBefore, Key, Replay, response_again

# Request.meta key under which a spider says what a request is for.
CONTEXT = "waiwen"
# Response flag of an answer that came from the archive.
ARCHIVED = "waiwen-archived"
# Response flag of an answer given again in its place in a chain of tries: to be judged as if it came now.
REPLAYED = "waiwen-replayed"
# Response flag of an answer of which no more than the beginning was asked for.
CUT = "waiwen-cut"
_UNDER_WAY = "waiwen_under_way"
# What our own machine runs out of; no site is to blame.
_OUR_ERRNOS = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EMFILE, errno.ENFILE, errno.ENOMEM)


@dataclass(frozen=True)
class Context:
    """What a request is for; the capture keeps it. The defaults are those of a robots.txt."""

    site_id: str = ""
    version: str = ""
    purpose: str = "robots"
    url: str = ""  # what was asked for before any redirect
    depth: int = 0
    referrer: str = ""
    anchor: str = ""


class Recorder:
    """Writes this worker's WARC file and the index; `fault` is what ended its work, if anything did.

    `end` stops the crawl.
    """

    def __init__(
        self,
        archive: Archive,
        round_name: str,
        file_stem: str,
        *,
        replay: Replay,
        end: Callable[[], None] = lambda: None,
        proxy: str = "",
    ) -> None:
        self.archive = archive
        self.round = round_name
        self.file_stem = file_stem
        self.replay = replay
        self.fault: WaiwenError | None = None
        self._end = end
        self._proxy = proxy
        self._under_way: dict[Key, asyncio.Event] = {}
        self._file: WarcFile | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Recorder:
        """Build from the spider's job; the spider finds it as `spider.recorder`."""
        spider = crawler.spider
        job = spider.job  # type: ignore[union-attr]
        tasks = []

        def end() -> None:
            assert crawler.engine is not None
            tasks.append(asyncio.ensure_future(crawler.engine.close_spider_async(reason="storage")))

        tried_again = frozenset(int(status) for status in crawler.settings.getlist("RETRY_HTTP_CODES"))
        replay = Replay(spider.archive, job.round, job.since, tried_again)  # type: ignore[union-attr]
        stem, proxy = f"{job.round}-{job.name}", job.manners.proxy
        recorder = cls(spider.archive, job.round, stem, replay=replay, end=end, proxy=proxy)  # type: ignore[union-attr]
        carry_over(crawler, spider.archive, job.manners)  # type: ignore[union-attr]
        crawler.signals.connect(recorder.spider_error, signals.spider_error)
        spider.recorder = recorder  # type: ignore[union-attr]
        return recorder

    async def process_request(self, request: Request) -> Response | None:
        """Give the archive's answer where this round has one already. Two that ask for the same are one fetch.

        Raises FailedBefore for a fetch that failed in this pass, Stopping where the archive failed.
        """
        request.meta["waiwen_started"] = time.monotonic()
        key = self._key(request)
        while (ahead := self._under_way.get(key)) is not None and ahead is not request.meta.get(_UNDER_WAY):
            await ahead.wait()
        with self._guarded():
            known = self.replay.answer(key)
            body = b"" if known is None or known.failure else self.archive.raw_body(known)
        if known is None:
            self._under_way[key] = request.meta[_UNDER_WAY] = asyncio.Event()
            return None
        if known.failure is not None:
            raise FailedBefore(known.failure, known.failure_note)
        flag = ARCHIVED if self.replay.is_settled(known) else REPLAYED
        return response_again(request.url, known, body, flag)

    def process_response(self, request: Request, response: Response) -> Response:
        """Archive an answer that was downloaded."""
        try:
            if ARCHIVED not in response.flags and REPLAYED not in response.flags:
                with self._guarded():
                    if self._proxy and response.status == ASKS_WHO:
                        raise proxy_denies(self._proxy)
                    self._archive(request, response)
        finally:
            self._release(request)
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Let those go on that wait for the same address."""
        self._release(request)

    def _archive(self, request: Request, response: Response) -> None:
        context: Context = request.meta.get(CONTEXT, Context())
        exchange = Exchange(
            url=response.url,
            method=request.method,
            request_headers=header_pairs(request),
            status=response.status,
            reason=RESPONSES.get(response.status, b"").decode("latin-1"),
            headers=header_pairs(response),
            body=response.body,
            fetched=datetime.now(UTC),
            ip=str(response.ip_address) if response.ip_address else None,
        )
        cut = CUT in response.flags
        address = self.open_file().append(exchange, about={"WARC-Truncated": "length"} if cut else None)
        self.archive.add_capture(
            Capture(
                id=0,
                round=self.round,
                site_id=context.site_id,
                version=context.version,
                purpose=context.purpose,
                url=context.url or request.url,
                final_url=response.url,
                status=response.status,
                fetched=exchange.fetched,
                headers=exchange.headers,
                digest=address.digest,
                warc_file=address.file,
                offset=address.offset,
                length=address.length,
                elapsed=round(float(request.meta.get("download_latency", 0.0)), 4),
                failure_note=BEGINNING_ONLY if cut else CUT_OFF if "dataloss" in response.flags else "",
                depth=context.depth,
                referrer=context.referrer,
                anchor=context.anchor,
                certificate=noted(context.purpose, response),
            )
        )

    def record_failure(self, request: Request, fault: BaseException) -> Capture:
        """Index a fetch that gave no answer, where that is news. Raises Stopping where the fault is ours."""
        with self._guarded():
            if isinstance(fault, WaiwenError) or getattr(fault, "errno", None) in _OUR_ERRNOS:
                raise fault
            if (told := proxy_fault(fault, self._proxy)) is not None:
                raise told
        context: Context = request.meta.get(CONTEXT, Context())
        kind, note = failure_of_exception(fault)
        started = request.meta.get("waiwen_started")
        capture = Capture(
            id=0,
            round=self.round,
            site_id=context.site_id,
            version=context.version,
            purpose=context.purpose,
            url=context.url or request.url,
            final_url=request.url,
            status=None,
            fetched=datetime.now(UTC),
            headers=(),
            digest="",
            warc_file="",
            offset=0,
            length=0,
            elapsed=round(time.monotonic() - started, 4) if started else 0.0,
            failure=kind,
            failure_note=note,
            depth=context.depth,
            referrer=context.referrer,
            anchor=context.anchor,
        )
        with self._guarded():
            if not (isinstance(fault, FailedBefore) or self.replay.has_failed(self._key(request), kind)):
                self.archive.add_capture(capture)
        return capture

    def open_file(self) -> WarcFile:
        """Open this attempt's file at its first record; names count up, no file is written to twice."""
        if self._file is None:
            folder = self.archive.folder
            attempt = 1
            while (folder / f"{self.file_stem}-{attempt:03d}.warc.gz").exists():
                attempt += 1
            path = folder / f"{self.file_stem}-{attempt:03d}.warc.gz"
            self.archive.open_file(self.round, path.name)
            self._file = WarcFile(path, f"{PRODUCT}/{VERSION}")
        return self._file

    def close(self) -> None:
        """Close the file and note its count, size and digest, so that a later cut is noticed.

        What fails here is a `fault`, too: the next start of the round then checks and closes the file.
        """
        if self._file is None:
            return
        file, self._file = self._file, None
        try:
            file.close()
            size = file.path.stat().st_size
            self.archive.close_file(file.path.name, records=file.records, size=size, sha256=file_sha256(file.path))
        except WaiwenError as fault:
            self.fault = self.fault or fault

    def stop(self, fault: WaiwenError) -> None:
        """End the crawl for a fault of our own; nothing more is asked for or recorded."""
        if self.fault is None:
            self.fault = fault
            self._end()
        for waiting in self._under_way.values():
            waiting.set()
        self._under_way.clear()

    def spider_error(self, failure: TwistedFailure) -> None:
        """A callback of the spider met a fault of the archive."""
        if isinstance(failure.value, WaiwenError):
            self.stop(failure.value)

    @contextmanager
    def _guarded(self) -> Iterator[None]:
        """Make a fault of the archive the end of the crawl, and not the failure of a page."""
        if self.fault is not None:
            raise Stopping(str(self.fault))
        try:
            yield
        except (WaiwenError, OSError) as fault:
            words = f"{self.archive.folder}: {fault}. Mend that, then run the same command again: nothing is lost."
            self.stop(fault if isinstance(fault, WaiwenError) else StorageError(words))
            raise Stopping(str(fault)) from fault

    def _key(self, request: Request) -> Key:
        context: Context = request.meta.get(CONTEXT, Context())
        return context.site_id, request.url, context.purpose in PEEKED

    def _release(self, request: Request) -> None:
        mine: asyncio.Event | None = request.meta.pop(_UNDER_WAY, None)
        key = self._key(request)
        if mine is not None and self._under_way.get(key) is mine:
            del self._under_way[key]
            mine.set()


class RobotsFailures:
    """Records a robots.txt that did not come, when its last try has failed; no spider hears of it."""

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RobotsFailures:
        """Build it."""
        return cls(crawler)

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Index the failure."""
        if CONTEXT not in request.meta and not isinstance(exception, Stopping):
            self.crawler.spider.recorder.record_failure(request, exception)  # type: ignore[union-attr]


def header_pairs(message: Request | Response) -> tuple[tuple[str, str], ...]:
    """The headers of a message, as text."""
    return tuple(
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in message.headers.items()
        for value in values
    )
