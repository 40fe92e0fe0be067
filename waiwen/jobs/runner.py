"""Takes a run of a job, and carries it through its commands, a child process each.

Who runs a job holds a file lock that the children inherit: the system frees it with the last of them. So a run whose
row says `running` while its lock is free was lost, and nobody takes it up while orphans are still at work.
"""

from __future__ import annotations

import fcntl
import os
import socket
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO

from crawler.errors import StorageError, UnknownRound
from crawler.shared_rate import RATE_FILE, TOTAL_RATE
from waiwen.jobs.book import Book, Job, Run, State
from waiwen.jobs.kinds import KINDS, TOLERATED, Commands
from waiwen.jobs.round_counts import watch_round
from waiwen.jobs.schedule import due
from waiwen.screen import safe
from waiwen.workspace import Workspace

MOST_ATTEMPTS = 2  # of a run that is lost or fails; one that was stopped cleanly goes on as often as need be
RETRY_AFTER = timedelta(minutes=10)  # of a run that failed
STALE = timedelta(minutes=5)  # without a heartbeat, a run on another machine is lost
GRACE = 40.0  # seconds that a stopped child has
_LAST_WORDS = 4096  # bytes of a log that are read for its last line


@dataclass(frozen=True)
class Desk:
    """What every runner of a workspace shares. `total_rate` is in requests a second, over all jobs; 0: no bound."""

    place: Workspace
    book: Book
    commands: Commands
    total_rate: float = 0.0

    @property
    def owner(self) -> str:
        """Who runs: locks tell the living from the dead within one machine and folder."""
        return f"{socket.gethostname()}:{self.place.folder.absolute()}"

    def lock(self, job: str) -> int | None:
        """The job's lock as a file descriptor, None where another process holds it. Raises StorageError."""
        path = self.place.folder / "locks" / f"job-{job}.lock"
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as fault:
            raise StorageError(f"{path}: cannot be used as a lock ({fault.strerror}).") from fault
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(descriptor)
            return None
        return descriptor


@dataclass(frozen=True)
class Taken:
    """A run that is ours: its row, and the lock that says so."""

    job: Job
    run: Run
    lock: int


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


def take(desk: Desk, job: Job, now: datetime, *, by_hand: bool = False) -> Taken | None:
    """Claim what a job is to run now: the run that was left, else the one that is due (by hand: a new one).

    None where nothing is due, or where another process runs the job.
    """
    book = desk.book
    left = book.newest(job.name)
    if not (by_hand or goes_on(left, now, patient=True) or _due(book, job, now)):
        return None
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


def _due(book: Book, job: Job, now: datetime) -> datetime | None:
    since = max(job.anchor, book.last_fired(job.name, now) or job.anchor)
    return due(job.schedule, job.anchor, since, now)


def _claim(desk: Desk, job: Job, now: datetime, by_hand: bool) -> Run | None:
    """With the job's lock held: win a row in the book."""
    for run in desk.book.running():
        if run.job == job.name:
            _mark_lost(desk, run, now)
    left = desk.book.newest(job.name)
    if left is not None and goes_on(left, now, patient=not by_hand):
        return _go_on(desk, job, left, now)
    fire_time = now if by_hand else _due(desk.book, job, now)
    if fire_time is None:
        return None
    stamp = f"{job.name}-{fire_time.astimezone(UTC):%Y%m%dT%H%M%SZ}"
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
        round=stamp if KINDS[job.kind].own_round else "",
        log=f"logs/jobs/{stamp}.log",
        note=""
        if by_hand or now - fire_time < timedelta(minutes=5)
        else f"late: due at {fire_time:%Y-%m-%d %H:%M} UTC",
    )
    return run if desk.book.claim(run) else None


def _go_on(desk: Desk, job: Job, left: Run, now: datetime) -> Run | None:
    if finished(desk, job, left):  # it ended, and its owner died before saying so
        desk.book.change_state(left, State.DONE, ended=now, exit=0, note=f"{left.note}; its round is complete")
        return None
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
    if not run.round:
        return False
    try:
        return KINDS[job.kind].last_step in desk.place.archive.round_record(run.round)["finished_steps"]
    except UnknownRound:
        return False


