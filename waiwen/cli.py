"""The command line: `waiwen COMMAND`. Exit codes: 0 done, 1 done with failures, 2 bad input, 3 interrupted."""

from __future__ import annotations

import signal
import sys
from datetime import date, datetime
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer
from rich.console import Console

from crawler.archive.verify import verify
from crawler.errors import BadInput, WaiwenError
from crawler.manners import SITE_ZONE, VERSION, Manners, check_manners, require_contact
from crawler.pool import Interrupted
from crawler.roster import read_roster
from scoring.registry import registry
from scoring.ruleset import default_rules_path, load_rules
from waiwen import steps
from waiwen.alerts.commands import alerts_app
from waiwen.backup import backup, restore
from waiwen.compare import compare_rounds, trends
from waiwen.explain import explain_site
from waiwen.external import external_app
from waiwen.inspection import inspect_all
from waiwen.jobs.commands import jobs_app
from waiwen.options import (
    ContactOption,
    CutoffOption,
    DelayOption,
    PagesOption,
    PrivateOption,
    ProxyOption,
    QuietOption,
    RateOption,
    RenderOption,
    RosterArgument,
    RoundOption,
    RulesOption,
    TimeoutOption,
    WorkersOption,
    WorkspaceOption,
)
from waiwen.probe import probe
from waiwen.progress import progress
from waiwen.quiet import saying_quiet_hours
from waiwen.rendering import RENDER_PASSES, render, render_after, require_browser
from waiwen.retention import prune
from waiwen.retest import retest
from waiwen.review import review_app
from waiwen.robustness import robustness
from waiwen.rules import rules_app
from waiwen.screen import print_marks, print_ranking, safe, terminal
from waiwen.try_rules import try_rules
from waiwen.watch import watch
from waiwen.workspace import open_workspace

