"""What robots.txt files say, for whoever does not fetch through Scrapy; the rules are those of crawler.robots."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from urllib.parse import urlsplit

from protego import Protego

from crawler.manners import PRODUCT

# RFC 9309, 2.5: at least 500 KiB are read; rules beyond do not count. Bytes.
MAX_READ = 500 * 1024
_TOO_MANY = 429

# Address of a robots.txt → status and body; None where nothing is known of it.
Source = Callable[[str], tuple[int, bytes] | None]


class RobotsBook:
    """Asks its sources in turn for an origin's robots.txt, once each. What none can tell forbids."""

    def __init__(self, sources: Sequence[Source]) -> None:
        self._sources = sources
        self._rules: dict[str, Protego | bool] = {}

    def allows(self, url: str) -> bool:
        """Whether we may ask for an address."""
        rules = self._of(url)
        return rules if isinstance(rules, bool) else bool(rules.can_fetch(url, PRODUCT))

    def crawl_delay(self, url: str) -> float:
        """The Crawl-delay of an address's origin in seconds, 0 where it states none or was never asked for."""
        rules = self._rules.get(_origin(url), False)
        if isinstance(rules, bool):
            return 0.0
        try:
            return max(0.0, float(rules.crawl_delay(PRODUCT) or 0.0))
        except (ValueError, OverflowError):  # crawled text: whatever stands there
            return 0.0

    def _of(self, url: str) -> Protego | bool:
        origin = _origin(url)
        if origin not in self._rules:
            answers = (source(f"{origin}/robots.txt") for source in self._sources)
            self._rules[origin] = _rules(next((answer for answer in answers if answer is not None), None))
        return self._rules[origin]


def _origin(url: str) -> str:
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}"


def _rules(answer: tuple[int, bytes] | None) -> Protego | bool:
    if answer is None or answer[0] >= 500 or answer[0] == _TOO_MANY:
        return False
    status, body = answer
    return Protego.parse(body[:MAX_READ].decode("utf-8", "replace")) if 200 <= status < 300 else True
