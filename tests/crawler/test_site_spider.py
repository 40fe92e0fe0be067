import asyncio
from types import SimpleNamespace

import pytest
from scrapy.http import HtmlResponse, Response
from twisted.python.failure import Failure as TwistedFailure

from crawler.job import Job, SiteTask, Target
from crawler.manners import Manners
from crawler.model import Failure, Site
from crawler.recorder import CONTEXT
from crawler.scope import Scope
from crawler.spiders.site import SiteSpider

HOST = "http://www.a.gov.example"
TASK = SiteTask(
    Site("a", "甲市", "prefecture", "", f"{HOST}/"),
    (
        Target("zh", f"{HOST}/", Scope("zh", "a.gov.example", "/")),
        Target("en", f"{HOST}/en/", Scope("en", "a.gov.example", "/en/")),
    ),
)


class Web:
    """Answers a spider's requests from a dictionary: a page's HTML, a `Response`, or a `Failure`."""

    def __init__(self, pages, max_pages=50):
        self.pages = pages
        self.asked = []
        self.left_out = {}
        job = Job("crawl", "r", "crawl-0", "", "", "", Manners(delay=0, max_pages=max_pages), (TASK,))
        archive = SimpleNamespace(replace_left_out=lambda round_, site, version, rows: self.left_out.update(rows))
        self.spider = SiteSpider(job, archive)
        self.spider.recorder = SimpleNamespace(record_failure=self._record)

    def _record(self, request, fault):
        return SimpleNamespace(failure=self.pages[request.url])

    async def crawl(self):
        waiting = [request async for request in self.spider.start()]
        while waiting:
            request = waiting.pop(0)
            self.asked.append((request.meta[CONTEXT].purpose, request.url.removeprefix(HOST)))
            waiting += self._answer(request)
        return self.asked

    def _answer(self, request):
        found = self.pages.get(request.url, Response(request.url, status=404))
        if isinstance(found, Failure):
            fault = TwistedFailure(OSError("x"))
            fault.request = request
            return list(request.errback(fault))
        if isinstance(found, str):
            found = HtmlResponse(request.url, body=found.encode(), headers={"Content-Type": "text/html; charset=utf-8"})
        found.request = request
        return list(request.callback(found, **request.cb_kwargs))


def body(*paths):
    return "<body>" + "".join(f"<p><a href='{path}'>link to a page</a></p>" for path in paths) + "text " * 40


@pytest.fixture
def crawl():
    def run(pages, **options):
        web = Web({HOST + path: page for path, page in pages.items()}, **options)
        asyncio.run(web.crawl())
        return web

    return run


def test_versions_are_crawled_in_turn_within_their_budget(crawl):
    web = crawl({"/": body("/1", "/2", "/3"), "/en/": body("/en/4", "/en/5")}, max_pages=3)
    assert web.asked == [
        ("home", "/"), ("home", "/en/"), ("page", "/1"), ("page", "/en/4"), ("page", "/2"), ("page", "/en/5"),
        ("transport", "https://www.a.gov.example/en/"),
    ]  # fmt: skip
    assert web.left_out == {f"{HOST}/3": "budget: the page limit of the version was reached"}


def test_a_site_map_fills_the_budget_where_links_ran_out(crawl):
    site_map = Response(
        f"{HOST}/map.xml",
        body=f"<urlset><url><loc>{HOST}/hidden</loc></url></urlset>".encode(),
        headers={"Content-Type": "application/xml"},
    )
    robots = Response(f"{HOST}/robots.txt", body=f"Sitemap: {HOST}/map.xml".encode())
    web = crawl({"/": body(), "/en/": body(), "/robots.txt": robots, "/map.xml": site_map, "/hidden": body()})
    assert web.asked[2:5] == [("robots", "/robots.txt"), ("sitemap", "/map.xml"), ("page", "/hidden")]


def test_a_page_that_robots_txt_closes_leaves_its_place_to_another(crawl):
    web = crawl({"/": body("/closed", "/open"), "/closed": Failure.ROBOTS, "/open": body()}, max_pages=2)
    assert ("page", "/open") in web.asked
    assert web.left_out == {f"{HOST}/closed": "robots: robots.txt asks crawlers not to read it"}


def test_files_without_an_ending_are_no_failures_in_a_row(crawl):
    files = {
        f"/get?id={n}": Response(f"{HOST}/get?id={n}", body=b"%PDF", headers={"Content-Type": "application/pdf"})
        for n in range(20)
    }
    web = crawl({"/": body(*files, "/last"), **files})
    assert ("page", "/last") in web.asked


def test_a_site_that_fails_again_and_again_is_left_alone(crawl):
    paths = [f"/{number}" for number in range(30)]
    web = crawl({"/": body(*paths), **dict.fromkeys(paths, Failure.TIMEOUT)})
    assert len([path for _, path in web.asked if path in paths]) == 8
    assert set(web.left_out.values()) == {"gave up: after 8 failures in a row"}


def test_a_gateway_is_followed_before_anything_else(crawl):
    gateway = "<meta http-equiv=refresh content='0;url=/home.html'><a href='/a'>a</a>"
    web = crawl({"/": gateway, "/home.html": body("/b")})
    assert [path for _, path in web.asked][:4] == ["/", "/en/", "/home.html", "/a"]


def test_an_edition_declared_in_the_link_header_comes_next(crawl):
    headers = {
        "Content-Type": "text/html; charset=utf-8",
        "Link": f'<{HOST}/en/2>; rel="alternate"; hreflang="en"',
    }
    one = HtmlResponse(f"{HOST}/1", body=body().encode(), headers=headers)
    web = crawl({"/": body("/1"), "/en/": body("/en/1a", "/en/2"), "/1": one, "/en/1a": body(), "/en/2": body()})
    assert [path for _, path in web.asked[:4]] == ["/", "/en/", "/1", "/en/2"]
