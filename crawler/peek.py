"""Answers of which only the beginning is fetched: a link is tried and a file is looked at, nobody reads them.

A GET that ends early, not a HEAD: it is what a reader's click would be answered, while servers answer HEAD as they
like. The beginning tells a file from a page that apologises for it.
"""

from __future__ import annotations

from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import StopDownload
from scrapy.http import Request, Response

from crawler.model import PEEKED
from crawler.recorder import CONTEXT, CUT

BEGINNING = 4096  # bytes
_CAME = "waiwen_came"


class Peek:
    """Ends the download of such an answer after BEGINNING bytes, always the same ones however they come."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Peek:
        """Build it; it hears of every piece of a body."""
        peek = cls()
        crawler.signals.connect(peek.bytes_received, signals.bytes_received)
        return peek

    def process_request(self, request: Request) -> None:
        """Ask for the body unpacked, and for files of any size: no more than their beginning comes."""
        if _is_peek(request):
            request.headers["Accept-Encoding"] = b"identity"
            request.meta["download_maxsize"] = 0
            request.meta[_CAME] = 0

    def bytes_received(self, data: bytes, request: Request) -> None:
        """Raise StopDownload when enough has come."""
        if _CAME in request.meta:
            request.meta[_CAME] += len(data)
            if request.meta[_CAME] > BEGINNING:
                raise StopDownload(fail=False)

    def process_response(self, request: Request, response: Response) -> Response:
        """Cut the body to its beginning."""
        if request.meta.pop(_CAME, None) is None or len(response.body) <= BEGINNING:
            return response
        return response.replace(body=response.body[:BEGINNING], flags=[*response.flags, CUT])


def _is_peek(request: Request) -> bool:
    context = request.meta.get(CONTEXT)
    return context is not None and context.purpose in PEEKED
