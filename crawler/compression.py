"""Bodies unpacked for the spiders by the same function that reads them back from the archive.

So both see the same page, whatever a server claims: a body that is not packed as its header says is read as it is,
and nothing is asked for in a packing that the archive cannot undo.
"""

from __future__ import annotations

from scrapy.http import Request, Response
from scrapy.responsetypes import responsetypes

from crawler.archive.packing import ACCEPTED, MAX_BODY, TOO_LARGE, unpack
from crawler.failures import GivenUp
from crawler.model import Failure


class Compression:
    """Undoes Content-Encoding. Stands above the recorder, which keeps the body as it came."""

    def process_request(self, request: Request) -> None:
        """Say what we can unpack."""
        request.headers.setdefault("Accept-Encoding", ACCEPTED)

    def process_response(self, request: Request, response: Response) -> Response:
        """Unpack an answer. Raises GivenUp for one that is larger than we store."""
        stated = b", ".join(response.headers.getlist("Content-Encoding")).decode("latin-1")
        if not stated or request.method == "HEAD" or not response.body:
            return response
        body = unpack(response.body, stated)
        if len(body) >= MAX_BODY:
            raise GivenUp(Failure.TOO_LARGE, TOO_LARGE)
        headers = response.headers.copy()
        del headers["Content-Encoding"]
        kind = responsetypes.from_args(headers=headers, url=response.url, body=body)
        return response.replace(cls=kind, headers=headers, body=body)