app = typer.Typer(
    name="waiwen",
    help="Audit the foreign-language versions of government websites and rank them, with evidence.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
rules_app.command("try")(try_rules)
app.add_typer(rules_app, name="rules")
app.add_typer(review_app, name="review")
app.add_typer(alerts_app, name="alerts")
app.add_typer(external_app, name="external")
app.add_typer(jobs_app, name="jobs")
archive_app = typer.Typer(help="The archive: hold it against its index.", no_args_is_help=True)
app.add_typer(archive_app, name="archive")

out = terminal()
err = Console(stderr=True, highlight=False)

DEFAULT_WORKSPACE = Path("workspace")
DEFAULTS = Manners()


@app.callback(invoke_without_command=True)
def _root(show_version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False) -> None:
    if show_version:
        out.print(f"waiwen {VERSION}")
        raise typer.Exit


@app.command()
def audit(
    sites: RosterArgument,
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    rules: RulesOption = None,
    cutoff: CutoffOption = None,
    round_name: RoundOption = None,
    max_pages: PagesOption = DEFAULTS.max_pages,
    delay: DelayOption = DEFAULTS.delay,
    timeout: TimeoutOption = DEFAULTS.timeout,
    proxy: ProxyOption = "",
    allow_private: PrivateOption = False,
    contact: ContactOption = "",
    rate: RateOption = DEFAULTS.rate,
    quiet_hours: QuietOption = DEFAULTS.quiet_hours,
    workers: WorkersOption = 2,
    rendering: RenderOption = None,
) -> None:
    """Run a whole round: discover, crawl, measure, score, report. Run it again to go on after an interruption."""
    manners = _manners(max_pages, delay, timeout, proxy, allow_private, contact, rate, quiet_hours)
    roster = read_roster(sites)
    rules_path = rules or default_rules_path()
    load_rules(rules_path, registry())  # a broken rule file is told before the first request
    require_contact(manners, roster)
    if rendering:
        require_browser()
    place = open_workspace(workspace, create=True)
    round_ = steps.begin_round(
        place,
        roster,
        name=round_name,
        cutoff=cutoff.date() if cutoff else None,
        now=datetime.now(SITE_ZONE),
        manners=manners,
    )
    _finish(run_round(round_, manners, workers, rules_path, rendering))


def run_round(
    round_: steps.Round, manners: Manners, workers: int, rules_path: Path, rendering: bool | None = None
) -> list[str]:
    """Run every step of a round, showing the ranking at the end; returns what failed, a sentence each.

    `rendering` says whether pages are opened in a browser: None where they need it and there is one.
    """
    done = round_.finished
    going_on = "report" not in done  # a round that was interrupted is not begun again
    failures: list[str] = []
    for step in steps.FETCH_STEPS:
        if not (going_on and step in done):
            failures += _fetch(round_, step, manners, workers)
        # What the round holds is not asked for again. A home page leads to others, which may need a browser, too.
        for _ in range(RENDER_PASSES[step]):
            if failures or not render_after(round_, step, manners, rendering, err):
                break
            failures += _fetch(round_, step, manners, workers)
    if failures:
        return failures
    failures = _measure(round_, workers, rules_path)
    steps.score(round_, rules_path)
    _report(round_)
    return failures


@app.command()
def discover(
    sites: RosterArgument,
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    cutoff: CutoffOption = None,
    round_name: RoundOption = None,
    delay: DelayOption = DEFAULTS.delay,
    timeout: TimeoutOption = DEFAULTS.timeout,
    proxy: ProxyOption = "",
    allow_private: PrivateOption = False,
    contact: ContactOption = "",
    rate: RateOption = DEFAULTS.rate,
    quiet_hours: QuietOption = DEFAULTS.quiet_hours,
    workers: WorkersOption = 2,
) -> None:
    """Find the foreign versions of every site, with a verdict each."""
    manners = _manners(DEFAULTS.max_pages, delay, timeout, proxy, allow_private, contact, rate, quiet_hours)
    roster = read_roster(sites)
    require_contact(manners, roster)
    place = open_workspace(workspace, create=True)
    day = cutoff.date() if cutoff else None
    round_ = steps.begin_round(place, roster, name=round_name, cutoff=day, now=datetime.now(SITE_ZONE), manners=manners)
    failures = _fetch(round_, "discover", manners, workers)
    for site in round_.sites:
        found = place.archive.versions(round_.name, site.id)
        for version in found:
            words = f"{site.id}: {version.language} {version.url} {version.verdict}: {version.reason}"
            out.print(safe(words), markup=False, soft_wrap=True)
        if not found:
            out.print(safe(f"{site.id}: no foreign version found"), markup=False)
    _finish(failures)


@app.command()
def crawl(
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    round_name: RoundOption = None,
    max_pages: PagesOption = DEFAULTS.max_pages,
    delay: DelayOption = DEFAULTS.delay,
    timeout: TimeoutOption = DEFAULTS.timeout,
    proxy: ProxyOption = "",
    allow_private: PrivateOption = False,
    contact: ContactOption = "",
    rate: RateOption = DEFAULTS.rate,
    quiet_hours: QuietOption = DEFAULTS.quiet_hours,
    workers: WorkersOption = 2,
) -> None:
    """Capture the Chinese version and the real foreign versions of every site of a round."""
    manners = _manners(max_pages, delay, timeout, proxy, allow_private, contact, rate, quiet_hours)
    round_ = steps.open_round(open_workspace(workspace), round_name)
    round_.require("discover")
    require_contact(manners, round_.sites)
    _finish(_fetch(round_, "crawl", manners, workers))


@app.command()
def measure(
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    round_name: RoundOption = None,
    rules: RulesOption = None,
    workers: WorkersOption = 2,
) -> None:
    """Measure every indicator on what a round has captured, under the parameters of a rule file. Needs no network."""
    round_ = steps.open_round(open_workspace(workspace), round_name)
    _finish(_measure(round_, workers, rules or default_rules_path()))


@app.command()
def score(
    workspace: WorkspaceOption = DEFAULT_WORKSPACE, round_name: RoundOption = None, rules: RulesOption = None
) -> None:
    """Weigh a round's measurements by a rule file and rank the sites. Needs no network."""
    round_ = steps.open_round(open_workspace(workspace), round_name)
    rules_set = steps.score(round_, rules or default_rules_path())
    out.print(f"round {round_.name}: scored by edition {rules_set.edition}, rule set {rules_set.digest}")


@app.command()
def report(workspace: WorkspaceOption = DEFAULT_WORKSPACE, round_name: RoundOption = None) -> None:
    """Write a scored round's tables and pages. Needs no network."""
    _report(steps.open_round(open_workspace(workspace), round_name))


@app.command()
def demo(
    workspace: WorkspaceOption = Path("workspace/demo"), rules: RulesOption = None, workers: WorkersOption = 2
) -> None:
    """Serve the bundled demonstration sites on loopback and run a whole round on them."""
    from waiwen.demo import CUTOFF, ROSTER  # noqa: PLC0415 - building the sites is nothing other commands need
    from waiwen.demo.server import DemoServer  # noqa: PLC0415
    from waiwen.demo.visits import store_past_visits  # noqa: PLC0415

    rules_path = rules or default_rules_path()
    load_rules(rules_path, registry())
    place = open_workspace(workspace, create=True)
    store_past_visits(place.archive.engine)
    with DemoServer() as server:
        manners = Manners(delay=0.0, timeout=5.0, proxy=server.proxy_url)
        round_ = steps.begin_round(
            place, read_roster(ROSTER), name="demo", cutoff=CUTOFF, now=datetime.now(SITE_ZONE), manners=manners
        )
        failures = run_round(round_, manners, workers, rules_path, rendering=False)
    _finish(failures)


@app.command()
def inspect(
    sources: Annotated[list[str], typer.Argument(metavar="FILE_OR_URL...", help="Saved pages, or addresses.")],
    url: Annotated[str, typer.Option(help="The address that a saved page had.")] = "",
    fetched: Annotated[
        datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day it was fetched. Default: today.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line, all facts.")] = False,
    proxy: ProxyOption = "",
    allow_private: PrivateOption = False,
    contact: ContactOption = "",
) -> None:
    """Show the facts of pages: charset, language, dates, links to foreign versions, columns, forms, identity."""
    manners = _manners(1, 0.0, DEFAULTS.timeout, proxy, allow_private, contact)
    day: date = (fetched or datetime.now(SITE_ZONE)).date()
    _finish(inspect_all(sources, url=url, fetched=day, as_json=as_json, manners=manners, console=out))


@app.command()
def explain(
    site: Annotated[str, typer.Argument(metavar="SITE", help="The site's id in the roster.")],
    version: Annotated[str | None, typer.Option(help="The language. Default: the version that stands for it.")] = None,
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    round_name: RoundOption = None,
) -> None:
    """Show how a score came about: category, indicator, value, points, evidence, and what each fix is worth."""
    explain_site(steps.open_round(open_workspace(workspace), round_name), site, version, out)


@archive_app.command("verify")
def archive_verify(workspace: WorkspaceOption = DEFAULT_WORKSPACE) -> None:
    """Re-read every WARC file and every record that the index names."""
    place = open_workspace(workspace)
    faults = verify(place.archive)
    if not faults:
        out.print(f"{place.archive.folder}: {len(place.archive.files())} files hold what the index says", markup=False)
    _finish(faults)


app.command()(backup)
app.command()(restore)
archive_app.command("prune")(prune)
app.command()(probe)
app.command()(retest)
app.command()(watch)
app.command()(robustness)
app.command("compare")(compare_rounds)
app.command()(trends)
app.command()(render)


def _manners(
    max_pages: int,
    delay: float,
    timeout: float,
    proxy: str,
    allow_private: bool,
    contact: str,
    rate: float = DEFAULTS.rate,
    quiet_hours: str = DEFAULTS.quiet_hours,
) -> Manners:
    manners = Manners(
        delay=delay,
        timeout=timeout,
        max_pages=max_pages,
        proxy=proxy,
        allow_private=allow_private,
        contact=contact,
        rate=rate,
        quiet_hours=quiet_hours,
    )
    check_manners(manners)
    return manners


def _fetch(round_: steps.Round, step: steps.FetchStep, manners: Manners, workers: int) -> list[str]:
    with progress(err, f"{round_.name}: {step}", "captures") as tick:
        return steps.fetch(round_, step, manners, workers, saying_quiet_hours(manners, tick, err.print))


def _measure(round_: steps.Round, workers: int, rules_path: Path) -> list[str]:
    with progress(err, f"{round_.name}: measure", "sites", len(round_.sites)) as tick:
        return steps.measure(round_, workers, tick, rules_path)


def _report(round_: steps.Round) -> None:
    folder = steps.report(round_)
    print_ranking(round_, out)
    print_marks(round_, out)
    out.print(f"\nReport: {folder / 'report.html'}", soft_wrap=True, markup=False)


def _finish(failures: list[str]) -> None:
    for failure in failures:
        err.print(safe(failure), markup=False, soft_wrap=True)
    if failures:
        raise typer.Exit(1)


def main() -> None:
    """Run the command line; every error that a user can cause is one message and an exit code."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _interrupt)
    try:
        app()
    except BadInput as problem:
        err.print(safe(str(problem), keep_lines=True), markup=False, soft_wrap=True)
        sys.exit(2)
    except WaiwenError as problem:
        err.print(safe(str(problem), keep_lines=True), markup=False, soft_wrap=True)
        sys.exit(1)
    except (Interrupted, KeyboardInterrupt):
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # nothing is left to interrupt
        err.print("\nInterrupted. What was captured is kept; the same command goes on from here.")
        sys.exit(3)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise Interrupted
