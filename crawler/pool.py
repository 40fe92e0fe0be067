"""Runs jobs in worker processes: a shard a process, all hosts of one registered domain in one shard."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from crawler.job import JOB, Job, SiteTask
from crawler.scope import host_of, registered_domain

POLL = 0.2  # seconds between two looks at the workers
GRACE = 30.0  # seconds that an interrupted worker has to finish its last answers


@dataclass(frozen=True)
class Interrupted(Exception):
    """Ctrl-C: the workers have stopped cleanly, what they captured is kept."""


def shards(tasks: Sequence[SiteTask], count: int) -> list[tuple[SiteTask, ...]]:
    """Split sites over at most `count` shards so that no registered domain is in two.

    Politeness is kept per host inside one process; a domain in two processes would be asked twice as often.
    """
    groups: list[tuple[set[str], list[int]]] = []
    for position, task in enumerate(tasks):
        domains, members = _domains(task), [position]
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


def _domains(task: SiteTask) -> set[str]:
    urls = [task.site.url, *(url for _, url in task.site.versions), *(target.home for target in task.targets)]
    return {registered_domain(host_of(url)) for url in urls}


def run_jobs(jobs: Sequence[Job], progress: Callable[[], None]) -> list[str]:
    """Run every job in a process of its own, all at once; returns a sentence for each that failed.

    `progress` is called several times a second. Raises Interrupted after Ctrl-C, when all have stopped.
    """
    running = [(job, _start(job)) for job in jobs]
    try:
        while any(process.poll() is None for _, process in running):
            progress()
            time.sleep(POLL)
    except KeyboardInterrupt:
        _stop([process for _, process in running])
        raise Interrupted from None
    progress()
    return [
        f"{job.name}: worker ended with {process.returncode}, see {job.log}"
        for job, process in running
        if process.returncode
    ]


def _start(job: Job) -> subprocess.Popen[bytes]:
    process = subprocess.Popen([sys.executable, "-m", "crawler.worker"], stdin=subprocess.PIPE, start_new_session=True)
    assert process.stdin is not None
    process.stdin.write(JOB.dump_json(job))
    process.stdin.close()
    return process


def _stop(processes: Sequence[subprocess.Popen[bytes]]) -> None:
    """Ask every worker to end after its last answer; end by force those that do not."""
    for process in processes:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
    deadline = time.monotonic() + GRACE
    for process in processes:
        try:
            process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
