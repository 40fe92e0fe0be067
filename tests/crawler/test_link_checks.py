"""Links that are tried without being read: which ones, how little of them is fetched, and what is kept."""

from datetime import UTC, date, datetime

import pytest
from warcio.archiveiterator import ArchiveIterator

from crawler.archive.index import Archive, open_database
from crawler.archive.reading import SiteReader
from crawler.extract.facts import Link
from crawler.extract.offers import Attachment
from crawler.job import Job, SiteTask, Target
from crawler.lanes import Address
from crawler.link_checks import LINKS_A_BODY, MOST_ATTACHMENTS, MOST_LINKS, LinkChecks
from crawler.manners import Manners
from crawler.model import Failure, Site
from crawler.peek import BEGINNING
from crawler.pool import run_jobs
from crawler.scope import Scope

ZH, EN, OUT = "http://www.a.gov.example", "http://en.a.gov.example", "http://other.example"
SITE = Site("a", "甲市", "prefecture", "", f"{ZH}/")
TEXT = "<p>" + "The government informs its foreign readers here. " * 10 + "</p>"
PDF = b"%PDF-1.4\n" + bytes(3 * BEGINNING)


def address(depth, url=f"{EN}/"):
    return Address(url, "", "", depth, "en")


def file(url):
    return Attachment(url, "a form", "pdf", None, "address .pdf")


def drained(checks):
    found = []
    while (check := checks.pop()) is not None:
        found.append(check.url)
    return found


def test_the_first_file_of_every_page_is_tried_before_the_second_of_any():
    checks = LinkChecks()
    for page in "abc":
        checks.note(address(3), page, [file(f"{page}{number}") for number in range(9)], (), lambda _: False)
    found = drained(checks)
    assert found[:4] == ["a0", "b0", "c0", "a1"]
    assert len(found) == MOST_ATTACHMENTS


def test_links_out_of_the_site_are_few_to_one_body_and_few_in_all():
    checks = LinkChecks()
    links = [Link(f"http://{host}.example/{number}", "x", "body") for host in range(30) for number in range(9)]
    checks.note(address(0), EN, (), links, lambda _: False)
    found = drained(checks)
    assert len(found) == MOST_LINKS
    assert sum(url.startswith("http://0.example/") for url in found) == LINKS_A_BODY


def test_pages_of_the_site_footers_badges_pictures_and_deep_pages_have_no_links_tried():
    checks = LinkChecks()
    links = [Link(f"{EN}/page", "x", "nav"), Link(f"{OUT}/icp", "x", "footer"), Link(f"{OUT}/x.png", "x", "body")]
    links += [Link("http://bszs.conac.cn/sitename?id=1", "x", "body")]
    checks.note(address(0), EN, (), links, lambda url: url.startswith(EN))
    checks.note(address(2), EN, (), [Link(f"{OUT}/deep", "x", "body")], lambda _: False)
    assert drained(checks) == []


@pytest.fixture
def crawl(tmp_path, loopback):
    """Crawls the site into one archive, a round each call; gives the round's reader."""
    folder = tmp_path / "archive"
    folder.mkdir()
    database = f"sqlite:///{tmp_path / 'w.db'}"
    archive = Archive(open_database(database), folder)

    def run(name="r"):
        if name not in archive.round_names():
            started = datetime(2026, 1, 1 + len(archive.round_names()), tzinfo=UTC)
            archive.start_round(name, [SITE], cutoff=date(2026, 6, 1), started=started, digest="d", settings={})
        targets = (
            Target("zh", f"{ZH}/", Scope("zh", "a.gov.example", "/")),
            Target("en", f"{EN}/", Scope("en", "en.a.gov.example", "/")),
        )
        manners = Manners(delay=0, timeout=10, proxy=loopback.proxy)
        job = Job(
            "crawl", name, f"crawl-{name}", database, str(folder), str(tmp_path / "log"), manners,
            (SiteTask(SITE, targets),),
        )  # fmt: skip
        assert run_jobs([job], lambda: None) == []
        return SiteReader(archive, name, SITE)

    run.folder = folder
    return run


@pytest.fixture
def site(loopback):
    """A foreign home page with two files and three links out; what they answer."""
    links = f"<p><a href='{OUT}/lives'>a</a><a href='{OUT}/gone'>b</a><a href='{OUT}/shut'>c</a></p>"
    files = "<p><a href='/form.pdf'>Form</a> (2 MB) <a href='/lost.doc'>Lost</a></p>"
    loopback.page(f"{ZH}/", f"<p>{'中文' * 100}</p><a href='/zh.pdf'>文件</a><a href='{OUT}/zh'>x</a>")
    loopback.page(f"{EN}/", TEXT + links + files)
    loopback.answers[f"{EN}/form.pdf"] = (200, {"Content-Type": "application/pdf"}, PDF)
    loopback.page(f"{OUT}/lives", TEXT)
    loopback.answers[f"{OUT}/robots.txt"] = (200, {"Content-Type": "text/plain"}, b"User-agent: *\nDisallow: /shut")
    return loopback


def test_of_a_file_only_the_beginning_is_kept_and_marked_as_cut(crawl, site):
    tried = crawl().tried(f"{EN}/form.pdf")
    assert (tried.failure, tried.is_page, tried.capture.purpose) == (None, False, "attachment")
    assert tried.capture.header("Content-Length") == str(len(PDF))
    with next(crawl.folder.glob("*.warc.gz")).open("rb") as warc:
        records = [
            (record.rec_headers.get_header("WARC-Truncated"), record.content_stream().read())
            for record in ArchiveIterator(warc)
            if record.rec_type == "response" and record.rec_headers.get_header("WARC-Target-URI").endswith(".pdf")
        ]
    assert records == [("length", PDF[:BEGINNING])]


def test_links_that_answer_that_are_gone_and_that_robots_close_are_told_apart(crawl, site):
    reader = crawl()
    assert reader.tried(f"{OUT}/lives").failure is None
    assert reader.tried(f"{OUT}/lives").is_page
    assert reader.tried(f"{OUT}/gone").failure[0] is Failure.HTTP_ERROR
    assert reader.tried(f"{OUT}/shut").failure[0] is Failure.ROBOTS
    assert reader.tried(f"{EN}/lost.doc").capture.status == 404
    assert site.asked(f"{OUT}/shut") == []


def test_the_chinese_version_has_no_links_tried(crawl, site):
    crawl()
    assert site.asked(f"{ZH}/zh.pdf") == site.asked(f"{OUT}/zh") == []


def test_tried_links_are_no_pages_of_the_site(crawl, site):
    assert {capture.purpose for capture in crawl().captures} == {"home"}


def test_what_was_tried_is_not_asked_for_again(crawl, site):
    crawl()
    before = len(site.hits)
    crawl()
    assert [url for url, _, _ in site.hits[before:] if not url.endswith("/robots.txt")] == []


def test_the_beginning_of_a_page_never_stands_for_the_page(crawl, site):
    site.answers[f"{OUT}/lives"] = (200, {"ETag": '"1"'}, TEXT.encode() * 100)
    crawl("first")
    crawl("second")
    assert all("If-None-Match" not in headers for headers in site.asked(f"{OUT}/lives"))
