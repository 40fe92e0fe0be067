"""Jobs and their runs in SQL. Every change of a run's state is one statement that only one process can win."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Engine, RowMapping

from crawler.errors import BadInput
from waiwen.jobs.schedule import CLOCK_FAULT, Schedule
from waiwen.jobs.table import jobs, runs

Options = tuple[tuple[str, str | None], ...]


class State(StrEnum):
    """What became of a run."""

    RUNNING = "running"
    DONE = "done"
    FAILURES = "failures"  # done, with failures that the log names
    FAILED = "failed"  # not done; taken up once more
    REFUSED = "refused"  # its input cannot be used: a person has to mend it
    INTERRUPTED = "interrupted"  # stopped cleanly; taken up again
    LOST = "lost"  # whoever ran it died; taken up once more
    DROPPED = "dropped"  # its job was removed before it was taken up again


@dataclass(frozen=True)
class Job:
    """What is run, and when. `anchor` (aware): nothing before it is due. A job without a schedule runs by hand only."""

    name: str
    kind: str
    options: Options
    schedule: Schedule
    anchor: datetime
    paused: bool = False


@dataclass(frozen=True)
class Run:
    """One run of a job. Its key is (job, fire_time); `round` is the one that it makes, or the stored one that it works
    on, empty where there is neither. Times are aware."""

    job: str
    fire_time: datetime
    by_hand: bool
    state: State
    attempt: int
    owner: str
    pid: int
    started: datetime
    heartbeat: datetime
    ended: datetime | None
    exit: int | None
    round: str
    log: str
    note: str

    @property
    def own_round(self) -> bool:
        """Whether `round` is one that the run makes."""
        return self.round == stamp(self.job, self.fire_time)


@dataclass(frozen=True)
class Standing:
    """Where a job's runs stand: the one that was begun last, and the newest scheduled fire time that was run."""

    newest: Run | None = None
    last_fired: datetime | None = None


def stamp(job: str, fire_time: datetime) -> str:
    """What a run's log and the round that it makes are named."""
    return f"{job}-{fire_time.astimezone(UTC):%Y%m%dT%H%M%SZ}"


class Book:
    """The jobs of a workspace and their history."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    # -- jobs -------------------------------------------------------------------------------------------

    def add(self, job: Job) -> None:
        """Keep a new job. Raises BadInput where there is one of that name."""
        try:
            with self.engine.begin() as connection:
                connection.execute(jobs.insert().values(**_job_row(job)))
        except sa.exc.IntegrityError as fault:
            raise BadInput(f"job {job.name!r}: exists already. `waiwen jobs edit {job.name}` changes it.") from fault

    def change(self, job: Job) -> None:
        """Replace a job by its new form."""
        with self.engine.begin() as connection:
            connection.execute(jobs.update().where(jobs.c.name == job.name).values(**_job_row(job)))

    def remove(self, name: str) -> None:
        """Take a job out; its history stays."""
        with self.engine.begin() as connection:
            connection.execute(jobs.delete().where(jobs.c.name == name))

    def jobs(self) -> list[Job]:
        """All jobs by name."""
        with self.engine.connect() as connection:
            return [_job(row) for row in connection.execute(sa.select(jobs).order_by(jobs.c.name)).mappings()]

    def job(self, name: str) -> Job:
        """A job by its name. Raises BadInput."""
        known = {job.name: job for job in self.jobs()}
        if name not in known:
            have = f"There are: {', '.join(known)}" if known else "There is none yet; `waiwen jobs add` makes one"
            raise BadInput(f"job {name!r}: no such job. {have}.")
        return known[name]

    # -- runs -------------------------------------------------------------------------------------------

    def history(self, job: str | None = None, limit: int = 20) -> list[Run]:
        """The newest runs, of one job or of all, newest first."""
        query = sa.select(runs).order_by(runs.c.started.desc(), runs.c.job).limit(limit)
        return self._runs(query if job is None else query.where(runs.c.job == job))

    def newest(self, job: str) -> Run | None:
        """The run that a job began last."""
        return next(iter(self.history(job, 1)), None)

    def standings(self, now: datetime, job: str | None = None) -> dict[str, Standing]:
        """Where the runs of every job stand, or those of one: by the job's name, in one query.

        What a wrong clock put far ahead of `now` does not count.
        """
        latest = _iso(now + CLOCK_FAULT)
        begun = _newest(runs.c.started, runs.c.started <= latest)
        fired = _newest(runs.c.fire_time, runs.c.by_hand == sa.false(), runs.c.fire_time <= latest)
        known = sa.select(jobs.c.name, begun.label("begun"), fired.label("fired"))
        known_jobs = (known if job is None else known.where(jobs.c.name == job)).subquery()
        is_newest = sa.and_(runs.c.job == known_jobs.c.name, runs.c.started == known_jobs.c.begun)
        query = sa.select(known_jobs.c.name, known_jobs.c.fired, runs).select_from(
            known_jobs.outerjoin(runs, is_newest)
        )
        with self.engine.connect() as connection:
            rows = [tuple(row) for row in connection.execute(query)]
        names = runs.columns.keys()
        return {
            name: Standing(
                _run(dict(zip(names, values, strict=True))) if values[0] else None,
                datetime.fromisoformat(fired) if fired else None,
            )
            for name, fired, *values in rows
        }

    def last_done(self) -> dict[str, datetime]:
        """When each job's newest run that ended well did so; without the jobs that have none."""
        ended = _newest(runs.c.started, runs.c.state.in_([State.DONE, State.FAILURES]), giving=runs.c.ended)
        with self.engine.connect() as connection:
            found = connection.execute(sa.select(jobs.c.name, ended)).all()
        return {job: datetime.fromisoformat(moment) for job, moment in found if moment}

    def running(self) -> list[Run]:
        """The runs that are on, or whose owner died on them."""
        return self._runs(sa.select(runs).where(runs.c.state == State.RUNNING).order_by(runs.c.job))

    def every_run(self) -> list[Run]:
        """The whole history, oldest first."""
        return self._runs(sa.select(runs).order_by(runs.c.started, runs.c.job))

    def forget(self, run: Run) -> bool:
        """Take a run out of the history; False where it has been taken up again meanwhile."""
        where = sa.and_(_is(run), runs.c.state == run.state, runs.c.attempt == run.attempt)
        with self.engine.begin() as connection:
            return bool(connection.execute(runs.delete().where(where)).rowcount)

    def claim(self, run: Run) -> bool:
        """Begin a run; False where another has it, or another run of the job is on."""
        try:
            with self.engine.begin() as connection:
                connection.execute(runs.insert().values(**_run_row(run)))
        except sa.exc.IntegrityError:
            return False
        return True

    def change_state(self, run: Run, state: State, **values: Any) -> Run | None:
        """Move a run from the state it was read in to another; None where somebody else was first."""
        changed = replace(run, state=state, **values)
        where = sa.and_(_is(run), runs.c.state == run.state, runs.c.attempt == run.attempt)
        try:
            with self.engine.begin() as connection:
                found = connection.execute(runs.update().where(where).values(**_run_row(changed))).rowcount
        except sa.exc.IntegrityError:
            return None
        return changed if found else None

    def beat(self, running: Sequence[Run], now: datetime) -> None:
        """Say that these runs are alive."""
        with self.engine.begin() as connection:
            for run in running:
                where = sa.and_(_is(run), runs.c.state == State.RUNNING)
                connection.execute(runs.update().where(where).values(heartbeat=_iso(now)))

    def _runs(self, query: sa.Select[Any]) -> list[Run]:
        with self.engine.connect() as connection:
            return [_run(dict(row)) for row in connection.execute(query).mappings()]


