from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest
from scrapy import signals
from scrapy.http import Request
from scrapy.signalmanager import SignalManager

from crawler.archive.index import Archive, open_database
from crawler.manners import Manners
from crawler.model import Capture, Failure, Site
from crawler.pacing import carry_over, last_asked
from crawler.politeness import Politeness

NOW = datetime(2026, 6, 30, 12, tzinfo=UTC)
CLOCK = 1000.0  # at NOW
MANNERS = Manners(delay=5.0)
URL = "http://www.a.gov.example/"
CAPTURE = Capture(0, "r", "a", "zh", "page", URL, URL, 200, NOW, (), "sha256:0", "w", 1, 2, 0.5)


@pytest.fixture
def archive(tmp_path):
    archive = Archive(open_database(f"sqlite:///{tmp_path / 'waiwen.db'}"), tmp_path)
    site = Site("a", "A", "city", "", URL)
    archive.start_round("r", [site], cutoff=date(2026, 6, 30), started=NOW, digest="d", settings={})
    return archive


def before(seconds, **changes):
    return replace(CAPTURE, fetched=NOW - timedelta(seconds=seconds), **changes)


def restarted(archive, crawl_delay=0.0):
    """The politeness of a process that starts now; seconds until the host may be asked."""
    polite = Politeness(MANNERS)
    crawler = SimpleNamespace(signals=SignalManager(), get_downloader_middleware=lambda _: polite)
    carry_over(crawler, archive, MANNERS, clock=lambda: CLOCK, wall=lambda: NOW)
    crawler.signals.send_catch_log(signals.spider_opened)
    if crawl_delay:
        polite.pace(URL).crawl_delay = crawl_delay
        crawler.signals.send_catch_log(signals.robots_parsed, request=Request(URL), robotparser=None)
    return polite.pace(URL).not_before - CLOCK


def test_the_first_request_after_a_restart_keeps_its_distance_from_the_last_before(archive):
    archive.add_capture(before(1))
    assert restarted(archive) == 3.5  # five seconds between the starts; the last took half of one


def test_a_host_that_was_asked_long_ago_is_not_waited_for(archive):
    archive.add_capture(before(60))
    assert restarted(archive) < 0


def test_a_retry_after_outlives_a_restart(archive):
    archive.add_capture(before(30, status=503, headers=(("Retry-After", "120"),)))
    assert restarted(archive) == 90


def test_a_crawl_delay_read_from_the_archive_counts_from_the_last_request(archive):
    archive.add_capture(before(1))
    assert restarted(archive, crawl_delay=20.0) == 18.5


def test_what_never_reached_the_host_does_not_count(archive):
    archive.add_capture(before(1, status=None, failure=Failure.ROBOTS))
    assert last_asked(archive, MANNERS, NOW) == {}


def test_the_newest_request_of_a_host_counts_whatever_its_round(archive):
    archive.add_capture(before(9))
    archive.add_capture(before(2, status=404))
    archive.add_capture(before(1, final_url="http://other.gov.example/"))
    found = last_asked(archive, MANNERS, NOW)
    assert {host: asked.status for host, asked in found.items()} == {"a.gov.example": 404, "other.gov.example": 200}
