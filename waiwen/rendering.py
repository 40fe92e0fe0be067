"""`waiwen render`, and the same inside `waiwen audit`: pages that show nothing without scripts, seen in a browser."""

from __future__ import annotations

import logging
from typing import Annotated

import typer
from rich.console import Console

from crawler.archive.passes import begin_pass
from crawler.archive.repair import mend_round
from crawler.browser import BrowserFails, what_is_missing
from crawler.errors import BadInput
from crawler.manners import Manners, require_contact, require_proxy
from crawler.render import Bounds, RenderReport, pages_waiting, render_round
from crawler.screenshots import Screenshots
from scoring.reports.wording import counted
from waiwen.options import (
    DEFAULT_WORKSPACE,
    ContactOption,
    DelayOption,
    PrivateOption,
    ProxyOption,
    QuietOption,
    RateOption,
    RoundOption,
    TimeoutOption,
    WorkspaceOption,
    manners_of,
)
from waiwen.progress import progress
from waiwen.quiet import saying_quiet_hours
from waiwen.screen import safe
from waiwen.steps import STEPS, FetchStep, Round, open_round
from waiwen.workspace import open_workspace

logger = logging.getLogger(__name__)

DEFAULTS = Manners()
BOUNDS = Bounds()
# How often a step is followed by a pass: the Chinese home page, then those of the versions that it names, then
# theirs behind a gateway; of the crawled pages one layer.
RENDER_PASSES: dict[FetchStep, int] = {"discover": 3, "crawl": 1}
PerSiteOption = Annotated[int, typer.Option(min=1, help="Pages a site that are opened in a browser, at most.")]


def render(  # noqa: PLR0913, PLR0917 - a command's options are its interface
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    round_name: RoundOption = None,
    per_site: PerSiteOption = BOUNDS.per_site,
    delay: DelayOption = DEFAULTS.delay,
    timeout: TimeoutOption = DEFAULTS.timeout,
    proxy: ProxyOption = "",
    allow_private: PrivateOption = False,
    contact: ContactOption = "",
    rate: RateOption = DEFAULTS.rate,
    quiet_hours: QuietOption = DEFAULTS.quiet_hours,
) -> None:
    """Open in a browser the captured pages that show nothing without, and take pictures of home pages.

    Needs Chromium and Playwright. Run `waiwen audit` (or discover and crawl) afterwards: it follows the links found.
    """
    manners = manners_of(DEFAULTS.max_pages, delay, timeout, proxy, allow_private, contact, rate, quiet_hours)
    require_browser()
    round_ = open_round(open_workspace(workspace), round_name)
    round_.require("discover")
    require_contact(manners, round_.sites)
    require_proxy(manners)
    console = Console(stderr=True, highlight=False)
    waiting = pages_waiting(round_.workspace.archive, round_.name, round_.sites)
    stale: FetchStep | None = "crawl" if waiting else None
    report = render_pages(round_, manners, console, bounds=Bounds(per_site=per_site), stale=stale, pictures=True)
    _tell(round_, report, console)
    if report.failed:
        raise typer.Exit(1)


def require_browser() -> None:
    """Refuse to go on without a browser. Raises BadInput that says how to get one."""
    if missing := what_is_missing():
        raise BadInput(missing)


def render_after(round_: Round, step: FetchStep, manners: Manners, wanted: bool | None, console: Console) -> bool:
    """Render what a fetching step has left without content; says whether the step is worth running again.

    `wanted` is None for "where it is needed and can be done": then a missing browser is told, and nothing fails.
    """
    if wanted is False:
        return False
    homes_only = step == "discover"
    waiting = pages_waiting(round_.workspace.archive, round_.name, round_.sites, homes_only=homes_only)
    missing = what_is_missing()
    if missing and waiting and not homes_only:
        needing = "1 page needs" if len(waiting) == 1 else f"{len(waiting)} pages need"
        words = f"{needing} a browser, such as {waiting[0]}; what they show stays not measured. {missing}"
        console.print(safe(words), markup=False, soft_wrap=True)
    pictures = wanted is True and not homes_only
    if missing or not (waiting or pictures):
        return False
    try:
        bounds = Bounds(homes_only=homes_only)
        stale = step if waiting else None
        report = render_pages(round_, manners, console, bounds=bounds, stale=stale, pictures=pictures)
    except BrowserFails as fault:  # the round can be had without
        console.print(safe(str(fault)), markup=False, soft_wrap=True)
        return False
    _tell(round_, report, console)
    return report.rendered > 0


def render_pages(
    round_: Round, manners: Manners, console: Console, *, bounds: Bounds, stale: FetchStep | None, pictures: bool
) -> RenderReport:
    """Run a pass over the round; the step `stale` and those after it are unfinished then."""
    workspace = round_.workspace
    with round_.held(), progress(console, f"{round_.name}: render", "pages") as tick:
        workspace.prepare()
        for sentence in mend_round(workspace.archive, round_.name):
            logger.warning("%s", sentence)
        if stale is not None:
            begin_pass(workspace.archive, round_.name, "render", stale=STEPS[STEPS.index(stale) :])
        return render_round(
            workspace.archive,
            round_.name,
            round_.sites,
            manners,
            bounds=bounds,
            screenshots=Screenshots(workspace.folder / "screenshots" / round_.name) if pictures else None,
            tick=saying_quiet_hours(manners, tick, console.print),
        )


def _tell(round_: Round, report: RenderReport, console: Console) -> None:
    words = f"{round_.name}: {counted(report.rendered, 'page')} rendered, {counted(report.pictures, 'picture')} taken"
    words += f", {counted(report.examined, 'page')} examined by axe-core" if report.examined else ""
    left = f"; {counted(report.left, 'page')} left for another `waiwen render`" if report.left else ""
    for sentence in (words + left, *report.failed):
        console.print(safe(sentence), markup=False, soft_wrap=True)
