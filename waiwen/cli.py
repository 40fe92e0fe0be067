"""The command line: `waiwen COMMAND`. Exit codes: 0 done, 1 done with failures, 2 bad input, 3 interrupted."""

from __future__ import annotations

import signal
import sys
from datetime import date, datetime
from types import FrameType
from typing import Annotated

import typer
from rich.console import Console

from crawler.archive.verify import verify
from crawler.errors import BadInput, WaiwenError
from crawler.manners import SITE_ZONE, VERSION, Manners
from crawler.pool import Interrupted
from scoring.reports.wording import counted
from waiwen import steps
from waiwen.alerts.commands import alerts_app
from waiwen.backup import backup, restore
from waiwen.compare import compare_rounds, trends
from waiwen.demo.command import demo
from waiwen.explain import Tongue, explain_site
from waiwen.external import external_app
from waiwen.inspection import inspect_all
from waiwen.jobs.commands import jobs_app
from waiwen.options import (
    DEFAULT_WORKSPACE,
    ContactOption,
    PrivateOption,
    ProxyOption,
    RoundOption,
    WorkspaceOption,
    day_of,
    manners_of,
)
from waiwen.probe import probe
from waiwen.rendering import render
from waiwen.retention import prune
from waiwen.retest import retest
from waiwen.review import review_app
from waiwen.robustness import robustness
from waiwen.rounds import audit, crawl, discover, measure, report, score
from waiwen.rules import rules_app
from waiwen.screen import finish, safe, terminal
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
archive_app = typer.Typer(help="The archive: hold it against its index, delete old rounds.", no_args_is_help=True)
app.add_typer(archive_app, name="archive")

out = terminal()
err = Console(stderr=True, highlight=False)

DEFAULTS = Manners()


@app.callback(invoke_without_command=True)
def _root(show_version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False) -> None:
    if show_version:
        out.print(f"waiwen {VERSION}")
        raise typer.Exit


for command in (audit, discover, crawl, measure, score, report, demo):
    app.command()(command)


@app.command()
def inspect(
    sources: Annotated[list[str], typer.Argument(metavar="FILE_OR_URL...", help="Saved pages, or addresses.")],
    url: Annotated[str, typer.Option(help="The address that a saved page had.")] = "",
    fetched: Annotated[
        date | None,
        typer.Option(parser=day_of, metavar="YYYY-MM-DD", help="The day it was fetched. Default: today."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line, all facts.")] = False,
    proxy: ProxyOption = "",
    allow_private: PrivateOption = False,
    contact: ContactOption = "",
) -> None:
    """Show the facts of pages: charset, language, dates, links to foreign versions, columns, forms, identity."""
    manners = manners_of(1, 0.0, DEFAULTS.timeout, proxy, allow_private, contact)
    day = fetched or datetime.now(SITE_ZONE).date()
    finish(inspect_all(sources, url=url, fetched=day, as_json=as_json, manners=manners, console=out))


@app.command()
def explain(
    site: Annotated[str, typer.Argument(metavar="SITE", help="The site's id in the roster.")],
    version: Annotated[
        str | None, typer.Option(help="The version's language. Default: the one that stands for the site.")
    ] = None,
    language: Annotated[Tongue, typer.Option(help="The language to explain in.")] = Tongue.EN,
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    round_name: RoundOption = None,
) -> None:
    """Show how a score came about: category, indicator, value, points, evidence, and what each fix is worth."""
    explain_site(steps.open_round(open_workspace(workspace), round_name), site, version, out, language)


@archive_app.command("verify")
def archive_verify(workspace: WorkspaceOption = DEFAULT_WORKSPACE) -> None:
    """Re-read every WARC file and every record that the index names."""
    place = open_workspace(workspace)
    faults = verify(place.archive)
    if not faults:
        files = counted(len(place.archive.files()), "file")
        out.print(f"{place.archive.folder}: {files}, as the index says", markup=False)
    finish(faults)


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
