"""Which links of a foreign version are tried though they are no pages of it: a bounded sample, the same each time.

The files that its pages offer, and where its home page and columns lead out of the site. Whether they answer is
asked once, last of all, with the manners of every other request.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from crawler.extract.facts import Link
from crawler.extract.offers import Attachment
from crawler.lanes import Address
from crawler.model import ATTACHMENT, LINK
from crawler.scope import host_of, registered_domain
from crawler.traps import is_document

MOST_ATTACHMENTS = 10  # tried of a version
MOST_LINKS = 20
LINKS_A_BODY = 3  # to one registered domain, so that nobody is asked often for being linked to
COLUMN_DEPTH = 1  # pages this far from the home page have their links tried
# Registries that every government site points to with a badge: nobody reads them, and they would be asked by all.
_BADGES = ("beian.gov.cn", "beian.miit.gov.cn", "conac.cn", "zfwzgl.www.gov.cn")
_MOST_KEPT = 1000
_ANCHOR = 200  # characters


def may_be_tried(link: Link, depth: int) -> bool:
    """Whether a link of a page this deep may be tried where it leads out of the site.

    What stands in a footer may not, nor badges and registration numbers: they are the same on every page.
    """
    if depth > COLUMN_DEPTH or link.place == "footer" or is_document(link.url):
        return False
    return not f".{host_of(link.url)}".endswith(tuple(f".{host}" for host in _BADGES))


@dataclass(frozen=True)
class Check:
    """A link to try. `purpose` is that of its capture, `referrer` the first page that holds it."""

    url: str
    purpose: str
    referrer: str
    anchor: str


class LinkChecks:
    """The links of one version that may be tried, as its pages come."""

    def __init__(self) -> None:
        self._files: dict[str, tuple[int, Check]] = {}
        self._links: dict[str, tuple[int, Check]] = {}
        self._bodies: Counter[str] = Counter()
        self._once: dict[str, Check] = {}
        self._waiting: list[Check] | None = None

    def note(
        self,
        entry: Address,
        page_url: str,
        files: Iterable[Attachment],
        links: Iterable[Link],
        is_own: Callable[[str], bool],
    ) -> None:
        """Note a page's files and, of a home or column page, what lies outside of the crawled versions."""
        for rank, file in enumerate(files):
            if len(self._files) < _MOST_KEPT:
                self._files.setdefault(file.url, (rank, Check(file.url, ATTACHMENT, page_url, file.anchor[:_ANCHOR])))
        if len(self._links) >= MOST_LINKS:
            return
        for link in links:
            if link.url in self._links or not may_be_tried(link, entry.depth) or is_own(link.url):
                continue
            body = registered_domain(host_of(link.url))
            if self._bodies[body] < LINKS_A_BODY and len(self._links) < MOST_LINKS:
                self._bodies[body] += 1
                self._links[link.url] = (entry.depth, Check(link.url, LINK, page_url, link.anchor[:_ANCHOR]))

    def note_once(self, check: Check | None) -> None:
        """Note what is tried once a version, by its purpose; the first stands."""
        if check is not None:
            self._once.setdefault(check.purpose, check)

    def pop(self) -> Check | None:
        """Take the next to try, or None. Of files the first of every page comes first; nothing is noted afterwards."""
        if self._waiting is None:
            files = sorted(self._files.values(), key=lambda found: found[0])[:MOST_ATTACHMENTS]
            links = [found for found in self._links.values() if found[1].url not in self._files]
            self._waiting = [check for _, check in (*files, *sorted(links, key=lambda found: found[0]))]
            self._waiting += self._once.values()
        return self._waiting.pop(0) if self._waiting else None
