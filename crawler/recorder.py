"""The downloader middleware closest to the wire: archives every answer, and gives again what the round has already.

It stands below decompression and redirects, so it sees raw bytes and every hop. Because a round's own
answers are given again without a download (and so without a delay), starting an interrupted round anew
goes through the same steps and fetches only what is missing.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import UTC, datetime

from scrapy.crawler import Crawler
from scrapy.http import Request, Response
from scrapy.responsetypes import responsetypes
from twisted.web.http import RESPONSES

from crawler.archive.index import Archive
from crawler.archive.warc import Exchange, WarcFile, file_sha256
from crawler.failures import failure_of_exception
from crawler.manners import PRODUCT, VERSION
from crawler.model import Capture

# Request.meta key under which a spider says what a request is for.
CONTEXT = "waiwen"
# Response flag of an answer that came from the archive.
ARCHIVED = "waiwen-archived"


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
    """Writes this worker's WARC file and the index. `crawler.waiwen_archive` and `.waiwen_round` must be set."""

    def __init__(self, archive: Archive, round_name: str, file_stem: str) -> None:
        self.archive = archive
        self.round = round_name
        self.file_stem = file_stem
        self._file: WarcFile | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Recorder:
        """Build from the spider's job; the spider finds it as `spider.recorder`."""
        spider = crawler.spider
        recorder = cls(spider.archive, spider.job.round, f"{spider.job.round}-{spider.job.name}")  # type: ignore[union-attr]
        spider.recorder = recorder  # type: ignore[union-attr]
        return recorder

    def process_request(self, request: Request) -> Response | None:
        """Give the archive's answer where this round has one already."""
        context: Context = request.meta.get(CONTEXT, Context())
        request.meta["waiwen_started"] = time.monotonic()
        known = self.archive.answer_to(self.round, context.site_id, request.url)
        if known is None or known.status is None or known.status >= 500:
            return None
        body = self.archive.raw_body(known)
        headers = {name: known_values(known, name) for name, _ in known.headers}
        kind = responsetypes.from_args(url=request.url, body=body)
        return kind(url=request.url, status=known.status, headers=headers, body=body, flags=[ARCHIVED])

    def process_response(self, request: Request, response: Response) -> Response:
        """Archive an answer that was downloaded."""
        if ARCHIVED in response.flags:
            return response
        context: Context = request.meta.get(CONTEXT, Context())
        exchange = Exchange(
            url=response.url,
            method=request.method,
            request_headers=_headers(request),
            status=response.status,
            reason=RESPONSES.get(response.status, b"").decode("latin-1"),
            headers=_headers(response),
            body=response.body,
            fetched=datetime.now(UTC),
            ip=str(response.ip_address) if response.ip_address else None,
        )
        address = self._open_file().append(exchange)
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
                depth=context.depth,
                referrer=context.referrer,
                anchor=context.anchor,
            )
        )
        return response

    def record_failure(self, request: Request, fault: BaseException) -> Capture:
        """Index a fetch that gave no answer."""
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
        self.archive.add_capture(capture)
        return capture

    def _open_file(self) -> WarcFile:
        """Open this attempt's file at its first record; names count up, no file is written to twice."""
        if self._file is None:
            folder = self.archive.folder
            folder.mkdir(parents=True, exist_ok=True)
            attempt = 1
            while (folder / f"{self.file_stem}-{attempt:03d}.warc.gz").exists():
                attempt += 1
            path = folder / f"{self.file_stem}-{attempt:03d}.warc.gz"
            self.archive.open_file(self.round, path.name)
            self._file = WarcFile(path, f"{PRODUCT}/{VERSION}")
        return self._file

    def close(self) -> None:
        """Close the file and note its count, size and digest, so that a later cut is noticed."""
        if self._file is None:
            return
        self._file.close()
        path = self._file.path
        self.archive.close_file(
            path.name, records=self._file.records, size=path.stat().st_size, sha256=file_sha256(path)
        )
        self._file = None


def known_values(capture: Capture, name: str) -> list[str]:
    """All values of a header of an archived answer."""
    return [value for key, value in capture.headers if key == name]


def _headers(message: Request | Response) -> tuple[tuple[str, str], ...]:
    return tuple(
        (name.decode("latin-1"), value.decode("latin-1"))
        for name, values in message.headers.items()
        for value in values
    )
