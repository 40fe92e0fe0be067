"""Which of a round's captured pages a browser should open: those that show nothing without, home pages, a few more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from crawler.answers import READ, failure_of_answer, is_html
from crawler.archive.index import Archive
from crawler.archive.reading import RENDERED, SiteReader
from crawler.extract.needs_browser import needs_browser
from crawler.extract.page import Page
from crawler.extract.versions import unresolved_switches
from crawler.model import Capture, Site, Verdict
from crawler.scope import page_key

# A page is opened again only for what the first time could not know: its switches, or a fault that may pass.
TRIES = 2
# Pages of a foreign version, beside its home page, that axe-core looks at: each costs the site a visitor's requests.
FURTHER = 3


@dataclass(frozen=True)
class Wanted:
    """A page to open. `capture` is its plain answer.

    `language` is that of the version whose home page it is, empty for other pages. `fill` says that it shows
    nothing without a browser; `switches` are labels of language switches whose address only a click can tell;
    `examine` that axe-core is to look at it.
    """

    capture: Capture
    language: str = ""
    fill: bool = False
    switches: tuple[str, ...] = ()
    examine: bool = False

    @property
    def is_needed(self) -> bool:
        """Whether the document that the browser shows is wanted."""
        return self.fill or bool(self.switches)


class SitePlan:
    """Reads what one site's round holds; see `homes` and `pages`."""

    def __init__(self, archive: Archive, round_name: str, site: Site) -> None:
        self._archive = archive
        self._site = site
        self._round = round_name
        self._reader = SiteReader(archive, round_name, site)
        rendered = [capture for capture in self._reader.captures if capture.purpose == RENDERED]
        self._tries = Counter(page_key(capture.final_url) for capture in rendered)
        self._done = {page_key(capture.final_url) for capture in rendered if capture.failure is None}

    def homes(self, pictured: Collection[str] | None = None) -> Iterator[Wanted]:
        """Home pages of the Chinese and the foreign versions that need a browser, a version once.

        `pictured` are the languages that have a picture already: with it, those without one are wanted, too, and
        foreign ones that axe-core has not looked at.
        """
        wanted = [(self._site.base_language, self._site.url)]
        wanted += [
            (version.language, version.url)
            for version in self._archive.versions(self._round, self._site.id)
            if version.verdict in (Verdict.REAL, Verdict.NOT_CAPTURED)
        ]
        seen: set[str] = set()
        for language, url in wanted:
            home = self._home(language, url)
            if home is None or language in seen:
                continue
            unpictured = pictured is not None and language not in pictured
            examine = pictured is not None and self._is_unexamined(language, home.capture)
            if home.is_needed or unpictured or examine:
                seen.add(language)
                yield replace(home, examine=examine)

    def further(self) -> Iterator[Wanted]:
        """A few pages behind each real foreign home page, in the order of capture, for axe-core to look at."""
        for version in self._archive.versions(self._round, self._site.id):
            if version.verdict is Verdict.REAL:
                own = (c for c in self._reader.captures if c.version == version.language and c.purpose == "page")
                read = [c for c in own if self._reader.answer(c).facts is not None]
                pages = list({page_key(capture.final_url): capture for capture in reversed(read)}.values())[::-1]
                for capture in pages[:FURTHER]:
                    if self._is_unexamined(version.language, capture):
                        yield Wanted(capture, examine=True)

    def _is_unexamined(self, language: str, capture: Capture) -> bool:
        return language != self._site.base_language and capture.final_url not in self._reader.examinations

    def pages(self) -> Iterator[Wanted]:
        """All captured pages that show nothing without a browser, in the order of capture."""
        seen: set[str] = set()
        for capture in self._reader.captures:
            key = page_key(capture.final_url)
            if capture.purpose in (RENDERED, "robots") or key in seen or not self._may_fill(key):
                continue
            seen.add(key)
            page = self._page(capture)
            if page is not None and needs_browser(page):
                yield Wanted(capture, fill=True)

    def _may_fill(self, key: str) -> bool:
        return key not in self._done and self._tries[key] < TRIES

    def _home(self, language: str, url: str) -> Wanted | None:
        answer = self._reader.home(url)
        page = self._page(answer.capture) if answer is not None else None
        if answer is None or page is None:
            return None
        key = page_key(answer.capture.final_url)
        is_shell = answer.facts is None and needs_browser(page) is not None
        if answer.facts is None and not is_shell:
            return None
        found = answer.facts.versions if answer.facts else ()
        may_click = language == self._site.base_language and answer.facts is not None and self._tries[key] < TRIES
        switches = unresolved_switches(page, found) if may_click else ()
        return Wanted(answer.capture, language, is_shell and self._may_fill(key), switches)

    def _page(self, capture: Capture) -> Page | None:
        """The capture as a page, or None where it is a failure, a block, a redirect or no HTML."""
        kind = capture.header("Content-Type") or ""
        if capture.failure is not None or capture.status != 200:
            return None
        body = self._archive.body(capture)
        if not is_html(kind, body):
            return None
        base = self._site.base_language
        page = Page(body, capture.final_url, fetched=capture.fetched, content_type=kind or None, base_language=base)
        return None if failure_of_answer(capture, page.decoded.text[:READ]) else page
