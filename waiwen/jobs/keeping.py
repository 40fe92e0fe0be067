"""`waiwen jobs add`, `edit`, `list`, `show`, `pause`, `resume`, `remove`: which jobs there are, and when they run."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table
from rich.text import Text

from crawler.errors import BadInput, UnknownRound, WorkspaceError
from waiwen.jobs.book import Job, Options, Standing
from waiwen.jobs.kinds import KINDS, with_sites
from waiwen.jobs.opening import NameArgument, now_utc, open_book, open_desk, root_commands
from waiwen.jobs.schedule import Schedule, checked, fires, parse_span
from waiwen.jobs.taking import drop_left
from waiwen.jobs.telling import tell_lost
from waiwen.options import DEFAULT_WORKSPACE, WorkspaceOption, day_of
from waiwen.screen import safe, say, terminal
from waiwen.workspace import open_workspace

ROUND = "round"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,39}")


def _moment_of(text: str) -> datetime:
    """Read a time that an option was given. Raises BadParameter."""
    try:
        return datetime.strptime(text, "%Y-%m-%dT%H:%M")  # noqa: DTZ007 - the time zone is another option's
    except ValueError as fault:
        raise typer.BadParameter(f"{text!r} is no time. Write it as YYYY-MM-DDTHH:MM.") from fault


KindOption = Annotated[str, typer.Option(help="; ".join(f"{name}: {kind.help}" for name, kind in KINDS.items()))]
CronOption = Annotated[str | None, typer.Option(help="Minute hour day month weekday, such as '0 2 * * 1'.")]
EveryOption = Annotated[str | None, typer.Option(help="A span, such as 30m, 6h or 2d, counted from now.")]
AtOption = Annotated[
    datetime | None,
    typer.Option(parser=_moment_of, metavar="YYYY-MM-DDTHH:MM", help="Once, at this time of the time zone."),
]
ZoneOption = Annotated[str | None, typer.Option(help="Of cron, --at and the window. Default: Asia/Shanghai.")]
FromOption = Annotated[
    date | None,
    typer.Option("--from", parser=day_of, metavar="YYYY-MM-DD", help="First day of the observation window."),
]
UntilOption = Annotated[date | None, typer.Option(parser=day_of, metavar="YYYY-MM-DD", help="Its last day.")]
SitesOption = Annotated[Path | None, typer.Option(help="The site list, read anew by every run.")]


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
    commands, now = root_commands(context), now_utc()
    options = with_sites(kind, commands.parse(kind, context.args), sites, commands)
    schedule = _coming(_schedule(Schedule(), cron, every, at, timezone, first, until, now), now)
    _require_round(workspace, options)
    job = Job(name, kind, options, schedule, now)
    open_book(workspace, create=True).add(job)
    say(f"job {name}: {_next(job, now)}")


def _require_round(workspace: Path, options: Options) -> None:
    """Refuse a stored round that is not there. Raises UnknownRound."""
    name = dict(options).get("--round")
    if not name:
        return
    try:
        place = open_workspace(workspace)
    except WorkspaceError as fault:
        raise UnknownRound(f"round {name!r}: not in this workspace. {fault}") from fault
    place.archive.round_record(name)


def _schedule(
    kept: Schedule,
    cron: str | None,
    every: str | None,
    at: datetime | None,
    timezone: str | None,
    first: date | None,
    until: date | None,
    now: datetime,
) -> Schedule:
    """A schedule with what was given put in place of what was kept. Raises BadInput."""
    if cron is not None and not cron.strip():
        raise BadInput("--cron is empty. Write it as '0 2 * * 1', or leave it out to run by hand.")
    if not (cron is None and every is None and at is None):
        kept = replace(kept, cron=cron or "", every=None if every is None else parse_span(every), at=None)
    schedule = checked(
        replace(
            kept,
            timezone=kept.timezone if timezone is None else timezone,
            at=at.replace(tzinfo=UTC) if at else kept.at,
            first=first or kept.first,
            last=until or kept.last,
        )
    )
    if at is not None:
        moment = at.replace(tzinfo=schedule.zone)
        if moment <= now:
            raise BadInput(
                f"--at {at:%Y-%m-%dT%H:%M}: is past in {schedule.timezone}. `waiwen jobs run` runs a job now."
            )
        schedule = replace(schedule, at=moment)
    return schedule


def _coming(schedule: Schedule, now: datetime) -> Schedule:
    """The schedule, if it is due some time from now. Raises BadInput."""
    if schedule.planned and next(fires(schedule, now, now), None) is None:
        raise BadInput(f"{schedule}: never due from now on. Give another window (--from, --until) or schedule.")
    return schedule


def _next(job: Job, now: datetime) -> str:
    """When a job runs next, in words."""
    if job.paused:
        return "paused"
    moment = next(fires(job.schedule, job.anchor, max(now, job.anchor)), None)
    if moment is None and not job.schedule.planned:
        return "runs by hand only"
    if moment is None:
        return "its time is past" if job.schedule.at else "its window is over"
    return f"next at {moment.astimezone(job.schedule.zone):%Y-%m-%d %H:%M} ({job.schedule.timezone})"


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
        list[str] | None,
        typer.Option(metavar="OPTION", help="An option to take back, as --drop=--delay."),
    ] = None,
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
) -> None:
    """Change a job: what is given takes the place of what was, the rest stays. A new schedule counts from now."""
    book, commands, now = open_book(workspace), root_commands(context), now_utc()
    job = book.job(name)
    kept, kept_schedule = _without(drop or [], job)
    kept_sites = kept.pop("--sites", None)
    given = commands.parse(job.kind, context.args)
    _require_round(workspace, given)
    options = tuple((kept | dict(given)).items())
    wanted = sites or (Path(kept_sites) if kept_sites else None)
    schedule = _schedule(kept_schedule, cron, every, at, timezone, first, until, now)
    anchor = job.anchor
    if schedule != job.schedule:
        schedule, anchor = _coming(schedule, now), now
    changed = replace(job, options=with_sites(job.kind, options, wanted, commands), schedule=schedule, anchor=anchor)
    book.change(changed)
    say(f"job {name}: {_next(changed, now)}")


# Options of the schedule → what takes them back.
_TAKEN_BACK: dict[str, dict[str, Any]] = {
    "--cron": {"cron": ""},
    "--every": {"every": None},
    "--at": {"at": None},
    "--from": {"first": None},
    "--until": {"last": None},
}


def _without(drop: Sequence[str], job: Job) -> tuple[dict[str, str | None], Schedule]:
    """A job's options and schedule without those that are taken back. Raises BadInput for one that it does not have."""
    kept, schedule = dict(job.options), job.schedule
    for option in drop:
        cleared = replace(schedule, **_TAKEN_BACK.get(option, {}))
        if option not in kept and cleared == schedule:
            of_schedule = [name for name, gone in _TAKEN_BACK.items() if replace(schedule, **gone) != schedule]
            raise BadInput(
                f"--drop={option}: job {job.name} has no such option. "
                f"It has: {' '.join([*kept, *of_schedule]) or 'none'}."
            )
        kept.pop(option, None)
        schedule = cleared
    return kept, schedule


