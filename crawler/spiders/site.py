"""Fetches a site's Chinese version and its real foreign ones, a page budget each."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from functools import partial

from scrapy.http import Request, Response

from crawler.extract.attachments import attachments
from crawler.extract.facts import Alternate
from crawler.extract.features import forms
from crawler.extract.links import links, onward
from crawler.extract.page import Page
from crawler.extract.pagination import scripted_pages
from crawler.extract.row_dates import row_dates
from crawler.frontier import SiteFrontier
from crawler.home_checks import search_check, transport_check
from crawler.lanes import Address, Lane, Spot
from crawler.model import ASIDE, Failure
from crawler.recorder import Context
from crawler.spiders.base import Requests, ShardSpider, editions, map_context, page_of, says_nothing


@dataclass(frozen=True)
class Turn:
    """A site's frontier, and the address whose answer is awaited; None for what is no page of it."""

    frontier: SiteFrontier
    entry: Address | None


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
        if entry is None:
            if context.purpose not in ASIDE:
                frontier.learn_map(context.url, response.body if response.status == 200 else b"")
            yield from self._next(frontier)
            return
        page = page_of(response)
        version = frontier.versions[entry.language]
        version.came(failed=page is None and says_nothing(response))
        if page is not None:
            if response.url == entry.url or not version.known(response.url):
                version.page_came(response.url, response.body)
                _learn(frontier, entry, page, editions(response, page))
            else:
                version.moved(entry, response.url)
        yield from self._next(frontier)

    def on_failure(self, context: Context, memory: Turn, failure: Failure) -> Requests:
        """Count the failure, then ask for the next page of the site."""
        frontier, entry = memory.frontier, memory.entry
        if entry is not None and failure is Failure.ROBOTS:
            frontier.versions[entry.language].forbidden(entry)
        elif entry is not None:
            frontier.versions[entry.language].came(failed=True)
        yield from self._next(frontier)

    def _next(self, frontier: SiteFrontier) -> Requests:
        """Ask for the next page of the site; without one for its maps, and for links to try at the very end."""
        site_id = frontier.task.site.id
        if (entry := frontier.next()) is not None:
            purpose = "home" if entry.depth == 0 and not entry.referrer else "page"
            context = Context(site_id, entry.language, purpose, entry.url, entry.depth, entry.referrer, entry.anchor)
            yield self.ask(entry.url, context, Turn(frontier, entry))
        elif (file := frontier.next_map()) is not None:
            yield self.ask(file, map_context(site_id, file), Turn(frontier, None))
        elif (found := frontier.next_check()) is not None:
            language, check = found
            context = Context(site_id, language, check.purpose, check.url, 0, check.referrer, check.anchor)
            yield self.ask(check.url, context, Turn(frontier, None))
        else:
            for language, version in frontier.versions.items():
                self.archive.replace_left_out(self.job.round, site_id, language, version.finish())


def _learn(frontier: SiteFrontier, entry: Address, page: Page, declared: Sequence[Alternate]) -> None:
    """Note where a page sends its reader by itself, and what it links to."""
    for step in onward(page):
        if step.url != page.url and frontier.owner(step.url) == entry.language:
            ahead = Address(step.url, page.url, "", entry.depth, entry.language, entry.group)
            frontier.versions[entry.language].add(ahead, Spot(Lane.FRONT), exact=True)
    found = (*links(page), *scripted_pages(page))
    frontier.learn(entry, page.url, found, declared, partial(row_dates, page))
    if entry.language != frontier.task.site.base_language:
        frontier.note_checks(entry, page.url, attachments(page), found)
        if entry.depth == 0:
            frontier.note_once(entry, search_check(forms(page), page.url, entry.language, page.decoded.used))
            frontier.note_once(entry, transport_check(page.url))
