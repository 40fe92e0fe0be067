"""Fetches each site's home page (through its gateways) and the home pages of its candidate foreign versions."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass, replace

from scrapy.http import Request, Response

from crawler.discovery import candidates, guesses, mapped
from crawler.extract.links import onward
from crawler.extract.read import read_page
from crawler.extract.sitemap import SitemapEntry
from crawler.model import Candidate, Failure, Site
from crawler.recorder import Context
from crawler.scope import host_of, registered_domain
from crawler.site_maps import SiteMaps
from crawler.spiders.base import Requests, ShardSpider, editions, map_context, page_of

# A gateway may lead to a frame set that leads to the home page; more hops than this is a loop.
MAX_HOPS = 4


@dataclass(frozen=True)
class Trail:
    """The site looked at, the addresses that led to the one asked for, and whether one of them `named` a version.

    `maps` are there while the site's maps are looked through, for a home page at `home` that names no version;
    `entries` are what they declared so far.
    """

    site: Site
    asked: tuple[str, ...]
    named: bool = False
    maps: SiteMaps | None = None
    home: str = ""
    entries: tuple[SitemapEntry, ...] = ()


class DiscoverySpider(ShardSpider[Trail]):
    """A site's home page, then every candidate's, each followed through refreshes, scripts and frames."""

    name = "discovery"

    async def start(self) -> AsyncIterator[Request]:
        """Ask for every site's home page, and for the versions that the roster declares."""
        for task in self.job.tasks:
            site = task.site
            yield self.ask(site.url, Context(site.id, site.base_language, "home", site.url), Trail(site, ()))
            for language, url in site.versions:
                yield self.ask(url, Context(site.id, language, "candidate", url), Trail(site, (url,)))

    def on_page(self, response: Response, context: Context, memory: Trail) -> Requests:
        """Follow a gateway onward; on the home page ask for its candidates, where it has none for the site's maps."""
        if memory.maps is not None:
            body = response.body if response.status == 200 else b""
            yield from self._on_map(context.url, body, memory, memory.maps)
            return
        site, asked = memory.site, memory.asked
        page = page_of(response, site.base_language)
        hops = [] if page is None or len(asked) > MAX_HOPS else [step.url for step in onward(page)]
        ahead = [url for url in hops if url not in asked]
        found: tuple[Candidate, ...] = ()
        at_home = context.version == site.base_language
        if at_home and page is not None:
            home = replace(read_page(page), alternates=editions(response, page))
            found = candidates(home, declared=site.versions, site_url=site.url, base=site.base_language)
        trail = Trail(site, (*asked, response.url, *ahead), named=memory.named or bool(found))
        for url in ahead:
            hop = replace(context, url=url, referrer=response.url, depth=context.depth + 1)
            yield self.ask(url, hop, trail)
        yield from self._try((c for c in found if c.how not in ("roster", "widget")), site, response.url)
        if at_home and page is not None and not trail.named and not ahead:
            maps = SiteMaps([response.url], (registered_domain(host_of(url)) for url in (site.url, response.url)))
            robots = maps.pop()
            assert robots is not None
            yield self.ask(robots, map_context(site.id, robots), Trail(site, (), maps=maps, home=response.url))

    def on_failure(self, context: Context, memory: Trail, failure: Failure) -> Requests:
        """Nothing follows a failed fetch but the next map; it is recorded."""
        if memory.maps is not None:
            yield from self._on_map(context.url, b"", memory, memory.maps)

    def _on_map(self, url: str, body: bytes, memory: Trail, maps: SiteMaps) -> Requests:
        """Ask for the next map; after the last one for what they declare, else guess."""
        entries = (*memory.entries, *(entry for entry in maps.read(url, body) if entry.alternates))
        file = maps.pop()
        if file is not None:
            site_id = memory.site.id
            yield self.ask(file, map_context(site_id, file), replace(memory, entries=entries))
        elif listed := mapped(entries, memory.site.url, memory.site.base_language):
            yield from self._try(listed, memory.site, url)
        else:
            # A gateway may lead to `/zh-cn/`, whose siblings the site's bare address does not suggest.
            site = memory.site
            tried = (guess for home in (site.url, memory.home) for guess in guesses(home, site.base_language))
            yield from self._try({guess.url: guess for guess in tried}.values(), site, memory.home)

    def _try(self, found: Iterable[Candidate], site: Site, source: str) -> Requests:
        """Ask for the home pages of candidates that stand on `source`."""
        for candidate in found:
            wanted = Context(site.id, candidate.language, "candidate", candidate.url, 0, source, candidate.anchor)
            yield self.ask(candidate.url, wanted, Trail(site, (candidate.url,)))
