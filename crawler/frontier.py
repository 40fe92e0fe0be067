"""Which page next: the addresses of one site's versions, under a page budget each.

One request a site is outstanding at a time and versions take turns, so the order, and with it what a
budget lets in, depends on the pages alone and never on how fast they came.

A version's pages come in this order: its home page and what that leads on to; the counterpart of a page that
another version just gave, so that both are seen over the same pages; columns by what they are about, and in turn
with them articles, a column after the other, the newest first; what only footers link to; what only a site
map names. A budget of a few dozen pages thus touches every kind of column and the newest of each.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from functools import lru_cache
from hashlib import blake2b

from crawler.duplicates import DuplicateWatch
from crawler.extract.columns import column_type
from crawler.extract.facts import Alternate, Link
from crawler.extract.offers import Attachment
from crawler.job import SiteTask, Target
from crawler.lanes import HOME, Address, Lane, Lanes, Spot
from crawler.left_out import BUDGET, DUPLICATE, GAVE_UP, OUT_OF_SCOPE, ROBOTS, TRAP, LeftOut
from crawler.link_checks import Check, LinkChecks
from crawler.scope import host_of, owner_of, page_key, path_of_key, registered_domain
from crawler.site_maps import SiteMaps
from crawler.traps import PatternCounter, is_document, trap_reason

# A version that fails this often in a row is left alone: asking on would be rude and tells nothing new.
FAILURES_IN_A_ROW = 8
# Addresses that wait for a version at most; more are only counted. Ten for each page that the budget allows
# leave the order its choice, and memory stays bounded whatever a site makes up.
FEWEST_WAITING = 1_000
WAITING_A_PAGE = 10
# Addresses that a site remembers having looked at; beyond, looking again costs a little time.
MOST_SEEN = 50_000
ANCHOR = 200  # characters of a link's text that are kept

Dates = Callable[[Collection[str]], Mapping[str, date]]


def no_dates(urls: Collection[str]) -> Mapping[str, date]:
    """Tell no address's date."""
    return {}


