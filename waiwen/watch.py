"""`waiwen watch`: how far a round is, for a terminal and as JSON lines."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer
from rich.console import Console
from rich.live import Live
from rich.table import Table
from rich.text import Text

from crawler.archive.lock import holder_of
from waiwen.jobs.book import Book
from waiwen.jobs.progress import Snapshot, snapshot
from waiwen.jobs.taking import STALE
from waiwen.options import DEFAULT_WORKSPACE, RoundOption, WorkspaceOption
from waiwen.screen import safe
from waiwen.steps import Round, open_round
from waiwen.workspace import open_workspace

IDLE_LOOKS = 2  # in a row on which nobody worked on the round: a command that has just begun holds no lock yet

JsonOption = Annotated[bool, typer.Option("--json", help="One JSON object a line.")]
EveryOption = Annotated[float, typer.Option(min=0.2, help="Seconds from one look to the next.")]
OnceOption = Annotated[bool, typer.Option("--once", help="Look once.")]


def watch(
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    round_name: RoundOption = None,
    as_json: JsonOption = False,
    every: EveryOption = 2.0,
    once: OnceOption = False,
) -> None:
    """Watch a running round: step, sites done, pages, rate, blocked, time left.

    Ends when the round is reported, or when nobody works on it any more. It only reads: it may come and go beside
    a round.
    """
    round_ = open_round(open_workspace(workspace), round_name)
    archive = round_.workspace.archive
    console = Console(highlight=False)

    def follow(show: Callable[[Snapshot], None]) -> Snapshot:
        idle = 0
        while True:
            now = datetime.now(UTC)
            seen = snapshot(archive, round_.name, now)
            show(seen)
            idle = 0 if worked_on(round_, now) else idle + 1
            if once or not seen.step or idle == IDLE_LOOKS:
                return seen
            time.sleep(every)

    if as_json or not console.is_terminal:
        seen = follow(lambda seen: typer.echo(safe(_line(seen, as_json))))
    else:
        with Live(console=console, refresh_per_second=4) as live:
            seen = follow(lambda seen: live.update(_table(seen)))
    if seen.step and not once:
        typer.echo(safe(f"round {seen.round}: nobody works on it; `{seen.step}` would come next"), err=True)


def worked_on(round_: Round, now: datetime) -> bool:
    """Whether a command on this machine or a run of a job works on a round. `now` is aware."""
    if holder_of(round_.lock_file) is not None:
        return True
    running = Book(round_.workspace.archive.engine).running()
    return any(run.round == round_.name and now - run.heartbeat < STALE for run in running)


def _line(seen: Snapshot, as_json: bool) -> str:
    return json.dumps(seen.record()) if as_json else "; ".join(f"{k}: {v}" for k, v in rows(seen))


def rows(seen: Snapshot) -> list[tuple[str, str]]:
    """What is shown of a snapshot: label and value."""
    left = "not known" if seen.left is None else str(timedelta(seconds=round(seen.left)))
    return [
        ("round", seen.round),
        ("step", seen.step or "done"),
        ("sites done", f"{seen.sites_done} of {seen.sites}"),
        ("captures", str(seen.captures)),
        ("rate", f"{seen.rate:.2f} a second"),
        ("blocked", str(seen.blocked)),
        ("failed", str(seen.failed)),
        ("time left", left if seen.step else "none"),
    ]


def _table(seen: Snapshot) -> Table:
    table = Table(show_header=False, box=None)
    for label, value in rows(seen):
        table.add_row(Text(label, style="dim"), Text(safe(value)))
    return table
