"""Which page next: the addresses of one site's versions, under a page budget each.

One request a site is outstanding at a time and versions take turns, so the order, and with it what a
budget lets in, depends on the pages alone and never on how fast they came.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from dataclasses import dataclass, field

from crawler.extract.facts import Alternate, Link
from crawler.job import SiteTask, Target
from crawler.scope import owner_of, page_key
from crawler.traps import PatternCounter, is_document, trap_reason

# A version that fails this often in a row is left alone: asking on would be rude and tells nothing new.
FAILURES_IN_A_ROW = 8

# The order within a depth: menus lead to columns, bodies to articles, footers to the rest.
_PLACES = {"onward": 0, "alternate": 0, "nav": 1, "body": 2, "footer": 3}


@dataclass(frozen=True, order=True)
class Address:
    """A page to fetch; sorts in the order of fetching."""

    depth: int
    place: int
    order: int
    url: str = field(compare=False)
    referrer: str = field(compare=False)
    anchor: str = field(compare=False)
    language: str = field(compare=False)


class VersionFrontier:
    """The addresses of one version: known, waiting, and left out with the reason."""

    def __init__(self, target: Target, max_pages: int) -> None:
        self.target = target
        self.budget = max_pages
        self.left_out: dict[str, str] = {}
        self._known: set[str] = set()
        self._waiting: list[Address] = []
        self._patterns = PatternCounter()
        self._failures = 0
        self.add(target.home, referrer="", anchor="", depth=0, place="alternate")

    def add(self, url: str, *, referrer: str, anchor: str, depth: int, place: str) -> None:
        """Note an address, once; traps are left out."""
        # A gateway may lead from a folder to its own index file: that is another page, so `onward` goes by address.
        key = url if place == "onward" else page_key(url)
        if key in self._known:
            return
        self._known.add(key)
        reason = trap_reason(url) or self._patterns.reason(url)
        if reason:
            self.left_out[url] = f"trap: {reason}"
            return
        entry = Address(depth, _PLACES[place], len(self._known), url, referrer, anchor, self.target.language)
        heapq.heappush(self._waiting, entry)

    def known(self, url: str) -> bool:
        """Whether an address is known already; marks it known (a redirect's end is not fetched again)."""
        key = page_key(url)
        seen = key in self._known
        self._known.add(key)
        return seen

    def pop(self) -> Address | None:
        """Take the next address, or None where there is none or the budget is spent."""
        if not self._waiting or self.budget <= 0:
            return None
        self.budget -= 1
        return heapq.heappop(self._waiting)

    def came(self, *, failed: bool) -> None:
        """Count failures in a row; too many and nothing more is asked of this version."""
        self._failures = self._failures + 1 if failed else 0
        if self._failures >= FAILURES_IN_A_ROW:
            self.give_up(f"gave up after {self._failures} failures in a row")

    def give_up(self, reason: str) -> None:
        """Leave out all that is still waiting."""
        self.left_out.update((entry.url, reason) for entry in self._waiting)
        self._waiting.clear()
        self.budget = 0

    def finish(self) -> dict[str, str]:
        """What was left out, and why, at the end."""
        self.give_up("budget: the page limit of the version was reached")
        return self.left_out


class SiteFrontier:
    """The frontiers of one site's versions, taking turns."""

    def __init__(self, task: SiteTask, max_pages: int) -> None:
        self.task = task
        self.versions = {target.language: VersionFrontier(target, max_pages) for target in task.targets}
        self._scopes = (*(target.scope for target in task.targets), *task.others)
        self._turns = list(self.versions)

    def next(self) -> Address | None:
        """Take the next address of the version whose turn it is."""
        for _ in range(len(self._turns)):
            language = self._turns.pop(0)
            self._turns.append(language)
            entry = self.versions[language].pop()
            if entry is not None:
                return entry
        return None

    def owner(self, url: str) -> str | None:
        """The language of the crawled version that an address belongs to, or None."""
        scope = owner_of(url, self._scopes)
        return scope.language if scope is not None and scope.language in self.versions else None

    def learn(self, page_url: str, depth: int, links: Iterable[Link], alternates: Iterable[Alternate]) -> None:
        """Note what a page links to. A declared edition in another language stands at the page's own depth,
        so that the two versions are captured over the same pages.
        """
        for alternate in alternates:
            self._note(alternate.url, page_url, alternate.hreflang, depth, "alternate")
        for link in links:
            self._note(link.url, page_url, link.anchor, depth + 1, link.place)

    def _note(self, url: str, referrer: str, anchor: str, depth: int, place: str) -> None:
        language = None if is_document(url) else self.owner(url)
        if language is not None:
            frontier = self.versions[language]
            frontier.add(url, referrer=referrer, anchor=anchor[:200], depth=depth, place=place)
