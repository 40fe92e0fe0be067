"""The yardstick of bench_crawl.py: Scrapy with its own settings, following LinkExtractor, keeping nothing."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Iterator

import scrapy
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Request, Response
from scrapy.linkextractors import LinkExtractor


class BareSpider(scrapy.Spider):
    """Follows every link of the home pages given."""

    name = "bare"

    async def start(self) -> AsyncIterator[Request]:
        """Ask for the home pages."""
        self.links = LinkExtractor()
        for url in self.homes:
            yield Request(url)

    def parse(self, response: Response) -> Iterator[Request]:
        """Follow all links; Scrapy's filter drops those it has seen."""
        for link in self.links.extract_links(response):
            yield Request(link.url)


if __name__ == "__main__":
    process = AsyncCrawlerProcess({"LOG_LEVEL": "WARNING", "TELNETCONSOLE_ENABLED": False})
    crawler = process.create_crawler(BareSpider)
    process.crawl(crawler, homes=sys.argv[1:])
    process.start()
    assert crawler.stats is not None
    print(crawler.stats.get_value("downloader/response_status_count/200"))
