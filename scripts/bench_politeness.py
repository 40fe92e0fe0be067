"""Crawls N generated sites with a delay, in one process, and holds the run against what docs/manners.md promises.

    python scripts/bench_politeness.py --sites 20 --pages 40 --delay 1

The sites stand behind a proxy on loopback that notes when each request comes and ends. Told are: the time of the
whole run against 1.15 x pages x delay, the least time between two requests to a host, and the most requests that
a host had under way at once. Exit code 1 where a promise was not kept.
"""

from __future__ import annotations

import sys
import tempfile
import threading
import time
from argparse import ArgumentParser, Namespace
from collections import defaultdict
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

from crawler.archive.index import Archive, open_database
from crawler.job import Job, SiteTask, Target
from crawler.manners import Manners
from crawler.model import Site
from crawler.pool import run_jobs
from crawler.scope import scope_of_home

PROMISE = 1.15  # the whole run, in page budgets times delays
LEFT = 0.9  # of the delay, between two requests as the host sees them, even where this machine is busy


class Web(ThreadingHTTPServer):
    """A proxy for any host; every page links to the next ten, and takes `latency` seconds."""

    daemon_threads = True
    request_queue_size = 1024

    def __init__(self, latency: float) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.latency = latency
        self.spans: dict[str, list[tuple[float, float]]] = defaultdict(list)
        self.lock = threading.Lock()


class Handler(BaseHTTPRequestHandler):
    """Answers an absolute-form GET."""

    protocol_version = "HTTP/1.1"
    server: Web

    def do_GET(self) -> None:
        """Note the request and answer it."""
        begun, asked = time.monotonic(), urlsplit(self.path)
        time.sleep(self.server.latency)
        name = asked.path.strip("/").removesuffix(".html") or "0"
        found = name.isdigit()
        body = _page(int(name)) if found else b"<html><body>no such page</body></html>"
        with self.server.lock:
            self.server.spans[asked.hostname or ""].append((begun, time.monotonic()))
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - named by http.server
        """Keep the console quiet."""


def _page(number: int) -> bytes:
    links = "".join(f'<li><a href="/{n}.html">第{n}号公告</a></li>' for n in range(number + 1, number + 11))
    return f"<html><body><h1>第{number}号公告</h1><p>本市召开工作会议。</p><ul>{links}</ul></body></html>".encode()


def crawl(folder: Path, options: Namespace, proxy: str) -> tuple[list[str], int, float]:
    """Crawl all sites in one worker; returns its faults, the pages captured and the seconds it took."""
    sites = [Site(f"s{n}", f"s{n}", "c", "", f"http://www.s{n}.gov.example/") for n in range(options.sites)]
    database = f"sqlite:///{folder / 'waiwen.db'}"
    archive = Archive(open_database(database), folder / "archive")
    archive.folder.mkdir()
    started = datetime.now(UTC)
    archive.start_round("r", sites, cutoff=date(2026, 1, 1), started=started, digest="", settings={})
    tasks = tuple(SiteTask(site, (Target("zh", site.url, scope_of_home("zh", site.url, base=True)),)) for site in sites)
    manners = Manners(delay=options.delay, max_pages=options.pages, proxy=proxy)
    job = Job("crawl", "r", "crawl-0", database, str(archive.folder), str(folder / "log"), manners, tasks)
    begun = time.monotonic()
    faults = run_jobs([job], lambda: None)
    took = time.monotonic() - begun
    pages = sum(c.purpose in ("home", "page") and c.status == 200 for s in sites for c in archive.captures("r", s.id))
    return faults, pages, took


def main() -> int:
    """Run once and print what was seen."""
    parser = ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sites", type=int, default=20)
    parser.add_argument("--pages", type=int, default=40, help="page budget of a site")
    parser.add_argument("--delay", type=float, default=1.0, help="seconds between two requests to a host")
    parser.add_argument("--latency", type=float, default=0.05, help="seconds that an answer takes")
    options = parser.parse_args()
    web = Web(options.latency)
    threading.Thread(target=web.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory() as folder:
        proxy = f"http://127.0.0.1:{web.server_address[1]}"
        faults, pages, took = crawl(Path(folder), options, proxy)
    web.shutdown()
    hosts = [sorted(spans) for spans in web.spans.values()]
    gap = min((later[0] - earlier[0] for spans in hosts for earlier, later in pairwise(spans)), default=0.0)
    overlaps = sum(later[0] < earlier[1] for spans in hosts for earlier, later in pairwise(spans))
    bound = PROMISE * options.pages * options.delay
    asked = [moment for spans in hosts for span in spans for moment in span]
    kept = [
        (f"{pages} pages of {options.sites} sites captured", pages == options.sites * options.pages and not faults),
        (f"whole run {took:.1f} s, promised {bound:.1f} s ({took / (options.pages * options.delay):.2f} x P x d)",
         took <= bound),
        (f"least time between two requests to a host {gap:.3f} s, promised {options.delay} s, nine tenths when busy",
         gap >= LEFT * options.delay),
        (f"{overlaps} requests came while another of the same host was under way", overlaps == 0),
    ]  # fmt: skip
    print(f"{max(map(len, hosts), default=0)} requests a host at most, robots.txt and sitemaps among them")
    print(f"{max(asked) - min(asked):.1f} s from the first request to the last answer; the rest is the worker's start")
    for words, fine in kept:
        print(f"{'ok  ' if fine else 'FAIL'}  {words}")
    for fault in faults:
        print(fault)
    return 0 if all(fine for _, fine in kept) else 1


if __name__ == "__main__":
    sys.exit(main())
