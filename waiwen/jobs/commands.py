"""`waiwen jobs`: schedules, and who runs them."""

from __future__ import annotations

import re
import signal
import threading
from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text
from sqlalchemy.engine import Engine
from typer.core import TyperGroup

from crawler.errors import BadInput
from crawler.shared_rate import TOTAL_RATE
from waiwen.jobs.book import Book, Job, Run, State
from waiwen.jobs.kinds import KINDS, Commands, with_sites
from waiwen.jobs.metrics import parse_address, serving_metrics, text_of
from waiwen.jobs.monitors import marks
from waiwen.jobs.round_counts import kept_findings
from waiwen.jobs.runner import Desk, Running, settle, take
from waiwen.jobs.schedule import Schedule, checked, fires, parse_span
from waiwen.jobs.serve import BEAT, POLL, Server, serve, told
from waiwen.jobs.telling import tell
from waiwen.options import WorkspaceOption
from waiwen.screen import safe
from waiwen.workspace import open_workspace

jobs_app = typer.Typer(help="Scheduled jobs: keep them, run them, see what came of them.", no_args_is_help=True)

DEFAULT_WORKSPACE = Path("workspace")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")
_EXTRA = {"allow_extra_args": True, "ignore_unknown_options": True}

NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="The job's name.")]
KindOption = Annotated[str, typer.Option(help="; ".join(f"{name}: {kind.help}" for name, kind in KINDS.items()))]
CronOption = Annotated[str | None, typer.Option(help="Minute hour day month weekday, such as '0 2 * * 1'.")]
EveryOption = Annotated[str | None, typer.Option(help="A span, such as 30m, 6h or 2d, counted from now.")]
AtOption = Annotated[
    datetime | None, typer.Option(formats=["%Y-%m-%dT%H:%M"], help="Once, at this time of the time zone.")
]
ZoneOption = Annotated[str | None, typer.Option(help="Of cron, --at and the window. Default: Asia/Shanghai.")]
FromOption = Annotated[
    datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="First day of the observation window.")
]
UntilOption = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Its last day.")]
SitesOption = Annotated[Path | None, typer.Option(help="The site list, read anew by every run.")]
TotalRateOption = Annotated[
    float,
    typer.Option(min=0.0, envvar=TOTAL_RATE, help="Requests a second over all jobs of this workspace. 0: no bound."),
]
ROUND = "round"


def _console() -> Console:
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = 160
    return console


def _say(line: str) -> None:
    Console(highlight=False).print(safe(line), markup=False, soft_wrap=True)


