"""A worker process: reads one job (JSON) from standard input, crawls and exits (a reactor does not restart).

Exit codes: 0 done, 1 the spider failed (see the log), 3 interrupted.
"""

from __future__ import annotations

import sys
from pathlib import Path

from scrapy import Spider
from scrapy.crawler import AsyncCrawlerProcess

from crawler.archive.index import Archive, open_database
from crawler.job import JOB, Job
from crawler.settings import scrapy_settings, use_proxy
from crawler.spiders.discovery import DiscoverySpider
from crawler.spiders.site import SiteSpider

SPIDERS: dict[str, type[Spider]] = {"discover": DiscoverySpider, "crawl": SiteSpider}


def run(job: Job) -> int:
    """Crawl one shard in this process; returns the exit code."""
    use_proxy(job.manners)
    archive = Archive(open_database(job.database), Path(job.archive))
    process = AsyncCrawlerProcess(scrapy_settings(job.manners, job.log))
    crawler = process.create_crawler(SPIDERS[job.step])
    process.crawl(crawler, job=job, archive=archive)
    process.start()
    reason = crawler.stats.get_value("finish_reason") if crawler.stats else None
    faults = crawler.stats.get_value("spider_exceptions/count", 0) if crawler.stats else 1
    if reason == "shutdown":
        return 3
    return 0 if reason == "finished" and not faults else 1


if __name__ == "__main__":
    sys.exit(run(JOB.validate_json(sys.stdin.buffer.read())))
