"""Carries a run through its commands, a child process each."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import IO

from crawler.shared_rate import RATE_FILE, TOTAL_RATE
from waiwen.jobs.book import Run, State
from waiwen.jobs.desk import Desk, Taken
from waiwen.jobs.kinds import TOLERATED
from waiwen.jobs.round_counts import watch_round
from waiwen.jobs.taking import finished
from waiwen.screen import safe

GRACE = 40.0  # seconds that a stopped child has
_LAST_WORDS = 4096  # bytes of a log that are read for its last line


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
        job, run = self.taken.job, self.taken.run
        # Where the round is complete, it ended, and its owner died before saying so: nothing is left but to say it.
        self.lines = [] if finished(self.desk, job, run) else self.desk.commands.lines(job, folder, run.round)

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
            if self.stopped and self.lines:
                self.code = code or 3  # the command was through before it heard of the stop; others were not begun
                return True
            if (code and not tolerable) or not self.lines:
                self.code = code or (1 if self.erred else 0)
                return True
        elif self.stopped or not self.lines:
            self.code = 3 if self.lines else 0
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
        if run.own_round and state in (State.DONE, State.FAILURES):
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
