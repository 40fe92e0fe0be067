"""A bounded pass over what a round has captured: pages that show nothing without scripts are opened in a browser.

The final document of such a page is stored as one more capture of its address (purpose `rendered`). It is the
newest answer to that address, so the next crawl learns its links without fetching anything, and measuring reads it
in place of the plain one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from html import escape
from itertools import islice
from pathlib import Path
from urllib.parse import urldefrag

from crawler.accessibility import packed
from crawler.archive.index import Archive
from crawler.archive.reading import RENDERED
from crawler.archive.warc import Exchange, WarcFile, file_sha256
from crawler.browser import PAGE_SECONDS, GuardedBrowser, Shown
from crawler.browser_visit import Unshown
from crawler.extract.needs_browser import UNSHOWN, shows_nothing
from crawler.extract.page import Page
from crawler.guarded_proxy import Allows, GuardedProxy, public_only
from crawler.manners import PRODUCT, VERSION, Manners
from crawler.model import AXE, Capture, Examination, Failure, Site
from crawler.render_plan import SitePlan, Wanted
from crawler.render_turns import Turns
from crawler.scope import host_of, registered_domain
from crawler.screenshots import Screenshots

_CONTENT_TYPE = ("Content-Type", "text/html; charset=utf-8")


@dataclass(frozen=True)
class Bounds:
    """How far a pass goes: pages a site (each costs seconds, and dozens of requests), seconds a page.

    `allows` judges the addresses that are connected to; without it the guard does, as the manners say.
    """

    per_site: int = 30
    homes_only: bool = False
    page_seconds: float = PAGE_SECONDS
    allows: Allows | None = None


@dataclass(frozen=True)
class RenderReport:
    """What a pass did: `rendered` documents stored, `pictures` taken, pages `examined` by axe-core, a sentence for
    each page that `failed`, and the number of pages left out by the limit.
    """

    rendered: int = 0
    pictures: int = 0
    examined: int = 0
    failed: tuple[str, ...] = ()
    left: int = 0


def pages_waiting(archive: Archive, round_name: str, sites: Sequence[Site], *, homes_only: bool = False) -> list[str]:
    """The addresses of a round that need a browser and were not opened in one yet."""
    plans = (SitePlan(archive, round_name, site) for site in sites)
    return [wanted.capture.final_url for plan in plans for wanted in _wanted(plan, homes_only, None)]


def _wanted(plan: SitePlan, homes_only: bool, pictured: frozenset[str] | None) -> list[Wanted]:
    """Home pages first, then other pages, an address once; with `pictured`, those for axe-core, too."""
    found = {home.capture.final_url: home for home in plan.homes(pictured)}
    for page in () if homes_only else plan.pages():
        found.setdefault(page.capture.final_url, page)
    for page in () if homes_only or pictured is None else plan.further():
        known = found.setdefault(page.capture.final_url, page)
        found[page.capture.final_url] = replace(known, examine=True)
    return list(found.values())


def render_round(
    archive: Archive,
    round_name: str,
    sites: Sequence[Site],
    manners: Manners,
    *,
    bounds: Bounds = Bounds(),
    screenshots: Screenshots | None = None,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    tick: Callable[[int], None] = lambda _: None,
) -> RenderReport:
    """Open in a browser what needs one, a page at a time; with `screenshots`, take pictures of home pages.

    Only while nobody else works on the round. Raises StorageError, and BrowserFails where it does not start.
    """
    rule = bounds.allows or (_everything if manners.allow_private else public_only)
    turns = Turns(manners, clock)
    with ExitStack() as held:
        shelf = held.enter_context(_Shelf(archive, round_name))
        gate = held.enter_context(GuardedProxy(rule, timeout=manners.timeout))
        browser = held.enter_context(
            GuardedBrowser(
                manners,
                gate,
                known_robots=lambda url: _robots_on_record(archive, round_name, url),
                before_request=turns.wait_for_rate,
                page_seconds=bounds.page_seconds,
            )
        )
        work = _Pass(shelf, browser, turns, screenshots, clock)
        for site in sites:
            plan = SitePlan(archive, round_name, site)
            pictured = None if screenshots is None else frozenset(screenshots.languages(site.id))
            wanted = _wanted(plan, bounds.homes_only, pictured)
            for page in islice(wanted, bounds.per_site):
                work.open(site, page)
                tick(work.report.rendered)
            work.report = replace(work.report, left=work.report.left + max(0, len(wanted) - bounds.per_site))
        return work.report


def _everything(address: str, port: int) -> bool:
    return True


class _Pass:
    """Opens pages and keeps what they show."""

    def __init__(
        self,
        shelf: _Shelf,
        browser: GuardedBrowser,
        turns: Turns,
        screenshots: Screenshots | None,
        clock: Callable[[], datetime],
    ) -> None:
        self.report = RenderReport()
        self._shelf = shelf
        self._browser = browser
        self._turns = turns
        self._screenshots = screenshots
        self._clock = clock

    def open(self, site: Site, wanted: Wanted) -> None:
        """Open one page; what goes wrong is recorded and told."""
        url = wanted.capture.final_url
        pictures = self._screenshots if wanted.language else None
        self._turns.wait_for(url)
        began = self._turns.now()
        try:
            shown = self._browser.show(
                url, switches=wanted.switches, picture=pictures is not None, examine=wanted.examine
            )
            if wanted.is_needed:
                html = _document(shown, wanted.capture, self._clock())
                self._shelf.add(wanted.capture, html, shown.seconds, self._browser, self._clock())
                self.report = replace(self.report, rendered=self.report.rendered + 1)
        except Unshown as fault:
            what = UNSHOWN if wanted.is_needed else "has no picture, or was not examined: the browser"
            self.report = replace(self.report, failed=(*self.report.failed, f"{site.id}: {url} {what} {fault.note}"))
            if wanted.is_needed:
                self._shelf.add_failure(wanted.capture, fault, self._clock())
        else:
            if pictures is not None and shown.picture is not None:
                pictures.add(site.id, wanted.language, url, shown.picture, self._clock())
                self.report = replace(self.report, pictures=self.report.pictures + 1)
            if shown.examination is not None and urldefrag(shown.url).url == url:  # else it was another page
                self._shelf.add_examination(wanted.capture, shown.examination, self._browser, self._clock())
                self.report = replace(self.report, examined=self.report.examined + 1)
        finally:
            self._turns.done(url, began, self._browser.robots.crawl_delay(url))


def _document(shown: Shown, capture: Capture, now: datetime) -> str:
    """What is stored of a page: its final document, or where it sends the reader. Raises Unshown."""
    if registered_domain(host_of(shown.url)) != registered_domain(host_of(capture.final_url)):
        raise Unshown(Failure.OTHER, f"was led away to {host_of(shown.url)}")
    html = f"<!DOCTYPE html>\n{shown.html}"
    here = urldefrag(shown.url).url
    if here != capture.final_url and not shown.has_base:
        html = _with_base(html, here)
    if not shows_nothing(Page(html.encode("utf-8", "replace"), here, fetched=now, content_type=_CONTENT_TYPE[1])):
        return html
    if not shown.leads_to:
        raise Unshown(Failure.OTHER, "shows neither text nor links either")
    # A gateway made by a script: as a refresh, everything that reads pages follows it.
    return (
        '<!DOCTYPE html>\n<html><head><meta http-equiv="refresh" '
        f'content="0; url={escape(shown.leads_to)}"></head><body></body></html>'
    )


def _with_base(html: str, url: str) -> str:
    """Say in the document what its links are relative to, where scripts have changed the page's address."""
    head = html.find("<head>")
    base = f'<base href="{escape(url)}">'
    return f"{html[: head + 6]}{base}{html[head + 6 :]}" if head >= 0 else f"{base}{html}"


