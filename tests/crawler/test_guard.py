import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from crawler.addresses import is_public

# A crawl of its own process: a reactor starts once. The middleware answers for a public host that redirects.
CRAWL = """
import json, sys
import scrapy
from scrapy.crawler import AsyncCrawlerProcess
from scrapy.http import Response

allow, redirect_to, urls, seen = json.loads(sys.argv[1]), sys.argv[2], sys.argv[3:], {}

class PublicHost:
    def process_request(self, request):
        if request.url == "http://public.example/":
            return Response(request.url, status=302, headers={"Location": redirect_to})

class Visit(scrapy.Spider):
    name = "visit"
    async def start(self):
        for url in urls:
            yield scrapy.Request(url, self.came, errback=self.failed, dont_filter=True, cb_kwargs={"asked": url})
    def came(self, response, asked):
        seen[asked] = str(response.status)
    def failed(self, failure):
        seen[failure.request.cb_kwargs["asked"]] = type(failure.value).__name__

process = AsyncCrawlerProcess({
    "TWISTED_DNS_RESOLVER": "crawler.guard.GuardedResolver",
    "WAIWEN_ALLOW_PRIVATE": allow,
    "DOWNLOADER_MIDDLEWARES": {PublicHost: 900},
    "RETRY_ENABLED": False,
    "LOG_ENABLED": False,
})
process.crawl(Visit)
process.start()
print(json.dumps(seen))
"""


class CountingServer(ThreadingHTTPServer):
    connections = 0

    def get_request(self):  # type: ignore[no-untyped-def]
        self.connections += 1
        return super().get_request()


class Hello(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"hi")

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture
def server() -> Iterator[CountingServer]:
    with CountingServer(("127.0.0.1", 0), Hello) as found:
        thread = threading.Thread(target=found.serve_forever, daemon=True)
        thread.start()
        yield found
        found.shutdown()
        thread.join()


def crawl(allow: bool, redirect_to: str, urls: list[str]) -> dict[str, str]:
    done = subprocess.run(
        [sys.executable, "-c", CRAWL, json.dumps(allow), redirect_to, *urls],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    return json.loads(done.stdout)


def addresses(port: int) -> list[str]:
    return [
        f"http://127.0.0.1:{port}/",
        f"http://localhost:{port}/",
        f"http://127.1:{port}/",
        f"http://2130706433:{port}/",
        "http://public.example/",
    ]


def test_private_addresses_are_refused_before_a_connection_however_they_are_written(server: CountingServer) -> None:
    urls = addresses(server.server_port)
    seen = crawl(False, f"http://localhost:{server.server_port}/secret", urls)
    assert seen == dict.fromkeys(urls, "PrivateAddress")
    assert server.connections == 0


def test_the_setting_lets_private_addresses_in(server: CountingServer) -> None:
    urls = addresses(server.server_port)
    seen = crawl(True, f"http://localhost:{server.server_port}/secret", urls)
    assert seen == dict.fromkeys(urls, "200")
    assert server.connections > 0


@pytest.mark.parametrize("address", ["1.1.1.1", "202.108.22.5", "2400:3200::1", "::ffff:1.1.1.1", "64:ff9b::101:101"])
def test_addresses_of_the_internet_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "0.0.0.0",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "100.64.0.1",
        "169.254.169.254",
        "224.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fe80::1%eth0",
        "fc00::1",
        "fec0::1",
        "ff0e::1",
        "::ffff:10.0.0.1",
        "::7f00:1",
        "2002:7f00:1::",
        "64:ff9b::7f00:1",
        "64:ff9b:1::101:101",
        "::ffff:0:7f00:1",  # as SIIT translates it
        "5f00::1",
        "3fff::1",
        "168.63.129.16",  # Azure's metadata
        "::ffff:168.63.129.16",
        "192.0.0.192",  # Oracle's
        "127.1",
        "localhost",
        "",
    ],
)
def test_everything_else_is_not(address: str) -> None:
    assert not is_public(address)