def list_jobs(workspace: WorkspaceOption = DEFAULT_WORKSPACE) -> None:
    """List the jobs: schedule, next run, and what became of the last one."""
    desk, now = open_desk(workspace), now_utc()
    for problem in tell_lost(desk, now):
        say(problem)
    jobs = desk.book.jobs()
    if not jobs:
        say("There are no jobs yet. `waiwen jobs add NAME --cron '0 2 * * 1' --sites SITES.csv` adds one.")
        return
    table = Table("job", "kind", "schedule", "next", "last run", header_style="dim")
    standings = desk.book.standings(now)
    for job in jobs:
        last = standings.get(job.name, Standing()).newest
        words = f"{last.state} {last.started:%Y-%m-%d %H:%M} UTC" if last else "never"
        table.add_row(*(Text(safe(cell)) for cell in (job.name, job.kind, str(job.schedule), _next(job, now), words)))
    terminal(160).print(table)


def show(context: typer.Context, name: NameArgument, workspace: WorkspaceOption = DEFAULT_WORKSPACE) -> None:
    """Show a job: what it runs, when, and its next five fire times."""
    book, now = open_book(workspace), now_utc()
    job = book.job(name)
    say(f"{job.name}: {KINDS[job.kind].help}; {job.schedule}; {_next(job, now)}")
    example = f"{job.name}-..." if KINDS[job.kind].own_round else ""
    for line in root_commands(context).lines(job, workspace, example):
        say(f"  waiwen {' '.join(line)}")
    if not job.paused:
        for moment, _ in zip(fires(job.schedule, job.anchor, max(now, job.anchor)), range(5), strict=False):
            say(f"  {moment.astimezone(job.schedule.zone):%a %Y-%m-%d %H:%M %Z}")


def pause(name: NameArgument, workspace: WorkspaceOption = DEFAULT_WORKSPACE) -> None:
    """Let a job rest: nothing of it is begun until `resume`. A run under way goes on."""
    book = open_book(workspace)
    book.change(replace(book.job(name), paused=True))
    say(f"job {name}: paused")


def resume(name: NameArgument, workspace: WorkspaceOption = DEFAULT_WORKSPACE) -> None:
    """End a pause. What fell into it is not made up for."""
    book, now = open_book(workspace), now_utc()
    job = book.job(name)
    if not job.paused:
        say(f"job {name}: is not paused; {_next(job, now)}")
        return
    job = replace(job, paused=False)
    # `every` keeps its beat, which counts from the anchor.
    beats = (now - job.anchor) // job.schedule.every if job.schedule.every else None
    anchor = now if beats is None or job.schedule.every is None else job.anchor + beats * job.schedule.every
    job = replace(job, anchor=anchor)
    book.change(job)
    say(f"job {name}: {_next(job, now)}")


def remove(name: NameArgument, workspace: WorkspaceOption = DEFAULT_WORKSPACE) -> None:
    """Remove a job. Its rounds and its history stay."""
    desk, now = open_desk(workspace), now_utc()
    desk.book.job(name)
    for problem in tell_lost(desk, now):
        say(problem)
    if any(run.job == name for run in desk.book.running()):
        raise BadInput(f"job {name}: runs at the moment. Wait until it ends, or stop it first.")
    drop_left(desk, name, now)
    desk.book.remove(name)
    say(f"job {name}: removed; its rounds and its history stay")
