"""Runs jobs as they come due. One `tick` looks at the clock, the runs under way and the book, and waits for none
of the runs."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from crawler.errors import BadInput, WaiwenError
from waiwen.alerts.sending import send_alerts
from waiwen.jobs.book import Job, Run, Standing, State
from waiwen.jobs.desk import Desk, Taken
from waiwen.jobs.runner import GRACE, Running
from waiwen.jobs.taking import settle, take, wants
from waiwen.jobs.telling import tell

POLL = 0.5  # seconds
BEAT = timedelta(seconds=15)


class Work(Protocol):
    """A run under way, as a runner sees it."""

    taken: Taken

    def poll(self) -> bool:
        """Go on; True once it has ended."""

    def stop(self) -> None:
        """Ask it to end."""

    def end(self, grace: float = GRACE) -> None:
        """Wait until it has ended, and end it by force after `grace` seconds."""

    def finish(self, now: datetime) -> Run:
        """Take down what came of it."""


@dataclass
class Server:
    """The runner of a workspace's jobs, at most `parallel` at once. `say` is told of every beginning and end."""

    desk: Desk
    parallel: int = 4
    say: Callable[[str], None] = print
    begin: Callable[[Desk, Taken], Work] = Running
    work: dict[str, Work] = field(default_factory=dict)
    _beaten: datetime | None = None

    def tick(self, now: datetime) -> None:
        """Take down what has ended, begin what is due. Raises BadInput where a job cannot be read, after the others."""
        self._reap(now)
        self._beat(now)
        for lost in settle(self.desk, now):
            self._ended(lost, now)
        if len(self.work) >= self.parallel:
            return
        standings = self.desk.book.standings(now)
        problems = []
        for job in self.desk.book.jobs():
            if len(self.work) >= self.parallel:
                break
            try:
                self._begin(job, standings.get(job.name, Standing()), now)
            except BadInput as fault:
                problems.append(f"{job.name}: {fault}")
        if problems:
            raise BadInput("\n".join(problems))

    def _begin(self, job: Job, standing: Standing, now: datetime) -> None:
        if job.paused or job.name in self.work or not wants(job, standing, now):
            return
        taken = take(self.desk, job, now)
        if taken is not None:
            self.say(f"{job.name}: begins{_attempt(taken.run)}, log {taken.run.log}")
            self.work[job.name] = self.begin(self.desk, taken)
            self.work[job.name].poll()

    def _reap(self, now: datetime) -> None:
        for name, work in list(self.work.items()):
            if work.poll():
                run = work.finish(now)  # where the book cannot be written, the next tick takes it down
                del self.work[name]
                self._ended(run, now)

    def _ended(self, run: Run, now: datetime) -> None:
        self.say(told(run))
        for problem in tell(self.desk.place, run, now):
            self.say(problem)

    def _beat(self, now: datetime) -> None:
        # Backwards, too: a clock that was set back must not silence the heart.
        if self._beaten is not None and abs(now - self._beaten) < BEAT:
            return
        self._beaten = now
        if self.work:
            self.desk.book.beat([work.taken.run for work in self.work.values()], now)
        for problem in send_alerts(self.desk.place, (), now):  # what could not be delivered before
            self.say(problem)

    def stop(self, clock: Callable[[], datetime]) -> None:
        """Stop every run; they are taken up again by the next server."""
        for work in self.work.values():
            work.stop()
        given_up = time.monotonic() + GRACE
        for work in self.work.values():
            work.end(max(0.0, given_up - time.monotonic()))
        self._reap(clock())


def serve(server: Server, clock: Callable[[], datetime], stopping: Callable[[], bool]) -> None:
    """Tick until asked to stop. What the disk or the database does to a tick is said once, and tried again."""
    trouble = ""
    while not stopping():
        try:
            server.tick(clock())
            trouble = ""
        except WaiwenError as fault:
            if str(fault) != trouble:
                trouble = str(fault)
                server.say(trouble)
        time.sleep(POLL)
    server.stop(clock)


def told(run: Run) -> str:
    """A run's end in a line."""
    words = f": {run.note}" if run.note and run.state is not State.DONE else ""
    took = f" after {_span(run.ended - run.started)}" if run.ended else ""
    return f"{run.job}: {run.state}{took}{words}"


def _span(span: timedelta) -> str:
    return str(timedelta(seconds=round(span.total_seconds())))


def _attempt(run: Run) -> str:
    return f" (attempt {run.attempt}: {run.note})" if run.attempt > 1 else ""
