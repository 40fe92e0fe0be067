"""`waiwen watch`: how far a round is, for a terminal and as JSON lines."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer
from rich.console import Console
from rich.live import Live
from rich.table import Table
from rich.text import Text

from waiwen.jobs.progress import Snapshot, snapshot
from waiwen.options import DEFAULT_WORKSPACE, RoundOption, WorkspaceOption
from waiwen.screen import safe
from waiwen.steps import open_round
from waiwen.workspace import open_workspace

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
    """Watch a running round: step, sites done, pages, rate, blocked, time left. Ends when the round is reported.

    It only reads: it may come and go beside a round.
    """
    round_ = open_round(open_workspace(workspace), round_name)
    archive = round_.workspace.archive
    console = Console(highlight=False)

    def look() -> Snapshot:
        return snapshot(archive, round_.name, datetime.now(UTC))

    if as_json or not console.is_terminal:
        while True:
            seen = look()
            line = json.dumps(seen.record()) if as_json else "; ".join(f"{k}: {v}" for k, v in rows(seen))
            typer.echo(safe(line))
            if once or not seen.step:
                return
            time.sleep(every)
    with Live(console=console, refresh_per_second=4) as live:
        while True:
            seen = look()
            live.update(_table(seen))
            if once or not seen.step:
                return
            time.sleep(every)


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
