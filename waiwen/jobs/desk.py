"""What every runner of a workspace's jobs shares, and the lock by which one of them has a job.

Who runs a job holds a file lock that the children inherit: the system frees it with the last of them. So a run whose
row says `running` while its lock is free was lost, and nobody takes it up while orphans are still at work.
"""

from __future__ import annotations

import fcntl
import os
import socket
from dataclasses import dataclass

from crawler.errors import StorageError
from waiwen.jobs.book import Book, Job, Run
from waiwen.jobs.kinds import Commands
from waiwen.workspace import Workspace


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
