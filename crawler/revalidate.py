"""Conditional requests on later rounds: a page that an earlier round holds is asked for only if it changed.

A downloader middleware between the Recorder and the wire. On a 304 the round gets a capture that stands on
the earlier record, so measuring sees the page; the site has sent a few hundred bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Request, Response

from crawler.archive.revisit import append_revisit, earlier_answer, earlier_rounds, revalidated, validators
from crawler.archive.warc import Exchange
from crawler.certificates import noted
from crawler.errors import ArchiveDamaged
from crawler.model import Capture
from crawler.recorder import ARCHIVED, CONTEXT, Context, Recorder, header_pairs
from crawler.replay import response_again

# Request.meta keys: the earlier capture that a condition rests on, and that no condition is to be set.
_EARLIER = "waiwen_earlier"
_WHOLE = "waiwen_whole"
_CONDITIONS = ("If-None-Match", "If-Modified-Since")


class Revalidator:
    """Sets the conditions, and turns a 304 into the page it speaks of. Without earlier rounds it is not there."""

    def __init__(self, recorder: Recorder, rounds: Sequence[str]) -> None:
        self.recorder = recorder
        self.rounds = rounds

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Revalidator:
        """Build beside the spider's Recorder, which stands above and is built first."""
        recorder: Recorder = crawler.spider.recorder  # type: ignore[union-attr]
        rounds = earlier_rounds(recorder.archive, recorder.round)
        if not rounds:
            raise NotConfigured
        return cls(recorder, rounds)

    def process_request(self, request: Request) -> None:
        """Ask for the page only if it changed, where an earlier round can stand in for it."""
        request.meta.pop(_EARLIER, None)
        for name in _CONDITIONS:  # a redirect carries those of the address before it
            request.headers.pop(name, None)
        if request.method != "GET" or request.meta.get(_WHOLE):
            return
        context: Context = request.meta.get(CONTEXT, Context())
        earlier = earlier_answer(self.recorder.archive, self.rounds, context.site_id, request.url)
        if earlier is not None:
            request.meta[_EARLIER] = earlier
            for name, value in validators(earlier).items():
                request.headers[name] = value.encode("latin-1", "replace")

    def process_response(self, request: Request, response: Response) -> Response | Request:
        """Give the earlier page for a 304; where its record is damaged, ask for the whole page."""
        earlier: Capture | None = request.meta.pop(_EARLIER, None)
        if earlier is None or response.status != 304:
            return response
        try:
            body = self.recorder.archive.raw_body(earlier)
        except ArchiveDamaged:
            return request.replace(meta={**request.meta, _WHOLE: True}, dont_filter=True)
        self._record(request, response, earlier)
        return response_again(request.url, earlier, body, ARCHIVED)

    def _record(self, request: Request, response: Response, earlier: Capture) -> None:
        context: Context = request.meta.get(CONTEXT, Context())
        now = datetime.now(UTC)
        exchange = Exchange(
            url=response.url,
            method=request.method,
            request_headers=header_pairs(request),
            status=304,
            reason="Not Modified",
            headers=header_pairs(response),
            body=b"",
            fetched=now,
            ip=str(response.ip_address) if response.ip_address else None,
        )
        append_revisit(self.recorder.open_file(), exchange, earlier)
        elapsed = round(float(request.meta.get("download_latency", 0.0)), 4)
        capture = revalidated(earlier, round_name=self.recorder.round, fetched=now, elapsed=elapsed)
        self.recorder.archive.add_capture(
            replace(
                capture,
                version=context.version,
                purpose=context.purpose,
                url=context.url or request.url,
                depth=context.depth,
                referrer=context.referrer,
                anchor=context.anchor,
                certificate=noted(context.purpose, response),
            )
        )
