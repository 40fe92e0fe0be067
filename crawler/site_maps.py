"""Where a site's maps lie: those that robots.txt names, else the usual place; a few, and only when links ran out."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from urllib.parse import urljoin

from crawler.extract.sitemap import SitemapEntry, child_sitemaps, robots_sitemaps, sitemap_urls
from crawler.scope import host_of, registered_domain

# Files asked for a site at most, robots.txt of its hosts among them (those are in the archive already).
MOST_FILES = 8


class SiteMaps:
    """The files to ask for, each once, in the order named. `domains` are the site's registered domains."""

    def __init__(self, homes: Iterable[str], domains: Iterable[str]) -> None:
        self._domains = frozenset(domains)
        self._waiting: deque[str] = deque()
        self._named: set[str] = set()
        self._name(urljoin(home, "/robots.txt") for home in homes)

    def pop(self) -> str | None:
        """Take the next file's address, or None."""
        return self._waiting.popleft() if self._waiting else None

    def read(self, url: str, body: bytes) -> tuple[SitemapEntry, ...]:
        """Return the pages that a file lists, none for a robots.txt or an index; note the files that these name.

        A robots.txt that names none of the site's own, or is not there (an empty body), leaves the usual place.
        """
        if is_robots(url):
            named = robots_sitemaps(body, url)
            own = [address for address in named if registered_domain(host_of(address)) in self._domains]
            self._name(own or [urljoin(url, "/sitemap.xml")])
            return ()
        children = [child.url for child in child_sitemaps(body, url)]
        self._name(address for address in children if registered_domain(host_of(address)) in self._domains)
        return () if children else sitemap_urls(body, url)

    def _name(self, urls: Iterable[str]) -> None:
        for url in urls:
            if url not in self._named and len(self._named) < MOST_FILES:
                self._named.add(url)
                self._waiting.append(url)


def is_robots(url: str) -> bool:
    """Whether an address is that of a robots.txt."""
    return url.endswith("/robots.txt")
