"""Fetches each site's home page (through its gateways) and the home pages of its candidate foreign versions."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace

from scrapy.http import Request, Response

from crawler.discovery import candidates, guesses
from crawler.extract.links import onward
from crawler.extract.read import read_page
from crawler.model import Failure, Site
from crawler.recorder import Context
from crawler.spiders.base import Requests, ShardSpider, editions, page_of

# A gateway may lead to a frame set that leads to the home page; more hops than this is a loop.
MAX_HOPS = 4


@dataclass(frozen=True)
class Trail:
    """The site looked at, and the addresses that led to the one asked for."""

    site: Site
    asked: tuple[str, ...]


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
        """Follow a gateway onward; on the home page ask for its candidates, or guess where it names none."""
        site, asked = memory.site, memory.asked
        page = page_of(response, site.base_language)
        hops = [] if page is None or len(asked) > MAX_HOPS else [step.url for step in onward(page)]
        ahead = [url for url in hops if url not in asked]
        trail = Trail(site, (*asked, response.url, *ahead))
        for url in ahead:
            hop = replace(context, url=url, referrer=response.url, depth=context.depth + 1)
            yield self.ask(url, hop, trail)
        if context.version != site.base_language or page is None:
            return
        home = replace(read_page(page), alternates=editions(response, page))
        found = candidates(home, declared=site.versions, site_url=site.url, base=site.base_language)
        linked = [candidate for candidate in found if candidate.how not in ("roster", "widget")]
        if not found and not ahead:
            # A gateway may lead to `/zh-cn/`, whose siblings the site's bare address does not suggest.
            tried = tuple(guess for url in (site.url, response.url) for guess in guesses(url, site.base_language))
            linked = list({candidate.url: candidate for candidate in tried}.values())
        for candidate in linked:
            wanted = Context(site.id, candidate.language, "candidate", candidate.url, 0, response.url, candidate.anchor)
            yield self.ask(candidate.url, wanted, Trail(site, (candidate.url,)))

    def on_failure(self, context: Context, memory: Trail, failure: Failure) -> Requests:
        """Nothing follows a failed fetch; it is recorded."""
        return iter(())
