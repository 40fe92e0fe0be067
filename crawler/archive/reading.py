"""A site's captures in one round, read back as facts: the offline side of the archive."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from urllib.parse import urlsplit

from crawler.accessibility import unpacked
from crawler.answers import READ, failure_of_answer, is_html, is_redirect, redirect_target
from crawler.archive.index import Archive
from crawler.archive.packing import MAX_BODY, TOO_LARGE
from crawler.availability import Visit
from crawler.extract.decode import decode
from crawler.extract.facts import PageFacts
from crawler.extract.needs_browser import NEEDS_BROWSER, needs_browser
from crawler.extract.page import Page
from crawler.extract.read import read_page
from crawler.model import ASIDE, AXE, SEARCH, SITE_MAP, Capture, Examination, Failure, Site
from crawler.probes import stored_visits

# A gateway leads on by refresh, script or frame at most this often before it is a loop.
MAX_HOPS = 4
# Menus and forms are read with BeautifulSoup, which is slow: on home and column pages, and where a form is.
MENU_DEPTH = 1
# Purpose of a capture that holds a page's document after its scripts have run.
RENDERED = "rendered"


@dataclass(frozen=True)
class Answer:
    """A capture and what it says: `facts` of an HTML page that answered, else None and why (`failure`)."""

    capture: Capture
    facts: PageFacts | None
    failure: tuple[Failure, str] | None


@dataclass(frozen=True)
class Tried:
    """A link that was tried: its last capture, why it gave nothing (`failure`), and whether a web page answered."""

    capture: Capture
    failure: tuple[Failure, str] | None
    is_page: bool = False


class _Ends:
    """Address → the last answer to it, after its redirects and retries."""

    def __init__(self, captures: Iterable[Capture]) -> None:
        self._asked: dict[str, Capture] = {}
        self._answered: dict[str, Capture] = {}
        for capture in captures:
            known = self._asked.get(capture.url)
            # A failed retry does not undo an answer; a redirect is not the end of one, so what failed behind it is.
            if known is None or capture.failure is None or _is_redirect(known):
                self._asked[capture.url] = capture
            if capture.failure is None:
                self._answered[capture.final_url] = capture

    def of(self, url: str) -> Capture | None:
        """The last answer to an address, or None."""
        capture = self._asked.get(url) or self._answered.get(url)
        hops = 0
        while capture is not None and _is_redirect(capture) and hops < MAX_HOPS * 2:
            # The hop may have been answered from the archive under another name.
            ahead = self._answered.get(_target(capture))
            if ahead is None or ahead.id == capture.id:
                break
            capture, hops = ahead, hops + 1
        return capture


class SiteReader:
    """Reads one site's captures of one round. Every capture is decoded and parsed at most once."""

    def __init__(self, archive: Archive, round_name: str, site: Site) -> None:
        self._archive = archive
        self._round = round_name
        self._site = site
        self._read: dict[int, Answer] = {}

    @cached_property
    def _all(self) -> tuple[Capture, ...]:
        return self._archive.captures(self._round, self._site.id)

    @cached_property
    def captures(self) -> tuple[Capture, ...]:
        """All captures of pages of the site, as they were made: no tried links, searches or site maps."""
        return tuple(capture for capture in self._all if capture.purpose not in (*ASIDE, SITE_MAP))

    @cached_property
    def site_maps(self) -> frozenset[str]:
        """The addresses of the site's maps that were asked for."""
        maps = [capture for capture in self._all if capture.purpose == SITE_MAP]
        return frozenset(url for capture in maps for url in (capture.url, capture.final_url))

    @property
    def files(self) -> tuple[Capture, ...]:
        """The captures, tried links among them, that answered 200 with something that is no HTML page."""
        whole = (c for c in self._all if c.status == 200 and c.failure is None and c.purpose != AXE)
        return tuple(file for file in whole if (kind := file.header("Content-Type")) and "html" not in kind.lower())

    @cached_property
    def _ends(self) -> _Ends:
        return _Ends(self.captures)

    @cached_property
    def _all_ends(self) -> _Ends:
        return _Ends(self._all)

    def end_of(self, url: str) -> Capture | None:
        """The last answer to an address, redirects followed, or None where it was never asked for."""
        return self._ends.of(url)

    def tried(self, url: str) -> Tried | None:
        """What came of trying a link, or None where it was never asked for. Raises ArchiveDamaged."""
        capture = self._all_ends.of(url)
        if capture is None:
            return None
        if capture.failure is not None:
            return Tried(capture, failure_of_answer(capture, ""))
        body, kind = self._archive.body(capture), capture.header("Content-Type") or ""
        html = is_html(kind, body)
        start = decode(body, kind or None).text[:READ] if html else ""
        return Tried(capture, failure_of_answer(capture, start), html)

    def with_certificate(self, host: str) -> Capture | None:
        """The newest capture that came with a certificate of a host (`www.` and all), or None."""
        held = (capture for capture in reversed(self._all) if capture.certificate is not None)
        return next((capture for capture in held if urlsplit(capture.final_url).hostname == host), None)

    @cached_property
    def examinations(self) -> dict[str, tuple[Capture, Examination]]:
        """Address of a page → what axe-core found on it, and the capture that holds it; the newest of each."""
        kept = {capture.referrer: capture for capture in self._all if capture.purpose == AXE}
        read = {url: (capture, unpacked(self._archive.body(capture))) for url, capture in kept.items()}
        return {url: (capture, found) for url, (capture, found) in read.items() if found is not None}

    def searched(self, version: str) -> Answer | None:
        """The last answer to the query that a version's search was asked, redirects left out; None without one."""
        asked = [c for c in self._all if c.purpose == SEARCH and c.version == version and not _is_redirect(c)]
        return self.answer(asked[-1]) if asked else None

    def visits(self, version: str, since: datetime, until: datetime) -> tuple[Visit, ...]:
        """The visits to a version's home page from `since` on and before `until` (aware), oldest first."""
        return stored_visits(self._archive.engine, self._site.id, version, since, until)

    def answer(self, capture: Capture) -> Answer:
        """Read a capture; raises ArchiveDamaged when its record is not what was indexed."""
        if capture.id not in self._read:
            self._read[capture.id] = self._answer(capture)
        return self._read[capture.id]

    def home(self, url: str) -> Answer | None:
        """The home page behind an address: gateways, frames and refreshes followed as far as captured."""
        capture = self.end_of(url)
        if capture is None:
            return None
        seen = {capture.id}
        found = self.answer(capture)
        for _ in range(MAX_HOPS):
            steps = found.facts.onward if found.facts else ()
            ahead = [end for step in steps if (end := self.end_of(step.url)) is not None and end.id not in seen]
            read = [answer for answer in map(self.answer, ahead) if answer.facts is not None]
            if not read:
                break
            # Of a frame set's frames the home page is the one with the most to say.
            found = max(read, key=lambda answer: (len(answer.facts.links) if answer.facts else 0, -answer.capture.id))
            seen.add(found.capture.id)
        return found

    def _answer(self, capture: Capture) -> Answer:
        if capture.failure is not None or capture.status is None:
            return Answer(capture, None, failure_of_answer(capture, ""))
        body = self._archive.body(capture)
        if len(body) >= MAX_BODY:  # unpacked no further: no page to read
            return Answer(capture, None, (Failure.TOO_LARGE, TOO_LARGE))
        content_type = capture.header("Content-Type") or ""
        page = Page(
            body,
            capture.final_url,
            fetched=capture.fetched,
            content_type=content_type or None,
            base_language=self._site.base_language,
            content_language=capture.header("Content-Language"),
            last_modified=capture.header("Last-Modified"),
        )
        html = is_html(content_type, body)
        failure = failure_of_answer(capture, page.decoded.text[:READ] if html else "")
        if failure is not None or capture.status != 200 or not html:
            return Answer(capture, None, failure)
        reason = needs_browser(page) if capture.purpose != RENDERED else None
        if reason is not None:  # not seen, so never an empty page
            return Answer(capture, None, (Failure.OTHER, f"{NEEDS_BROWSER}: {reason}"))
        menus = capture.depth <= MENU_DEPTH or b"<form" in body.lower()
        return Answer(capture, read_page(page, menus=menus), None)


def _is_redirect(capture: Capture) -> bool:
    return is_redirect(capture.status) and capture.header("Location") is not None


def _target(capture: Capture) -> str:
    return redirect_target(capture.final_url, capture.header("Location") or "") or ""
