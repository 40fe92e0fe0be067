"""Which fetch is tried once more: where a moment's fault can explain it, and never where asking again is rude.

When the next try starts is the host's pace (crawler.pace): a Retry-After is waited for, and a host that
failed is left alone for longer.
"""

from __future__ import annotations

from datetime import UTC, datetime

from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.http import Request, Response
from scrapy.utils.response import response_status_message

from crawler.answers import is_cut_off
from crawler.blocked import blocked_reason
from crawler.failures import GivenUp, failure_of_exception
from crawler.model import Failure
from crawler.pace import retry_after_seconds
from crawler.recorder import ARCHIVED

# A name that does not resolve, a certificate that does not fit and a block stay what they are.
WORTH_ANOTHER_TRY = frozenset({Failure.TIMEOUT, Failure.NO_ANSWER, Failure.REFUSED})
_TOO_MANY = 429


class Retry(RetryMiddleware):
    """Tries failed fetches again, RETRY_TIMES at most."""

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """Try again a server's error, a rate limit that says when to come back, and a page that broke off."""
        if ARCHIVED in response.flags or not self._may_pass(response):
            return response
        return self._retry(request, response_status_message(response.status)) or response

    def process_exception(self, request: Request, exception: Exception) -> Request | None:  # type: ignore[override]
        """Try again where no answer came; an answer that is too large, or refused by us, is not asked for again."""
        if isinstance(exception, GivenUp):
            return None
        if isinstance(exception, GivenUp):
            return None
        kind, _ = failure_of_exception(exception)
        return self._retry(request, exception) if kind in WORTH_ANOTHER_TRY else None

    def _may_pass(self, response: Response) -> bool:
        if response.status == _TOO_MANY:
            return self._comes_back_in_time(response)
        if response.status in self.retry_http_codes:
            headers = tuple((k.decode("latin-1"), b"".join(v).decode("latin-1")) for k, v in response.headers.items())
            return blocked_reason(response.status, headers, response.body[:20_000].decode("latin-1")) is None
        return "dataloss" in response.flags and is_cut_off(response.body)

    def _comes_back_in_time(self, response: Response) -> bool:
        """A pause longer than we keep means: not in this run."""
        stated = (response.headers.get("Retry-After") or b"").decode("latin-1")
        pause = retry_after_seconds(stated, datetime.now(UTC)) if stated else 0.0
        return pause is not None and pause <= self.crawler.settings["WAIWEN_MANNERS"].max_pause