@dataclass
class Running:
    """A run under way: one child at a time, its words in the run's log."""

    desk: Desk
    taken: Taken
    lines: list[list[str]] = field(init=False)
    child: subprocess.Popen[bytes] | None = None
    code: int | None = None  # of the run, once known
    stopped: bool = False
    erred: bool = False
    fault: str = ""

    def __post_init__(self) -> None:
        folder = self.desk.place.folder.absolute()
        self.lines = self.desk.commands.lines(self.taken.job, folder, self.taken.run.round)

    @property
    def log(self) -> Path:
        """Where the children's words go."""
        return self.desk.place.folder / self.taken.run.log

    def poll(self) -> bool:
        """Go on where a command has ended; True once the run has."""
        if self.code is not None:
            return True
        if self.child is not None:
            code = self.child.poll()
            if code is None:
                return False
            self._close()
            tolerable = code == 1 and self.lines[0][0] == TOLERATED and len(self.lines) > 1
            self.erred |= tolerable
            self.lines.pop(0)
            if self.stopped or (code and not tolerable) or not self.lines:
                self.code = code or (1 if self.erred else 0)
                return True
        elif self.stopped:
            self.code = 3
            return True
        self._start()
        return self.code is not None

    def stop(self) -> None:
        """Ask the child to end as at Ctrl-C; no other command is started."""
        self.stopped = True
        if self.child is not None:
            with suppress(ProcessLookupError):
                self.child.terminate()

    def end(self, grace: float = GRACE) -> None:
        """Wait for a stopped child, and end it by force where it does not."""
        if self.child is not None:
            try:
                self.child.wait(grace)
            except subprocess.TimeoutExpired:
                self.child.kill()
                self.child.wait()

    def _start(self) -> None:
        try:
            self.log.parent.mkdir(parents=True, exist_ok=True)
            with self.log.open("ab") as words:
                self.child = _child(self.lines[0], words, self.taken.lock, self._environment())
        except OSError as fault:
            self.code = 1
            self.erred = True
            self.fault = f"{self.log}: {fault.strerror}. Make room on that disk or mend its rights."

    def _environment(self) -> dict[str, str]:
        if not self.desk.total_rate:
            return dict(os.environ)
        bucket = self.desk.place.folder.absolute() / "locks" / "total-rate"
        return os.environ | {TOTAL_RATE: f"{self.desk.total_rate:g}", RATE_FILE: str(bucket)}

    def _close(self) -> None:
        assert self.child is not None and self.child.stdin is not None
        with suppress(BrokenPipeError):
            self.child.stdin.close()

    def finish(self, now: datetime) -> Run:
        """Take down what came of the run and free its job. Raises StorageError where the book cannot be written."""
        assert self.code is not None
        run = self.taken.run
        state = self._state()
        if run.round and state in (State.DONE, State.FAILURES):
            watch_round(self.desk.book.engine, run.round)
        words = self.fault or ("" if state is State.DONE else told_by(self.log, first=state is State.REFUSED))
        note = "; ".join(part for part in (run.note, words) if part)
        changed = self.desk.book.change_state(run, state, ended=now, exit=self.code, note=note[:600])
        os.close(self.taken.lock)
        return changed or replace(run, state=state, ended=now, exit=self.code, note=note)

    def _state(self) -> State:
        if self.code == 0:
            return State.DONE
        if self.stopped or self.code == 3:
            return State.INTERRUPTED
        if self.code is not None and self.code < 0:
            return State.LOST
        if self.code == 2:
            return State.REFUSED
        complete = finished(self.desk, self.taken.job, self.taken.run) or (self.erred and not self.lines)
        return State.FAILURES if complete and not self.fault else State.FAILED


def _child(line: Sequence[str], words: IO[bytes], lock: int, environment: dict[str, str]) -> subprocess.Popen[bytes]:
    words.write(f"$ waiwen {' '.join(line)}\n".encode())
    words.flush()
    return subprocess.Popen(  # noqa: S603 - our own command line, and no shell
        [sys.executable, "-m", "waiwen.jobs.child", *line],
        stdin=subprocess.PIPE,
        stdout=words,
        stderr=words,
        env=environment,
        pass_fds=(lock,),
        start_new_session=True,  # Ctrl-C in a terminal is the owner's affair
    )


def told_by(log: Path, *, first: bool) -> str:
    """What a run's last command said last, fit to be shown; `first`: what it said first, which sums up bad input."""
    try:
        with log.open("rb") as file:
            file.seek(max(0, log.stat().st_size - _LAST_WORDS))
            words = file.read().decode("utf-8", "replace").rpartition("\n$ waiwen ")[2]
    except OSError:
        return ""
    said = [line for line in (safe(line).strip() for line in words.split("\n")[1:]) if line]
    return said[0 if first else -1][:300] if said else ""
