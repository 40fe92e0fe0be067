"""Fetches a site's Chinese version and its real foreign ones, a page budget each."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass

from scrapy.http import Request, Response

from crawler.extract.links import alternates, links, onward
from crawler.frontier import Address, SiteFrontier
from crawler.recorder import Context
from crawler.spiders.base import Requests, ShardSpider, page_of


@dataclass(frozen=True)
class Turn:
    """A site's frontier, and the address whose answer is awaited."""

    frontier: SiteFrontier
    entry: Address


class SiteSpider(ShardSpider[Turn]):
    """One request a site at a time; what each page links to decides the next."""

    name = "site"

    async def start(self) -> AsyncIterator[Request]:
        """Start every site of the shard."""
        for task in self.job.tasks:
            frontier = SiteFrontier(task, self.job.manners.max_pages)
            for request in self._next(frontier):
                yield request

    def on_page(self, response: Response, context: Context, memory: Turn) -> Requests:
        """Learn a page's links, then ask for the next page of the site."""
        frontier, entry = memory.frontier, memory.entry
        page = page_of(response)
        version = frontier.versions[entry.language]
        version.came(failed=page is None and response.status not in (404, 410))
        if page is not None and (response.url == entry.url or not version.known(response.url)):
            for step in onward(page):
                if step.url != response.url and frontier.owner(step.url) == entry.language:
                    version.add(step.url, referrer=response.url, anchor="", depth=entry.depth, place="onward")
            frontier.learn(response.url, entry.depth, links(page), alternates(page))
        yield from self._next(frontier)

    def on_failure(self, context: Context, memory: Turn) -> Requests:
        """Count the failure, then ask for the next page of the site."""
        memory.frontier.versions[memory.entry.language].came(failed=True)
        yield from self._next(memory.frontier)

    def _next(self, frontier: SiteFrontier) -> Requests:
        entry = frontier.next()
        site_id = frontier.task.site.id
        if entry is None:
            for language, version in frontier.versions.items():
                self.archive.replace_left_out(self.job.round, site_id, language, version.finish())
            return
        purpose = "home" if entry.depth == 0 and not entry.referrer else "page"
        context = Context(site_id, entry.language, purpose, entry.url, entry.depth, entry.referrer, entry.anchor)
        yield self.ask(entry.url, context, Turn(frontier, entry))
