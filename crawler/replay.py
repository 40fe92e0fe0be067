"""What a round answers by itself: the answers and failures that it has on record already."""

from __future__ import annotations

from collections import Counter

from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes

from crawler.archive.index import Archive
from crawler.archive.passes import newest_id
from crawler.failures import CUT_OFF, GivenUp
from crawler.model import PEEKED, Capture, Failure

Key = tuple[str, str, bool]  # (site id, address, whether the beginning of an answer is enough)


class FailedBefore(GivenUp):
    """A fetch that failed before the round was interrupted; it is on record."""


class Replay:
    """The captures of a round as answers. Those after the id `since` belong to the pass.

    `tried_again` are the statuses after which a fetch is tried again.
    """

    def __init__(self, archive: Archive, round_name: str, since: int, tried_again: frozenset[int]) -> None:
        self._archive = archive
        self._round = round_name
        self._since = since
        self._before = newest_id(archive)  # captures up to here are an earlier process's
        self._tried_again = tried_again
        self._given: Counter[Key] = Counter()

    def answer(self, key: Key) -> Capture | None:
        """The newest settled answer; else what came earlier in the pass, in its turn; else None: ask the site."""
        site_id, url, peeking = key
        attempts = self._archive.attempts(self._round, site_id, url)
        # A whole page will do where its beginning is asked for; never the other way round.
        own = [capture for capture in attempts if (capture.purpose in PEEKED) == peeking]
        settled = [capture for capture in (attempts if peeking else own) if self.is_settled(capture)]
        if settled:
            return settled[-1]
        earlier = [capture for capture in own if self._is_earlier(capture)]
        if self._given[key] >= len(earlier):
            return None
        self._given[key] += 1
        return earlier[self._given[key] - 1]

    def is_settled(self, capture: Capture) -> bool:
        """Whether an answer stands for the rest of the round; others may be asked for again."""
        status = capture.status
        if capture.failure is not None or status is None or capture.failure_note == CUT_OFF:
            return False
        return status < 500 and status not in self._tried_again

    def has_failed(self, key: Key, kind: Failure) -> bool:
        """Whether an earlier process of this pass has this failure on record."""
        site_id, url, peeking = key
        attempts = self._archive.attempts(self._round, site_id, url)
        return any(
            self._is_earlier(capture) and capture.failure is kind and (capture.purpose in PEEKED) == peeking
            for capture in attempts
        )

    def _is_earlier(self, capture: Capture) -> bool:
        return self._since < capture.id <= self._before


def response_again(url: str, capture: Capture, body: bytes, flag: str) -> Response:
    """The archived answer as Scrapy gave it when it came, marked with `flag`."""
    headers = Headers()
    for name, value in capture.headers:
        headers.appendlist(name, value)
    flags = [flag, "dataloss"] if capture.failure_note == CUT_OFF else [flag]
    assert capture.status is not None, "a failure is no answer"
    kind = responsetypes.from_args(headers=headers, url=url, body=body)
    return kind(url=url, status=capture.status, headers=headers, body=body, flags=flags)
