"""Old runs of jobs, taken out of the history with their logs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from waiwen.jobs.book import Book, Run, State
from waiwen.jobs.schedule import CLOCK_FAULT
from waiwen.workspace import Workspace

WELL = frozenset({State.DONE, State.FAILURES})


def prune_runs(place: Workspace, keep: int, now: datetime, *, dry_run: bool = False) -> int:
    """Delete all but the newest `keep` runs of every job and their logs; returns how many. `now` is aware."""
    book = Book(place.archive.engine)
    going = surplus(book.every_run(), keep, now)
    if dry_run:
        return len(going)
    gone = [run for run in going if book.forget(run)]
    for run in gone:  # after the history: a log too many does no harm
        (place.folder / run.log).unlink(missing_ok=True)
    return len(gone)


def surplus(runs: Sequence[Run], keep: int, now: datetime) -> list[Run]:
    """The runs to delete, oldest first: none of a job that runs, and none that tells what is due or was last well.

    What a wrong clock put far ahead of `now` is not counted, and stays.
    """
    at_work = {run.job for run in runs if run.state is State.RUNNING}
    latest = now + CLOCK_FAULT
    of_job: dict[str, list[Run]] = {}
    for run in sorted(runs, key=lambda run: run.started, reverse=True):
        if run.job not in at_work and max(run.started, run.fire_time) <= latest:
            of_job.setdefault(run.job, []).append(run)
    going = []
    for found in of_job.values():
        scheduled = sorted(found, key=lambda run: run.fire_time, reverse=True)
        kept = [
            *found[:keep],
            *_first(scheduled, lambda run: not run.by_hand),
            *_first(found, lambda run: run.state in WELL),
        ]
        going += [run for run in found if run not in kept]
    return sorted(going, key=lambda run: (run.started, run.job))


def _first(runs: Sequence[Run], wanted: Callable[[Run], bool]) -> list[Run]:
    return [run for run in runs if wanted(run)][:1]
