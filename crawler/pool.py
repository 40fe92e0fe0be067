"""Runs jobs in worker processes: a shard a process, all hosts of one registered domain in one shard."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager, suppress
from multiprocessing import connection
from typing import ParamSpec, TypeVar

from crawler.job import JOB, Job, SiteTask

POLL = 0.2  # seconds between two looks at the workers
GRACE = 8.0  # seconds that a stopped worker has; it takes five at most by itself

_P = ParamSpec("_P")
_T = TypeVar("_T")


class Interrupted(BaseException):
    """Ctrl-C or SIGTERM: the workers have stopped, what they captured is kept. No fault that code may handle."""


def shards(tasks: Sequence[SiteTask], count: int) -> list[tuple[SiteTask, ...]]:
    """Split sites over at most `count` shards so that no registered domain is in two.

    Politeness is kept per host inside one process; a domain in two processes would be asked twice as often.
    """
    groups: list[tuple[frozenset[str], list[int]]] = []
    for position, task in enumerate(tasks):
        domains, members = task.domains, [position]
        apart = []
        for group in groups:
            if group[0] & domains:
                domains |= group[0]
                members += group[1]
            else:
                apart.append(group)
        groups = [*apart, (domains, members)]
    bins: list[list[int]] = [[] for _ in range(max(1, count))]
    for _, members in sorted(groups, key=lambda group: (-len(group[1]), min(group[1]))):
        min(bins, key=len).extend(members)
    return [tuple(tasks[position] for position in sorted(members)) for members in bins if members]


def run_jobs(jobs: Sequence[Job], progress: Callable[[], None], keep: Sequence[int] = ()) -> list[str]:
    """Run every job in a process of its own, all at once; returns a sentence for each that failed.

    `progress` is called several times a second. `keep` are file descriptors (locks) that the workers hold, too.
    Whatever ends the wait (Ctrl-C, a failing `progress`) stops the workers before it goes on.
    """
    workers: list[subprocess.Popen[bytes]] = []
    try:
        for _ in jobs:
            workers.append(_start(keep))
        for worker, job in zip(workers, jobs, strict=True):
            _tell(worker, job)
        while any(worker.poll() is None for worker in workers):
            progress()
            time.sleep(POLL)
        progress()
    except BaseException:
        _stop(workers)
        raise
    finally:
        said = [_said(worker) for worker in workers]
    return [
        f"{job.name}: {words or f'worker ended with {worker.returncode}, see {job.log}'}"
        for job, worker, words in zip(jobs, workers, said, strict=True)
        if worker.returncode
    ]


def _start(keep: Sequence[int]) -> subprocess.Popen[bytes]:
    # Ctrl-C in a terminal reaches every process of the group: a worker must not hear it, not even while it starts.
    with held_back(signal.SIGINT):
        return subprocess.Popen(
            [sys.executable, "-m", "crawler.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            pass_fds=tuple(keep),
        )


def _tell(worker: subprocess.Popen[bytes], job: Job) -> None:
    """Hand over the job. Standard input stays open: its end tells the worker that this process is gone."""
    assert worker.stdin is not None
    with suppress(BrokenPipeError):  # it has ended already; its exit code says more
        worker.stdin.write(JOB.dump_json(job) + b"\n")
        worker.stdin.flush()


def _said(worker: subprocess.Popen[bytes]) -> str:
    """What an ended worker has to say to the user."""
    assert worker.stdin is not None and worker.stdout is not None
    with suppress(BrokenPipeError):
        worker.stdin.close()
    with worker.stdout as words:
        return words.read().decode("utf-8", "replace").strip()


def _stop(workers: Sequence[subprocess.Popen[bytes]]) -> None:
    """Ask every worker to end after its last answers; end by force those that do not, and all at a second Ctrl-C."""
    try:
        for worker in workers:
            worker.terminate()
        deadline = time.monotonic() + GRACE
        for worker in workers:
            with suppress(subprocess.TimeoutExpired):
                worker.wait(max(0.1, deadline - time.monotonic()))
    finally:
        for worker in workers:
            worker.kill()
            worker.wait()


@contextmanager
def held_back(*signals: signal.Signals) -> Iterator[None]:
    """Keep signals waiting; processes that are started meanwhile never get them."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, signals)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


class _Pool(ProcessPoolExecutor):
    """Its processes start with the first tasks, deaf to what is meant for this one."""

    def submit(self, call: Callable[_P, _T], /, *args: _P.args, **kwargs: _P.kwargs) -> Future[_T]:
        with held_back(signal.SIGINT, signal.SIGTERM):
            return super().submit(call, *args, **kwargs)


@contextmanager
def process_pool(workers: int) -> Iterator[ProcessPoolExecutor]:
    """Processes for work that only reads. They end at once when this process does, or leaves by an exception."""
    # spawn: a forked child would share the parent's database connections.
    context = multiprocessing.get_context("spawn")
    pool = _Pool(max(1, workers), mp_context=context, initializer=_end_with_parent)
    others = set(multiprocessing.active_children())
    try:
        yield pool
    except BaseException:
        pool.shutdown(wait=False, cancel_futures=True)
        for child in set(multiprocessing.active_children()) - others:
            child.kill()
        raise
    pool.shutdown()


def _end_with_parent() -> None:
    """In a child: leave when the parent is gone. Its queue would never tell: every child holds both ends of it."""
    parent = multiprocessing.parent_process()
    assert parent is not None
    threading.Thread(target=_leave_at_end_of, args=(parent.sentinel,), daemon=True).start()


def _leave_at_end_of(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(3)
