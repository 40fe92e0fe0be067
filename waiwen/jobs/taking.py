"""Which run a job is to have now: the one that was left, else the one that is due. Winning its row is the lease."""

from __future__ import annotations

import os
from datetime import datetime, timedelta

from crawler.errors import UnknownRound
from waiwen.jobs.book import Job, Run, Standing, State, stamp
from waiwen.jobs.desk import Desk, Taken
from waiwen.jobs.kinds import KINDS
from waiwen.jobs.schedule import due
from waiwen.steps import RETEST

MOST_ATTEMPTS = 2  # of a run that is lost or fails; one that was stopped cleanly goes on as often as need be
RETRY_AFTER = timedelta(minutes=10)  # of a run that failed
STALE = timedelta(minutes=5)  # without a heartbeat, a run on another machine is lost


def settle(desk: Desk, now: datetime) -> list[Run]:
    """Mark the runs whose owner died as lost; returns them."""
    lost = []
    for run in desk.book.running():
        lock = desk.lock(run.job)
        if lock is not None:
            try:
                lost += _mark_lost(desk, run, now)
            finally:
                os.close(lock)
    return lost


def _mark_lost(desk: Desk, run: Run, now: datetime) -> list[Run]:
    """With the job's lock held: its running row is a dead one's, unless another machine keeps it alive."""
    host = run.owner.partition(":")[0]
    if run.owner != desk.owner and now - run.heartbeat < STALE:
        return []
    note = (
        f"lost: process {run.pid} on {host} ended without a word; last heard of at {run.heartbeat:%Y-%m-%d %H:%M} UTC"
    )
    changed = desk.book.change_state(run, State.LOST, ended=now, note=note)
    return [changed] if changed else []


def goes_on(run: Run | None, now: datetime, *, patient: bool) -> bool:
    """Whether a job's newest run is to be taken up again. `patient`: a failed one only after a pause."""
    if run is None:
        return False
    if run.state is State.INTERRUPTED:  # who stopped it by hand starts it by hand
        return not (patient and run.by_hand)
    if run.attempt >= MOST_ATTEMPTS:
        return False
    waited = run.ended is None or now - run.ended >= RETRY_AFTER
    return run.state is State.LOST or (run.state is State.FAILED and (waited or not patient))


def drop_left(desk: Desk, job: str, now: datetime) -> None:
    """Give up the run that a job left unfinished: another job of that name must not take it up."""
    left = desk.book.standings(now, job).get(job, Standing()).newest
    if left is not None and goes_on(left, now, patient=False):
        note = f"its job was removed; before, {left.state}: {left.note}"
        desk.book.change_state(left, State.DROPPED, note=note[:600])


def wants(job: Job, standing: Standing, now: datetime) -> bool:
    """Whether a job has something to run now: a run that was left, or one that is due."""
    return goes_on(standing.newest, now, patient=True) or _due(job, standing, now) is not None


def take(desk: Desk, job: Job, now: datetime, *, by_hand: bool = False) -> Taken | None:
    """Claim what a job is to run now: the run that was left, else the one that is due (by hand: a new one).

    None where nothing is due, or where another process runs the job.
    """
    lock = desk.lock(job.name)
    if lock is None:
        return None
    try:
        run = _claim(desk, job, now, by_hand)
    except BaseException:
        os.close(lock)
        raise
    if run is None:
        os.close(lock)
        return None
    return Taken(job, run, lock)


def _due(job: Job, standing: Standing, now: datetime) -> datetime | None:
    since = max(job.anchor, standing.last_fired or job.anchor)
    return due(job.schedule, job.anchor, since, now)


def _claim(desk: Desk, job: Job, now: datetime, by_hand: bool) -> Run | None:
    """With the job's lock held: win a row in the book."""
    for run in desk.book.running():
        if run.job == job.name:
            _mark_lost(desk, run, now)
    standing = desk.book.standings(now, job.name).get(job.name, Standing())
    left = standing.newest
    if left is not None and goes_on(left, now, patient=not by_hand):
        return _go_on(desk, left, now)
    fire_time = now if by_hand else _due(job, standing, now)
    if fire_time is None:
        return None
    name = stamp(job.name, fire_time)
    run = Run(
        job=job.name,
        fire_time=fire_time,
        by_hand=by_hand,
        state=State.RUNNING,
        attempt=1,
        owner=desk.owner,
        pid=os.getpid(),
        started=now,
        heartbeat=now,
        ended=None,
        exit=None,
        round=name if KINDS[job.kind].own_round else _stored_round(desk, job),
        log=f"logs/jobs/{name}.log",
        note=""
        if by_hand or now - fire_time < timedelta(minutes=5)
        else f"late: due at {fire_time:%Y-%m-%d %H:%M} UTC",
    )
    return run if desk.book.claim(run) else None


def _stored_round(desk: Desk, job: Job) -> str:
    """The stored round that a job works on: one for all its commands, whatever begins meanwhile. Empty where none."""
    after = KINDS[job.kind].after
    given = dict(job.options).get("--round")
    if given or not after:
        return given or ""
    archive = desk.place.archive
    ready = (
        name
        for name in reversed(archive.round_names())
        if RETEST not in name and after in archive.round_record(name)["finished_steps"]
    )
    return next(ready, "")


def _go_on(desk: Desk, left: Run, now: datetime) -> Run | None:
    attempt = left.attempt + (left.state is not State.INTERRUPTED)
    note = f"taken up again at {now:%Y-%m-%d %H:%M} UTC after: {left.state}" + (f"; {left.note}" if left.note else "")
    values = {
        "attempt": attempt,
        "owner": desk.owner,
        "pid": os.getpid(),
        "heartbeat": now,
        "ended": None,
        "exit": None,
    }
    return desk.book.change_state(left, State.RUNNING, note=note[:600], **values)


def finished(desk: Desk, job: Job, run: Run) -> bool:
    """Whether the run's own round is complete, as far as the job's kind goes."""
    if not run.own_round:
        return False
    try:
        return KINDS[job.kind].last_step in desk.place.archive.round_record(run.round)["finished_steps"]
    except UnknownRound:
        return False
