"""Pages a second: our crawl step with everything on, against a bare Scrapy spider that keeps nothing.

    python scripts/bench_crawl.py [--sites 20] [--pages 200] [--repeat 1]

Both crawl the same generated sites on loopback, in turn, politeness off. Ours archives every answer (WARC and index),
obeys robots.txt, guards addresses, and reads links for the order of its frontier. The bare spider follows
Scrapy's LinkExtractor with Scrapy's own settings. Only the ratios within one run mean anything.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from argparse import ArgumentParser
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median

from generated_web import origin

from crawler.archive.index import Archive, open_database
from crawler.job import Job, SiteTask, Target
from crawler.manners import Manners
from crawler.model import Site
from crawler.pool import run_jobs, shards
from crawler.scope import scope_of_home

ROUND = "bench"


def site_tasks(count: int) -> list[SiteTask]:
    """Sites of the generated web, both versions as targets."""
    tasks = []
    for number in range(count):
        home = f"http://s{number}.gov.example/"
        targets = tuple(
            Target(language, url, scope_of_home(language, url, base=language == "zh", site_url=home))
            for language, url in (("zh", home), ("en", f"{home}en/"))
        )
        tasks.append(SiteTask(Site(f"s{number}", f"site {number}", "prefecture", "", home), targets))
    return tasks


def open_archive(folder: Path, tasks: list[SiteTask]) -> tuple[Archive, str]:
    """Open a new archive with a round over these sites; returns it with its database's address."""
    database = f"sqlite:///{folder / 'waiwen.db'}"
    archive = Archive(open_database(database), folder / "archive")
    archive.folder.mkdir()
    sites = [task.site for task in tasks]
    day = date(2025, 12, 1)
    archive.start_round(ROUND, sites, cutoff=day, started=datetime(2025, 12, 1, tzinfo=UTC), digest="", settings={})
    return archive, database


def crawl_jobs(
    tasks: list[SiteTask], workers: int, folder: Path, database: str, proxy: str, max_pages: int
) -> list[Job]:
    """A crawl of these sites over `workers` processes, politeness off."""
    manners = Manners(delay=0.0, max_pages=max_pages, proxy=proxy)
    return [
        Job("crawl", ROUND, f"crawl-{n}", database, str(folder / "archive"), str(folder / f"{n}.log"), manners, shard)
        for n, shard in enumerate(shards(tasks, workers))
    ]


def ours(tasks: list[SiteTask], proxy: str, workers: int, max_pages: int) -> tuple[float, float, int]:
    """Crawl with `workers` processes; returns wall seconds, CPU seconds of the workers, and pages archived."""
    with tempfile.TemporaryDirectory() as name:
        archive, database = open_archive(Path(name), tasks)
        jobs = crawl_jobs(tasks, workers, Path(name), database, proxy, max_pages)
        before, start = _children_cpu(), time.perf_counter()
        failures = run_jobs(jobs, lambda: None)
        wall, cpu = time.perf_counter() - start, _children_cpu() - before
        if failures:
            sys.exit("\n".join(failures))
        pages = sum(capture.purpose in ("home", "page") for capture in archive.all_captures())
        return wall, cpu, pages


def bare(hosts: list[str], proxy: str) -> tuple[float, float, int]:
    """Crawl with the bare spider; returns wall seconds, CPU seconds and pages."""
    before, start = _children_cpu(), time.perf_counter()
    done = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("bare_spider.py")), *hosts],
        env={**os.environ, "http_proxy": proxy},
        check=True,
        capture_output=True,
        text=True,
    )
    return time.perf_counter() - start, _children_cpu() - before, int(done.stdout)


def _children_cpu() -> float:
    times = os.times()
    return times.children_user + times.children_system


def main() -> None:
    """Run all three in turn, `--repeat` times, and print a table of medians."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--sites", type=int, default=20)
    parser.add_argument("--pages", type=int, default=200, help="pages a site")
    parser.add_argument("--repeat", type=int, default=1)
    options = parser.parse_args()
    tasks = site_tasks(options.sites)
    hosts = [task.site.url for task in tasks]
    names = ("bare Scrapy, one process", "waiwen, one worker", "waiwen, two workers")
    runs: dict[str, list[tuple[float, float, int]]] = {name: [] for name in names}
    with origin(options.pages) as (proxy, count, kilobytes):
        print(f"{options.sites} sites of {count} pages, {kilobytes:.0f} KB a page, load {os.getloadavg()[0]:.1f}")
        for _ in range(options.repeat):
            runs[names[0]].append(bare(hosts, proxy))
            runs[names[1]].append(ours(tasks, proxy, 1, options.pages))
            runs[names[2]].append(ours(tasks, proxy, 2, options.pages))
    base = median(pages / wall for wall, _, pages in runs[names[0]])
    base_cpu = median(cpu / pages for _, cpu, pages in runs[names[0]])
    print(f"{'':26}{'pages':>7}{'pages/s':>9}{'x bare':>8}{'CPU ms/page':>13}{'x bare':>8}")
    for name, rows in runs.items():
        speed = median(pages / wall for wall, _, pages in rows)
        cpu = median(cpu / pages for _, cpu, pages in rows)
        print(f"{name:26}{rows[0][2]:7}{speed:9.1f}{speed / base:8.2f}{cpu * 1000:13.2f}{cpu / base_cpu:8.2f}")


if __name__ == "__main__":
    main()