class _Shelf:
    """The WARC file of a pass, opened at its first record, and the index."""

    def __init__(self, archive: Archive, round_name: str) -> None:
        self._archive = archive
        self._round = round_name
        self._file: WarcFile | None = None

    def __enter__(self) -> _Shelf:
        return self

    def __exit__(self, *fault: object) -> None:
        file, self._file = self._file, None
        if file is not None:
            file.close()
            size = file.path.stat().st_size
            self._archive.close_file(file.path.name, records=file.records, size=size, sha256=file_sha256(file.path))

    def add(self, plain: Capture, html: str, seconds: float, browser: GuardedBrowser, now: datetime) -> None:
        """Store a rendered document beside the plain answer to its address."""
        body = html.encode("utf-8", "replace")
        self._add(replace(plain, purpose=RENDERED, elapsed=seconds), _CONTENT_TYPE, body, browser, now)

    def add_examination(self, plain: Capture, found: Examination, browser: GuardedBrowser, now: datetime) -> None:
        """Store what axe-core found on a page, at an address of its own: it is no answer to the page's."""
        url = f"{plain.final_url}#{AXE}"
        own = replace(plain, purpose=AXE, url=url, final_url=url, referrer=plain.final_url, anchor="", elapsed=0.0)
        self._add(own, ("Content-Type", "application/json"), packed(found), browser, now)

    def _add(
        self, capture: Capture, kind: tuple[str, str], body: bytes, browser: GuardedBrowser, now: datetime
    ) -> None:
        headers = (kind, ("X-Waiwen-Rendered-By", browser.product))
        asked = (("User-Agent", browser.manners.user_agent),)
        address = self._open().append(Exchange(capture.final_url, "GET", asked, 200, "OK", headers, body, now))
        self._archive.add_capture(
            replace(
                capture,
                status=200,
                fetched=now,
                headers=headers,
                digest=address.digest,
                warc_file=address.file,
                offset=address.offset,
                length=address.length,
                failure_note="",
                certificate=None,
            )
        )

    def add_failure(self, plain: Capture, fault: Unshown, now: datetime) -> None:
        """Index a page that the browser could not show."""
        self._archive.add_capture(
            replace(
                plain,
                purpose=RENDERED,
                status=None,
                fetched=now,
                headers=(),
                digest="",
                warc_file="",
                offset=0,
                length=0,
                elapsed=0.0,
                failure=fault.kind,
                failure_note=f"{UNSHOWN} {fault.note}",
            )
        )

    def _open(self) -> WarcFile:
        if self._file is None:
            number = 1
            while (path := self._path(number)).exists():
                number += 1
            self._archive.open_file(self._round, path.name)
            self._file = WarcFile(path, f"{PRODUCT}/{VERSION}")
        return self._file

    def _path(self, number: int) -> Path:
        return self._archive.folder / f"{self._round}-render-{number:03d}.warc.gz"


def _robots_on_record(archive: Archive, round_name: str, url: str) -> tuple[int, bytes] | None:
    """A robots.txt as the round has it; None where it was redirected, failed or never asked for."""
    for capture in reversed(archive.attempts(round_name, "", url)):
        if capture.status is not None and not 300 <= capture.status < 400:
            return capture.status, archive.body(capture)
    return None