def _log(line: str) -> None:
    _say(f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC  {line}")


def _root(context: typer.Context) -> Commands:
    root = context.find_root().command
    assert isinstance(root, TyperGroup)
    return Commands(root)


def _book(workspace: Path, *, create: bool = False) -> Book:
    return Book(open_workspace(workspace, create=create).archive.engine)


def _now() -> datetime:
    return datetime.now(UTC)


@jobs_app.command("add", context_settings=_EXTRA)
def add(  # noqa: PLR0913, PLR0917 - a command's options are its interface
    context: typer.Context,
    name: NameArgument,
    kind: KindOption = ROUND,
    sites: SitesOption = None,
    cron: CronOption = None,
    every: EveryOption = None,
    at: AtOption = None,
    timezone: ZoneOption = None,
    first: FromOption = None,
    until: UntilOption = None,
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
) -> None:
    """Keep a job. Every option of the command that it runs may follow: those of `waiwen audit` for a round.

    Without --cron, --every or --at it runs only when `waiwen jobs run NAME` says so.
    """
    if not _NAME.fullmatch(name):
        raise BadInput(f"job {name!r}: name it with letters, digits, - and _; 40 at most")
    if kind not in KINDS:
        raise BadInput(f"--kind {kind}: there are {', '.join(KINDS)}")
    commands, now = _root(context), _now()
    options = with_sites(kind, commands.parse(kind, context.args), sites, commands)
    schedule = _schedule(Schedule(), cron, every, at, timezone, first, until, now)
    job = Job(name, kind, options, schedule, now)
    _book(workspace, create=True).add(job)
    _say(f"job {name}: {_next(job, now)}")


def _schedule(
    kept: Schedule,
    cron: str | None,
    every: str | None,
    at: datetime | None,
    timezone: str | None,
    first: datetime | None,
    until: datetime | None,
    now: datetime,
) -> Schedule:
    """A schedule with what was given put in place of what was kept."""
    if cron or every or at:
        kept = replace(kept, cron="", every=None, at=None)
    schedule = replace(kept, timezone=timezone or kept.timezone, cron=cron or kept.cron)
    schedule = replace(schedule, every=parse_span(every) if every else kept.every, at=None)
    schedule = checked(
        replace(
            schedule,
            at=at.replace(tzinfo=UTC) if at else kept.at,
            first=_day(first) or kept.first,
            last=_day(until) or kept.last,
        )
    )
    if at is None:
        return schedule
    moment = at.replace(tzinfo=schedule.zone)
    if moment <= now:
        raise BadInput(f"--at {at:%Y-%m-%dT%H:%M}: is past in {schedule.timezone}. `waiwen jobs run` runs a job now.")
    return replace(schedule, at=moment)


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


def _next(job: Job, now: datetime) -> str:
    """When a job runs next, in words."""
    if job.paused:
        return "paused"
    moment = next(fires(job.schedule, job.anchor, max(now, job.anchor)), None)
    if moment is None:
        return "runs by hand only" if not (job.schedule.cron or job.schedule.every) else "its window is over"
    return f"next at {moment.astimezone(job.schedule.zone):%Y-%m-%d %H:%M} ({job.schedule.timezone})"


@jobs_app.command("edit", context_settings=_EXTRA)
def edit(  # noqa: PLR0913, PLR0917 - a command's options are its interface
    context: typer.Context,
    name: NameArgument,
    sites: SitesOption = None,
    cron: CronOption = None,
    every: EveryOption = None,
    at: AtOption = None,
    timezone: ZoneOption = None,
    first: FromOption = None,
    until: UntilOption = None,
    drop: Annotated[
        list[str] | None, typer.Option(metavar="OPTION", help="An option to take back, as --drop=--delay.")
    ] = None,
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
) -> None:
    """Change a job: what is given takes the place of what was, the rest stays. A new schedule counts from now."""
    book, commands, now = _book(workspace), _root(context), _now()
    job = book.job(name)
    kept = dict(job.options)
    for option in drop or []:
        if option not in kept:
            raise BadInput(f"--drop={option}: job {name} has no such option. It has: {' '.join(kept) or 'none'}.")
        del kept[option]
    kept_sites = kept.pop("--sites", None)
    options = tuple((kept | dict(commands.parse(job.kind, context.args))).items())
    wanted = sites or (Path(kept_sites) if kept_sites else None)
    schedule = _schedule(job.schedule, cron, every, at, timezone, first, until, now)
    anchor = job.anchor if schedule == job.schedule else now
    changed = replace(job, options=with_sites(job.kind, options, wanted, commands), schedule=schedule, anchor=anchor)
    book.change(changed)
    _say(f"job {name}: {_next(changed, now)}")


@jobs_app.command("list")
def list_jobs(workspace: WorkspaceOption = DEFAULT_WORKSPACE) -> None:
    """List the jobs: schedule, next run, and what became of the last one."""
    desk, now = _desk_without_commands(workspace), _now()
    settle(desk, now)
    table = Table("job", "kind", "schedule", "next", "last run", header_style="dim")
    for job in desk.book.jobs():
        last = desk.book.newest(job.name)
        words = f"{last.state} {last.started:%Y-%m-%d %H:%M} UTC" if last else "never"
        schedule = str(job.schedule) if _next(job, now) != "runs by hand only" else "none"
        table.add_row(*(Text(safe(cell)) for cell in (job.name, job.kind, schedule, _next(job, now), words)))
    _console().print(table)


@jobs_app.command("show")
def show(context: typer.Context, name: NameArgument, workspace: WorkspaceOption = DEFAULT_WORKSPACE) -> None:
    """Show a job: what it runs, when, and its next five fire times."""
    book, now = _book(workspace), _now()
    job = book.job(name)
    _say(f"{job.name}: {KINDS[job.kind].help}; {job.schedule}; {_next(job, now)}")
    example = f"{job.name}-..." if KINDS[job.kind].own_round else ""
    for line in _root(context).lines(job, workspace, example):
        _say(f"  waiwen {' '.join(line)}")
    if not job.paused:
        for moment, _ in zip(fires(job.schedule, job.anchor, max(now, job.anchor)), range(5), strict=False):
            _say(f"  {moment.astimezone(job.schedule.zone):%a %Y-%m-%d %H:%M %Z}")


@jobs_app.command("pause")
def pause(name: NameArgument, workspace: WorkspaceOption = DEFAULT_WORKSPACE) -> None:
    """Let a job rest: nothing of it is begun until `resume`. A run under way goes on."""
    book = _book(workspace)
    book.change(replace(book.job(name), paused=True))
    _say(f"job {name}: paused")


@jobs_app.command("resume")
def resume(name: NameArgument, workspace: WorkspaceOption = DEFAULT_WORKSPACE) -> None:
    """End a pause. What fell into it is not made up for."""
    book, now = _book(workspace), _now()
    job = replace(book.job(name), paused=False)
    # `every` keeps its beat, which counts from the anchor.
    beats = (now - job.anchor) // job.schedule.every if job.schedule.every else None
    anchor = now if beats is None or job.schedule.every is None else job.anchor + beats * job.schedule.every
    job = replace(job, anchor=anchor)
    book.change(job)
    _say(f"job {name}: {_next(job, now)}")


@jobs_app.command("remove")
def remove(name: NameArgument, workspace: WorkspaceOption = DEFAULT_WORKSPACE) -> None:
    """Remove a job. Its rounds and its history stay."""
    book = _book(workspace)
    book.job(name)
    if any(run.job == name for run in book.running()):
        raise BadInput(f"job {name}: runs at the moment. Wait until it ends, or stop it first.")
    book.remove(name)
    _say(f"job {name}: removed; its rounds and its history stay")


@jobs_app.command("history")
def history(
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="Default: all jobs.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="Runs shown, newest first.")] = 20,
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
) -> None:
    """Show what ran: state, why, round and log."""
    desk = _desk_without_commands(workspace)
    settle(desk, _now())
    for run in desk.book.history(name, limit):
        for line in _history_lines(run, desk.place.folder, desk.book.engine):
            _say(line)


def _history_lines(run: Run, folder: Path, engine: Engine) -> list[str]:
    took = f"{(run.ended - run.started).total_seconds():.0f} s" if run.ended else f"heard of {run.heartbeat:%H:%M:%S}"
    how = "by hand" if run.by_hand else "scheduled"
    lines = [f"{run.fire_time:%Y-%m-%d %H:%M:%S} UTC  {run.job}  {run.state}  {how}, attempt {run.attempt}, {took}"]
    lines += [f"    {run.note}"] if run.note else []
    lines += [f"    MARKED {mark}" for mark in marks(kept_findings(engine, run.round))] if run.round else []
    report = folder / "reports" / run.round / "report.html"
    if run.round:
        lines.append(f"    round {run.round}" + (f", report {report}" if report.exists() else ""))
    return [*lines, f"    log {folder / run.log}"]


@jobs_app.command("run")
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
    desk = _desk(context, workspace, total_rate)
    job = desk.book.job(name)
    taken = take(desk, job, _now(), by_hand=True)
    if taken is None:
        _say(f"job {name}: already runs, or has just ended; nothing was begun")
        return
    stop = _stop_event()
    run = _carry(Running(desk, taken), desk, stop)
    _say(told(run))
    for problem in tell(desk.place, run, _now()):
        _say(problem)
    if run.state is State.LOST:
        raise typer.Exit(1)
    if run.exit:
        raise typer.Exit(run.exit)


def _carry(running: Running, desk: Desk, stop: threading.Event) -> Run:
    beaten = _now()
    while not running.poll():
        if stop.wait(POLL):
            running.stop()
            running.end()
        elif _now() - beaten >= BEAT:
            beaten = _now()
            desk.book.beat([running.taken.run], beaten)
    return running.finish(_now())


@jobs_app.command("serve")
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
    desk = _desk(context, workspace, total_rate)
    stop = _stop_event()
    _log(f"serving {len(desk.book.jobs())} jobs of {desk.place.folder}")
    with serving_metrics(parse_address(metrics), text_of(desk.book, desk.place.archive)) if metrics else nullcontext():
        serve(Server(desk, parallel, _log), _now, stop.is_set)
    _log("stopped; what was running goes on with the next `waiwen jobs serve`")


def _stop_event() -> threading.Event:
    """An event that Ctrl-C and SIGTERM set, in place of an exception at an unlucky moment."""
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    return stop


def _desk(context: typer.Context, workspace: Path, total_rate: float) -> Desk:
    place = open_workspace(workspace)
    return Desk(place, Book(place.archive.engine), _root(context), total_rate)


def _desk_without_commands(workspace: Path) -> Desk:
    place = open_workspace(workspace)
    return Desk(place, Book(place.archive.engine), Commands(TyperGroup()))
