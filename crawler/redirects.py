"""Redirects followed hop by hop, each archived; circles and endless chains end with a sentence."""

from __future__ import annotations

from scrapy.downloadermiddlewares.redirect import BaseRedirectMiddleware
from scrapy.http import Request, Response

from crawler.answers import is_redirect, redirect_target
from crawler.blocked import REDIRECTS
from crawler.failures import GivenUp
from crawler.model import Failure


class Redirects(BaseRedirectMiddleware):
    """Follows `Location`, for every request: our spiders take answers of any status, which Scrapy's own
    middleware takes for a wish to see the redirects, too.

    A redirect that leads to no web page (`javascript:`, `file:`) is an answer, not a hop.
    """

    def process_response(self, request: Request, response: Response) -> Request | Response:
        """Return the next hop's request, or the answer itself. Raises GivenUp for a circle."""
        location = (response.headers.get("Location") or b"").decode("latin-1")
        target = redirect_target(request.url, location)
        if request.meta.get("dont_redirect") or not is_redirect(response.status) or target is None:
            return response
        before = (*request.meta.get("redirect_urls", ()), request.url)
        if target in before:
            raise GivenUp(Failure.OTHER, f"{REDIRECTS} in a circle, back to {target}")
        if len(before) > self.max_redirect_times:
            raise GivenUp(Failure.OTHER, f"{REDIRECTS} more than {self.max_redirect_times} times")
        return self._redirect(self._build_redirect_request(request, response, url=target), request, response.status)

    def _engine_started(self) -> None:
        """Look for no Referer middleware: there is none, on purpose."""

    def handle_referer(self, request: Request, response: Response) -> None:
        """Send none."""
        request.headers.pop("Referer", None)