def _is(run: Run) -> sa.ColumnElement[bool]:
    return sa.and_(runs.c.job == run.job, runs.c.fire_time == _iso(run.fire_time))


def _newest(
    by: sa.Column[Any], *where: sa.ColumnElement[bool], giving: sa.Column[Any] | None = None
) -> sa.ScalarSelect[Any]:
    """Of a job's runs that are so, the highest of a column; or what that run holds in another."""
    mine = sa.select(by if giving is None else giving).where(runs.c.job == jobs.c.name, *where)
    return mine.order_by(by.desc()).limit(1).scalar_subquery()


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _job_row(job: Job) -> dict[str, object]:
    schedule = job.schedule
    return {
        "name": job.name,
        "kind": job.kind,
        "options": [list(option) for option in job.options],
        "schedule": {
            "cron": schedule.cron,
            "every": schedule.every.total_seconds() if schedule.every else None,
            "at": _iso(schedule.at) if schedule.at else None,
            "timezone": schedule.timezone,
            "first": schedule.first.isoformat() if schedule.first else None,
            "last": schedule.last.isoformat() if schedule.last else None,
        },
        "anchor": _iso(job.anchor),
        "paused": job.paused,
    }


def _job(row: RowMapping) -> Job:
    kept = row["schedule"]
    schedule = Schedule(
        cron=kept["cron"],
        every=timedelta(seconds=kept["every"]) if kept["every"] else None,
        at=datetime.fromisoformat(kept["at"]) if kept["at"] else None,
        timezone=kept["timezone"],
        first=date.fromisoformat(kept["first"]) if kept["first"] else None,
        last=date.fromisoformat(kept["last"]) if kept["last"] else None,
    )
    options = tuple((name, value) for name, value in row["options"])
    return Job(row["name"], row["kind"], options, schedule, datetime.fromisoformat(row["anchor"]), bool(row["paused"]))


_MOMENTS = ("fire_time", "started", "heartbeat", "ended")


def _run_row(run: Run) -> dict[str, object]:
    values: dict[str, object] = dict(vars(run))
    for name in _MOMENTS:
        moment = getattr(run, name)
        values[name] = None if moment is None else _iso(moment)
    return values | {"state": run.state.value}


def _run(row: dict[str, Any]) -> Run:
    moments = {name: datetime.fromisoformat(row[name]) if row[name] else None for name in _MOMENTS}
    return Run(**{**row, **moments, "state": State(row["state"])})
