"""Resident memory of one worker over a long crawl of generated sites: it must stay flat.

    python scripts/bench_memory.py [--sites 20] [--pages 1000] [--first 2000]

Prints the worker's resident memory after `--first` pages and at the end, and the growth between (the goal is
below 20%). Linux only: memory is read from /proc.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from argparse import ArgumentParser
from pathlib import Path

from bench_crawl import ROUND, crawl_jobs, open_archive, site_tasks
from generated_web import origin

from crawler.archive.index import Archive
from crawler.pool import run_jobs

EVERY = 5.0  # seconds between two looks


class Watch:
    """Notes the worker's resident memory beside the pages archived, every few seconds."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.seen: list[tuple[int, float]] = []  # pages, MB
        self._next = 0.0

    def look(self) -> None:
        """Take a sample where one is due."""
        if time.monotonic() < self._next:
            return
        self._next = time.monotonic() + EVERY
        memory = max((_resident(pid) for pid in _children()), default=0.0)
        if memory:
            self.seen.append((self.archive.count_captures(ROUND), memory))


def _children() -> list[int]:
    listed = Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="ascii")
    return [pid for pid in map(int, listed.split()) if b"crawler.worker" in Path(f"/proc/{pid}/cmdline").read_bytes()]


def _resident(pid: int) -> float:
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    except (OSError, IndexError):
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def main() -> None:
    """Crawl, and print a line for every few thousand pages and the verdict."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--sites", type=int, default=20)
    parser.add_argument("--pages", type=int, default=1000, help="pages a site")
    parser.add_argument("--first", type=int, default=2000, help="pages after which memory is first noted")
    options = parser.parse_args()
    tasks = site_tasks(options.sites)
    with tempfile.TemporaryDirectory() as name, origin(options.pages) as (proxy, _, kilobytes):
        archive, database = open_archive(Path(name), tasks)
        watch = Watch(archive)
        failures = run_jobs(crawl_jobs(tasks, 1, Path(name), database, proxy, options.pages), watch.look)
        if failures:
            sys.exit("\n".join(failures))
    print(f"{watch.seen[-1][0]} pages of {kilobytes:.0f} KB, one worker")
    step = max(1, len(watch.seen) // 12)
    for pages, memory in watch.seen[::step]:
        print(f"{pages:8} pages{memory:8.1f} MB")
    first = next(memory for pages, memory in watch.seen if pages >= options.first)
    last = watch.seen[-1][1]
    print(f"after {options.first}: {first:.1f} MB, at the end: {last:.1f} MB, growth {last / first - 1:+.1%}")


if __name__ == "__main__":
    main()
