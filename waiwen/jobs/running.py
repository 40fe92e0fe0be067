"""`waiwen jobs run`, `serve`, `history`: who runs the jobs, and what came of it."""

from __future__ import annotations

import signal
import threading
from contextlib import nullcontext, suppress
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy.engine import Engine

from crawler.errors import StorageError
from crawler.shared_rate import TOTAL_RATE
from scoring.reports.wording import counted
from waiwen.jobs.book import Run, State
from waiwen.jobs.desk import Desk
from waiwen.jobs.metrics import parse_address, serving_metrics, text_of
from waiwen.jobs.monitors import marks
from waiwen.jobs.opening import NameArgument, now_utc, open_desk, root_commands
from waiwen.jobs.round_counts import kept_findings
from waiwen.jobs.runner import Running
from waiwen.jobs.serve import BEAT, POLL, Server, serve, told
from waiwen.jobs.taking import take
from waiwen.jobs.telling import tell, tell_lost
from waiwen.options import DEFAULT_WORKSPACE, WorkspaceOption
from waiwen.screen import say

TotalRateOption = Annotated[
    float,
    typer.Option(min=0.0, envvar=TOTAL_RATE, help="Requests a second over all jobs of this workspace. 0: no bound."),
]


def _log(line: str) -> None:
    say(f"{now_utc():%Y-%m-%d %H:%M:%S} UTC  {line}")


def history(
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="Default: all jobs.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="Runs shown, newest first.")] = 20,
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
) -> None:
    """Show what ran: state, why, round and log."""
    desk = open_desk(workspace)
    for problem in tell_lost(desk, now_utc()):
        say(problem)
    found = desk.book.history(name, limit)
    if name is not None and not found:
        desk.book.job(name)  # a removed job's history stays, so its name may be unknown
    if not found:
        say("nothing has run yet")
    for run in found:
        for line in _history_lines(run, desk.place.folder, desk.book.engine):
            say(line)


def _history_lines(run: Run, folder: Path, engine: Engine) -> list[str]:
    took = f"{(run.ended - run.started).total_seconds():.0f} s" if run.ended else f"heard of {run.heartbeat:%H:%M:%S}"
    how = "by hand" if run.by_hand else "scheduled"
    code = "" if run.exit is None else f", exit {run.exit}"
    lines = [
        f"{run.fire_time:%Y-%m-%d %H:%M:%S} UTC  {run.job}  {run.state}  {how}, attempt {run.attempt}, {took}{code}"
    ]
    lines += [f"    {run.note}"] if run.note else []
    lines += [f"    MARKED {mark}" for mark in marks(kept_findings(engine, run.round))] if run.round else []
    report = folder / "reports" / run.round / "report.html"
    if run.round:
        lines.append(f"    round {run.round}" + (f", report {report}" if report.exists() else ""))
    return [*lines, f"    log {folder / run.log}"]


def run_now(
    context: typer.Context,
    name: NameArgument,
    total_rate: TotalRateOption = 0.0,
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
) -> None:
    """Run a job now, and wait for its end: also from cron.

    A run that was left unfinished goes on; else a new one begins. Exits 0 where the job already runs: it never
    overlaps itself.
    """
    desk = open_desk(workspace, root_commands(context), total_rate)
    job = desk.book.job(name)
    for problem in tell_lost(desk, now_utc()):
        say(problem)
    taken = take(desk, job, now_utc(), by_hand=True)
    if taken is None:
        say(f"job {name}: already runs; nothing was begun")
        return
    stop = _stop_event()
    run = _carry(Running(desk, taken), desk, stop)
    say(told(run))
    for problem in tell(desk.place, run, now_utc()):
        say(problem)
    if run.state is State.LOST:
        raise typer.Exit(1)
    if run.exit:
        raise typer.Exit(run.exit)


def _carry(running: Running, desk: Desk, stop: threading.Event) -> Run:
    beaten = now_utc()
    while not running.poll():
        if stop.wait(POLL):
            running.stop()
            running.end()
        elif now_utc() - beaten >= BEAT:
            beaten = now_utc()
            with suppress(StorageError):  # the run goes on; who reads the book trusts its lock first
                desk.book.beat([running.taken.run], beaten)
    return running.finish(now_utc())


def serve_jobs(
    context: typer.Context,
    parallel: Annotated[int, typer.Option(min=1, max=64, help="Jobs that run at once, at most.")] = 4,
    total_rate: TotalRateOption = 0.0,
    metrics: Annotated[
        str, typer.Option(metavar="ADDRESS:PORT", help="Prometheus metrics, there and nowhere else.")
    ] = "",
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
) -> None:
    """Run the jobs as they come due, until Ctrl-C or SIGTERM: what runs then stops, and goes on with the next serve."""
    desk = open_desk(workspace, root_commands(context), total_rate)
    stop = _stop_event()
    _log(f"serving {counted(len(desk.book.jobs()), 'job')} of {desk.place.folder}")
    with serving_metrics(parse_address(metrics), text_of(desk.book, desk.place.archive)) if metrics else nullcontext():
        serve(Server(desk, parallel, _log), now_utc, stop.is_set)
    _log("stopped; what was running goes on with the next `waiwen jobs serve`")


def _stop_event() -> threading.Event:
    """An event that Ctrl-C and SIGTERM set, in place of an exception at an unlucky moment."""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    return stop
