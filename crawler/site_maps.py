"""Where a site's maps lie: those that robots.txt names, else the usual place; a few, and only when links ran out."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from urllib.parse import urljoin

# Files asked for a site at most, robots.txt of its hosts among them (those are in the archive already).
MOST_FILES = 8


class SiteMaps:
    """The files to ask for, each once, in the order named."""

    def __init__(self, homes: Iterable[str]) -> None:
        self._waiting: deque[str] = deque()
        self._named: set[str] = set()
        self.name(urljoin(home, "/robots.txt") for home in homes)

    def name(self, urls: Iterable[str]) -> None:
        """Note files to ask for."""
        for url in urls:
            if url not in self._named and len(self._named) < MOST_FILES:
                self._named.add(url)
                self._waiting.append(url)

    def pop(self) -> str | None:
        """Take the next file's address, or None."""
        return self._waiting.popleft() if self._waiting else None
