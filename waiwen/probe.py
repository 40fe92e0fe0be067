"""`waiwen probe`: visits every home page, once or at spaced times, and keeps what came of it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Annotated

import typer
from rich.console import Console

from crawler.archive.index import Archive
from crawler.availability import SLOW, Visit, without_our_outage
from crawler.errors import BadInput
from crawler.manners import Manners, require_contact, require_proxy
from crawler.model import Site, Verdict
from crawler.probes import Home, store_visits
from crawler.roster import read_roster
from waiwen.options import (
    DEFAULT_WORKSPACE,
    ContactOption,
    DelayOption,
    PrivateOption,
    ProxyOption,
    QuietOption,
    RateOption,
    RosterArgument,
    TimeoutOption,
    WorkspaceOption,
    manners_of,
)
from waiwen.screen import safe
from waiwen.steps import RETEST
from waiwen.workspace import Workspace, open_workspace

DEFAULTS = Manners()
TimesOption = Annotated[int, typer.Option(min=1, help="Visits to each home page.")]
EveryOption = Annotated[float, typer.Option(min=1.0, help="Seconds from one visit to the next.")]


def probe(  # noqa: PLR0913, PLR0917 - a command's options are its interface
    sites: RosterArgument,
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    times: TimesOption = 1,
    every: EveryOption = 3600.0,
    delay: DelayOption = DEFAULTS.delay,
    timeout: TimeoutOption = DEFAULTS.timeout,
    proxy: ProxyOption = "",
    allow_private: PrivateOption = False,
    contact: ContactOption = "",
    rate: RateOption = DEFAULTS.rate,
    quiet_hours: QuietOption = DEFAULTS.quiet_hours,
) -> None:
    """Visit the home pages of all sites and of their known foreign versions, and store each visit.

    One visit a call unless --times says otherwise, so that cron or a job may call it 20 times a day or more.
    """
    manners = manners_of(DEFAULTS.max_pages, delay, timeout, proxy, allow_private, contact, rate, quiet_hours)
    if timeout <= SLOW:
        raise BadInput(f"--timeout {timeout:g}: a home page has {SLOW:g} s to open. Give more than that.")
    roster = read_roster(sites)
    require_contact(manners, roster)
    require_proxy(manners)
    place = open_workspace(workspace, create=True)
    homes = homes_of(place, roster)
    console = Console(highlight=False)
    # spawn, and a process a sweep: a reactor does not restart, and every visit looks names and robots.txt up anew.
    with ProcessPoolExecutor(1, mp_context=get_context("spawn"), max_tasks_per_child=1) as pool:
        for sweep in range(times):
            begun = time.monotonic()
            visits = without_our_outage(pool.submit(_sweep, homes, manners).result())
            store_visits(place.archive.engine, visits)
            _show(visits, console)
            if sweep + 1 < times:
                time.sleep(max(0.0, begun + every - time.monotonic()))


def homes_of(place: Workspace, roster: Sequence[Site]) -> list[Home]:
    """Each site's home page and those of its foreign versions.

    These are as the newest round that has discovered the site found them, else as the site list declares them.
    """
    newest = _newest_rounds(place.archive, {site.id for site in roster})
    homes: list[Home] = []
    for site in roster:
        found = place.archive.versions(newest[site.id], site.id) if site.id in newest else ()
        real = [(version.language, version.url) for version in found if version.verdict is Verdict.REAL]
        versions = real or list(site.versions)
        homes += [
            Home(site.id, site.base_language, site.url),
            *(Home(site.id, language, url) for language, url in versions),
        ]
    return list(dict.fromkeys(homes))


def _newest_rounds(archive: Archive, wanted: set[str]) -> dict[str, str]:
    """Site id → the newest round whose discovery went over that site and has ended."""
    newest: dict[str, str] = {}
    for name in reversed(archive.round_names()):
        if wanted <= newest.keys():
            break
        if RETEST not in name and "discover" in archive.round_record(name)["finished_steps"]:
            held = {site.id for site in archive.sites(name)}
            newest |= dict.fromkeys(wanted & held - newest.keys(), name)
    return newest


def _sweep(homes: Sequence[Home], manners: Manners) -> list[Visit]:
    # Imported in the child: starting Scrapy takes longer than most commands run.
    from crawler.spiders.availability import visit_homes  # noqa: PLC0415

    return visit_homes(homes, manners)


def _show(visits: Sequence[Visit], console: Console) -> None:
    """One line a sweep, and one for each home page that did not open."""
    failed = [visit for visit in visits if visit.failure is not None]
    blocked = sum(visit.blocked for visit in visits)
    when = max((visit.visited for visit in visits), default=None)
    stamp = f"{when:%Y-%m-%d %H:%M} UTC: " if when else ""
    console.print(
        f"{stamp}{len(visits)} home pages visited, {len(visits) - len(failed)} opened, "
        f"{len(failed) - blocked} did not, {blocked} blocked us"
    )
    for visit in failed:
        words = f"  {visit.site_id} {visit.version} {visit.url}: {visit.failure}: {visit.note}"
        console.print(safe(words), markup=False, soft_wrap=True)