@lru_cache(maxsize=16_384)  # a site's menus come again on each of its pages
def _digest(text: str) -> bytes:
    """Eight bytes in a text's place: sets of them stay small, and two texts never meet in practice."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()


class VersionFrontier:
    """The addresses of one version: known, waiting, and left out with the reason."""

    def __init__(self, target: Target, max_pages: int) -> None:
        self.target = target
        self.budget = max_pages
        self.left_out = LeftOut()
        self._spared = max_pages
        self._most_waiting = max(FEWEST_WAITING, WAITING_A_PAGE * max_pages)
        self._known: set[bytes] = set()
        self._twins: set[bytes] = set()
        self._folders: dict[str, str] = {}
        self._lanes = Lanes()
        self._patterns = PatternCounter()
        self._duplicates = DuplicateWatch()
        self._failures = 0
        self.checks = LinkChecks()
        self.add(Address(target.home, "", "", 0, target.language), Spot(Lane.FRONT))

    def add(self, address: Address, spot: Spot, *, exact: bool = False) -> None:
        """Note an address, once; traps are left out.

        A gateway may lead from a folder to its own index file: that is another page, so it is known by its
        `exact` address.
        """
        url = address.url
        key = page_key(url)
        name = _digest(url if exact else key)
        if name in self._known:
            return
        if len(self._lanes) >= self._most_waiting and spot.lane is not Lane.FRONT:
            self.left_out.note(url, BUDGET, "too many addresses were waiting")
            return
        self._known.add(name)
        trap = trap_reason(url) or self._patterns.reason(url)
        if trap:
            self.left_out.note(url, TRAP, trap)
            return
        path = _digest(path_of_key(key, self.target.scope))
        self._lanes.add(address, Spot(Lane.FRONT) if path in self._twins else spot, path)

    def add_link(self, link: Link, entry: Address, page_url: str, dated: date | None) -> None:
        """Note a link of a page; where on the page it stands and what it is called settle its lane.

        The menu of a home page leads to columns, and so does what bears a column's name there. What a column's
        page links to lies under that column, and what a home page links to under the column of its folder.
        """
        kind = column_type(link.anchor[:ANCHOR]) if entry.depth == 0 and dated is None else None
        folder = self._folder(link.url)
        if link.place == "footer":
            spot, group = Spot(Lane.FOOTERS), entry.group
        elif entry.depth == 0 and dated is None and (link.place == "nav" or kind not in (None, "home")):
            spot, group = Spot(Lane.COLUMNS, kind), link.url
            self._folders.setdefault(folder, group)
        else:
            spot = Spot(Lane.ARTICLES, dated=dated, in_menu=link.place == "nav")
            group = entry.group if entry.depth else self._folders.get(folder, HOME)
        anchor = link.anchor[:ANCHOR]
        self.add(Address(link.url, page_url, anchor, entry.depth + 1, self.target.language, group), spot)

    def add_counterpart(self, url: str, tag: str, entry: Address, page_url: str) -> None:
        """Note what a page of another version declares to be itself in this one: it comes next."""
        self.add(Address(url, page_url, tag[:ANCHOR], entry.depth, self.target.language), Spot(Lane.FRONT))
        self._lanes.prefer(self._path(url))

    def twin_came(self, path: bytes) -> None:
        """Let the page of this path come next, now or when it is found: another version gave its own."""
        self._twins.add(path)
        self._lanes.prefer(path)

    def path_of(self, url: str) -> bytes | None:
        """What a page's address shares with those of its counterparts; None for a home page."""
        path = path_of_key(page_key(url), self.target.scope)
        return _digest(path) if path else None

    def known(self, url: str) -> bool:
        """Whether an address is known already; marks it known (a redirect's end is not fetched again)."""
        name = _digest(page_key(url))
        seen = name in self._known
        self._known.add(name)
        return seen

    def pop(self) -> Address | None:
        """Take the next address, or None where there is none or the budget is spent."""
        while self.budget > 0 and (entry := self._lanes.pop()) is not None:
            copies = self._duplicates.reason(entry.url) if entry.referrer else None
            if copies is None:
                self.budget -= 1
                return entry
            self.left_out.note(entry.url, DUPLICATE, copies)
        return None

    def came(self, *, failed: bool) -> None:
        """Count failures in a row; too many and nothing more is asked of this version."""
        self._failures = self._failures + 1 if failed else 0
        if self._failures >= FAILURES_IN_A_ROW:
            self.checks = LinkChecks()
            self._give_up(GAVE_UP, f"after {self._failures} failures in a row")

    def page_came(self, url: str, body: bytes) -> None:
        """Note a page's body, so that a pattern of addresses that all give the same one is stopped."""
        self._duplicates.came(url, body)

    def forbidden(self, entry: Address) -> None:
        """Note a page that robots.txt closes: nothing was asked for, so it takes nothing from the budget."""
        self.left_out.note(entry.url, ROBOTS, "robots.txt asks crawlers not to read it")
        if self._spared > 0:
            self._spared -= 1
            self.budget += 1

    def moved(self, entry: Address, url: str) -> None:
        """Note that an address led to a page that is known already."""
        self.left_out.note(entry.url, DUPLICATE, f"leads to {url[:300]}, which is known already")

    def finish(self) -> dict[str, str]:
        """What was left out, and why, at the end."""
        self._give_up(BUDGET, "the page limit of the version was reached")
        return self.left_out.rows()

    def _give_up(self, kind: str, words: str) -> None:
        for entry in self._lanes.drain():
            self.left_out.note(entry.url, kind, words)
        self.budget = self._spared = 0

    def _path(self, url: str) -> bytes:
        return _digest(path_of_key(page_key(url), self.target.scope))

    def _folder(self, url: str) -> str:
        """The first folder of an address below the version's own; empty for a page that lies in none."""
        folder, slash, _ = path_of_key(page_key(url), self.target.scope).partition("/")
        return folder if slash or url.endswith("/") else ""


