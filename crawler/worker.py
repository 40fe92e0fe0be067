"""A worker process: reads one job (a line of JSON) from standard input, crawls and exits (a reactor does not restart).

Standard input stays open while the parent lives: at its end the worker stops. A worker is stopped with SIGTERM;
it finishes the answers under way, for STOP_WITHIN seconds at most. Ctrl-C is the parent's affair.

Exit codes: 0 done, 1 failed (the reason on standard output where it is one for the user, else in the log), 3 stopped.
"""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
import threading
import time
from pathlib import Path
from types import FrameType
from typing import Any

from scrapy import Spider
from scrapy.crawler import AsyncCrawlerProcess, Crawler

from crawler.archive.index import Archive, open_database
from crawler.errors import WaiwenError
from crawler.job import JOB, Job
from crawler.settings import scrapy_settings, use_proxy
from crawler.spiders.discovery import DiscoverySpider
from crawler.spiders.site import SiteSpider

SPIDERS: dict[str, type[Spider]] = {"discover": DiscoverySpider, "crawl": SiteSpider}
STOP_WITHIN = 5.0  # seconds


def run(job: Job) -> int:
    """Crawl one shard in this process; returns the exit code. Raises WaiwenError where the archive fails."""
    use_proxy(job.manners)
    archive = Archive(open_database(job.database, job.busy_timeout), Path(job.archive))
    process = AsyncCrawlerProcess(scrapy_settings(job.manners, job.log))
    crawler = process.create_crawler(SPIDERS[job.step])
    stopped = _stop_at_sigterm(process)
    process.crawl(crawler, job=job, archive=archive)
    process.start(install_signal_handlers=False)
    recorder = getattr(crawler.spider, "recorder", None)
    if recorder is not None:
        recorder.close()  # where the spider had no time to
        if recorder.fault is not None:
            raise recorder.fault
    return 3 if stopped else _verdict(crawler)


def _verdict(crawler: Crawler) -> int:
    if crawler.stats is None or crawler.stats.get_value("spider_exceptions/count", 0):
        return 1
    return 0 if crawler.stats.get_value("finish_reason") == "finished" else 1


def _stop_at_sigterm(process: AsyncCrawlerProcess) -> list[int]:
    """Have SIGTERM stop the crawl; returns a list that holds the signal once it came."""
    from twisted.internet import reactor as installed  # noqa: PLC0415 - there is none before `process`

    reactor: Any = installed
    received: list[int] = []
    stopping = []

    def stop() -> None:
        stopping.append(asyncio.ensure_future(process.stop()))
        reactor.callLater(STOP_WITHIN, reactor.stop)

    def on_signal(number: int, _frame: FrameType | None) -> None:
        if not received:
            reactor.callFromThread(stop)
        received.append(number)

    signal.signal(signal.SIGTERM, on_signal)
    return received


def _stop_with_parent() -> None:
    """Wait for the end of standard input, which comes when the parent is gone; then stop, if need be by force."""
    while os.read(sys.stdin.fileno(), 1):  # not sys.stdin: this thread must hold no lock when the process ends
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(STOP_WITHIN * 2)
    os._exit(3)


def main() -> int:
    """Run the job that the parent hands over."""
    logging.raiseExceptions = False  # a log that cannot be written is no reason to write elsewhere
    line = sys.stdin.buffer.readline()
    if not line.endswith(b"\n"):
        return 3  # the parent was gone before it had told all
    threading.Thread(target=_stop_with_parent, daemon=True).start()
    try:
        return run(JOB.validate_json(line))
    except WaiwenError as problem:
        sys.stdout.write(str(problem))
        return 1


if __name__ == "__main__":
    sys.exit(main())