class SiteFrontier:
    """The frontiers of one site's versions, taking turns."""

    def __init__(self, task: SiteTask, max_pages: int) -> None:
        self.task = task
        self.versions = {target.language: VersionFrontier(target, max_pages) for target in task.targets}
        self._scopes = (*(target.scope for target in task.targets), *task.others)
        self._domains = frozenset(registered_domain(scope.host) for scope in self._scopes)
        self._seen: set[bytes] = set()
        self._turns = list(self.versions)
        self._maps: SiteMaps | None = None

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

    def learn(
        self,
        entry: Address,
        page_url: str,
        links: Iterable[Link],
        alternates: Iterable[Alternate] = (),
        dates: Dates = no_dates,
    ) -> None:
        """Note what a page links to. `dates` tells the dates of addresses on this page; it is asked for new ones.

        What the page declares as itself in another version comes next there, and so does the page of its path.
        """
        declared = {entry.language}
        for alternate in alternates:
            language = None if is_document(alternate.url) else self.owner(alternate.url)
            # A page has one edition in a language; more than one are a list of links.
            if language is not None and language not in declared:
                declared.add(language)
                self.versions[language].add_counterpart(alternate.url, alternate.hreflang, entry, page_url)
        self._tell_twins(entry.language, page_url)
        new = [(link, language) for link in links if (language := self._owner_of_new(link.url, entry.language))]
        dated = dates([link.url for link, _ in new if link.place == "body"]) if new else {}
        # Menus first: they name the columns under which the other links of a home page are sorted.
        for link, language in sorted(new, key=lambda found: found[0].place != "nav"):
            self.versions[language].add_link(link, entry, page_url, dated.get(link.url))

    def note_checks(self, entry: Address, page_url: str, files: Iterable[Attachment], links: Iterable[Link]) -> None:
        """Note which links of a foreign page may be tried, at the very end."""
        checks = self.versions[entry.language].checks
        checks.note(entry, page_url, files, links, lambda url: self.owner(url) is not None)

    def note_once(self, entry: Address, check: Check | None) -> None:
        """Note what is tried once of a version; it comes last of all."""
        self.versions[entry.language].checks.note_once(check)

    def next_check(self) -> tuple[str, Check] | None:
        """Take the next link to try, with the language of its version; or None."""
        found = ((language, version.checks.pop()) for language, version in self.versions.items())
        return next(((language, check) for language, check in found if check is not None), None)

    def next_map(self) -> str | None:
        """Take the next file to look for site maps in, where a version has run out of links before its budget."""
        short = [version.target.home for version in self.versions.values() if version.budget > 0]
        if not short:
            return None
        if self._maps is None:
            self._maps = SiteMaps(short, self._domains)
        return self._maps.pop()

    def learn_map(self, url: str, body: bytes) -> None:
        """Note what a robots.txt or a site map names, with the day that it gives; its pages come last."""
        assert self._maps is not None
        for entry in self._maps.read(url, body):
            language = None if is_document(entry.url) else self.owner(entry.url)
            if language is not None:
                address = Address(entry.url, url, "", 1, language)
                self.versions[language].add(address, Spot(Lane.SITE_MAP, dated=entry.lastmod))

    def _tell_twins(self, language: str, url: str) -> None:
        path = self.versions[language].path_of(url)
        if path is not None and self.owner(url) == language:
            for other, version in self.versions.items():
                if other != language:
                    version.twin_came(path)

    def _owner_of_new(self, url: str, language: str) -> str | None:
        """The version of an address that was not looked at before; notes those of the site that are of none."""
        name = _digest(url)
        if name in self._seen:
            return None
        if len(self._seen) < MOST_SEEN:
            self._seen.add(name)
        if is_document(url):
            return None
        scope = owner_of(url, self._scopes)
        if scope is not None and scope.language in self.versions:
            return scope.language
        if scope is not None or registered_domain(host_of(url)) in self._domains:
            whose = f"belongs to the version in {scope.language}" if scope else "lies outside of every version"
            self.versions[language].left_out.note(url, OUT_OF_SCOPE, whose)
        return None
