"""A second round asks for a page only if it changed, and sees it all the same."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from scrapy.http import Request, Response
from warcio.archiveiterator import ArchiveIterator

from crawler.archive.index import Archive, open_database
from crawler.archive.revisit import earlier_answer, earlier_rounds, is_revalidated
from crawler.archive.warc import Exchange
from crawler.job import Job, SiteTask, Target
from crawler.manners import Manners
from crawler.model import Capture, Site
from crawler.pool import run_jobs
from crawler.recorder import ARCHIVED, CONTEXT, Context, Recorder
from crawler.replay import Replay
from crawler.revalidate import Revalidator
from crawler.scope import Scope

HOST = "http://www.a.gov.example"
SITE = Site("a", "甲市", "c", "", f"{HOST}/")
URL = f"{HOST}/x.html"


@pytest.fixture
def archive(tmp_path):
    folder = tmp_path / "archive"
    folder.mkdir()
    archive = Archive(open_database(f"sqlite:///{tmp_path / 'w.db'}"), folder)
    for name, day in (("first", 1), ("second", 2), ("third", 3)):
        moment = datetime(2026, 1, day, tzinfo=UTC)
        archive.start_round(name, [SITE], cutoff=date(2026, 6, 1), started=moment, digest="d", settings={})
    return archive


def recorder_of(archive, name):
    return Recorder(archive, name, f"{name}-crawl-0", replay=Replay(archive, name, 0, frozenset()))


def store(archive, *, name="first", url=URL, body=b"<html>old</html>", etag='"1"', **changes):
    """Put an answer into a round's archive; returns its capture."""
    recorder = recorder_of(archive, name)
    headers = (("Content-Type", "text/html"), *((("ETag", etag),) if etag else ()))
    moment = datetime(2026, 1, 1, 12, tzinfo=UTC)
    exchange = Exchange(url, "GET", (), 200, "OK", headers, body, moment)
    address = recorder.open_file().append(exchange)
    capture = Capture(
        id=0, round=name, site_id="a", version="zh", purpose="page", url=url, final_url=url, status=200,
        fetched=moment, headers=headers, digest=address.digest, warc_file=address.file, offset=address.offset,
        length=address.length, elapsed=0.1, depth=1, referrer=f"{HOST}/", anchor="old",
    )  # fmt: skip
    key = archive.add_capture(replace(capture, **changes))
    recorder.close()
    return archive.capture(key)


def second_round(archive):
    return Revalidator(recorder_of(archive, "second"), earlier_rounds(archive, "second"))


def request(url=URL, **meta):
    context = Context("a", "en", "page", url, 2, f"{HOST}/en/", "new")
    return Request(url, meta={CONTEXT: context, **meta})


def condition(asked):
    return asked.headers.get("If-None-Match"), asked.headers.get("If-Modified-Since")


def not_modified(url=URL):
    return Response(url, status=304, headers={"ETag": '"1"'})


def test_only_rounds_that_started_before_count_as_earlier(archive):
    assert earlier_rounds(archive, "first") == ()
    assert sorted(earlier_rounds(archive, "third")) == ["first", "second"]


def test_a_page_that_an_earlier_round_holds_is_asked_for_by_its_validators(archive):
    store(archive, headers=(("etag", 'W/"x"'), ("Last-Modified", "Mon, 01 Dec 2025 00:00:00 GMT")))
    asked = request()
    second_round(archive).process_request(asked)
    assert condition(asked) == (b'W/"x"', b"Mon, 01 Dec 2025 00:00:00 GMT")


@pytest.mark.parametrize(
    "changes",
    [
        {"etag": ""},
        {"site_id": "b"},
        {"status": 404},
        {"final_url": f"{HOST}/y.html"},
        {"failure_note": "The connection ended before the whole page had come; what came is kept."},
        {"name": "third"},
    ],
    ids=["no validator", "another site", "an error", "another address", "half a page", "a later round"],
)
def test_what_cannot_stand_for_the_page_sets_no_condition(archive, changes):
    store(archive, **changes)
    asked = request()
    second_round(archive).process_request(asked)
    assert condition(asked) == (None, None)


def test_a_redirect_does_not_carry_the_condition_of_the_address_before_it(archive):
    store(archive)
    revalidator = second_round(archive)
    asked = request()
    revalidator.process_request(asked)
    hop = asked.replace(url=f"{HOST}/elsewhere")
    revalidator.process_request(hop)
    assert condition(hop) == (None, None)
    answer = Response(hop.url, status=304)
    assert revalidator.process_response(hop, answer) is answer


def test_a_304_gives_the_earlier_page_and_a_capture_of_this_round(archive):
    earlier = store(archive)
    revalidator = second_round(archive)
    asked = request(download_latency=0.25)
    revalidator.process_request(asked)
    answer = revalidator.process_response(asked, not_modified())
    assert (answer.status, answer.body, answer.flags) == (200, b"<html>old</html>", [ARCHIVED])
    assert answer.headers["Content-Type"] == b"text/html"
    (capture,) = archive.captures("second", "a")
    assert is_revalidated(capture)
    assert not is_revalidated(earlier)
    assert capture.failure is None
    assert (capture.status, capture.digest, capture.headers) == (200, earlier.digest, earlier.headers)
    assert (capture.version, capture.depth, capture.anchor, capture.elapsed) == ("en", 2, "new", 0.25)
    assert capture.fetched > earlier.fetched
    assert "2026-01-01T12:00:00" in capture.failure_note
    assert archive.body(capture) == b"<html>old</html>"


def test_a_revisit_record_refers_to_the_earlier_one(archive):
    earlier = store(archive)
    revalidator = second_round(archive)
    asked = request()
    revalidator.process_request(asked)
    revalidator.process_response(asked, not_modified())
    revalidator.recorder.close()
    (path,) = archive.folder.glob("second-*.warc.gz")
    with path.open("rb") as file:
        records = {record.rec_type: record for record in ArchiveIterator(file) if record.rec_type != "warcinfo"}
        revisit = records["revisit"].rec_headers
        assert revisit["WARC-Profile"].endswith("/revisit/server-not-modified")
        assert revisit["WARC-Refers-To-Target-URI"] == URL
        assert revisit["WARC-Refers-To-Date"] == "2026-01-01T12:00:00Z"
        assert revisit["WARC-Payload-Digest"] == earlier.digest
        assert records["revisit"].http_headers.get_statuscode() == "304"
        assert records["request"].http_headers.get_header("If-None-Match") == '"1"'


def test_a_page_unchanged_over_two_rounds_stands_on_the_first_and_says_since_when(archive):
    first = store(archive)
    for name in ("second", "third"):
        revalidator = Revalidator(recorder_of(archive, name), earlier_rounds(archive, name))
        asked = request()
        revalidator.process_request(asked)
        revalidator.process_response(asked, not_modified())
        revalidator.recorder.close()
    (second,), (third,) = archive.captures("second", "a"), archive.captures("third", "a")
    assert (third.warc_file, third.offset) == (first.warc_file, first.offset)
    assert third.failure_note == second.failure_note


def test_the_newest_earlier_answer_counts(archive):
    store(archive, etag='"1"')
    newest = store(archive, name="second", etag='"2"')
    assert earlier_answer(archive, ("first", "second"), "a", URL) == newest


def test_a_page_that_changed_is_passed_on_as_it_came(archive):
    store(archive)
    revalidator = second_round(archive)
    asked = request()
    revalidator.process_request(asked)
    answer = Response(URL, status=200, body=b"new")
    assert revalidator.process_response(asked, answer) is answer
    assert archive.captures("second", "a") == ()


def test_where_the_earlier_record_is_damaged_the_whole_page_is_asked_for(archive):
    earlier = store(archive)
    (archive.folder / earlier.warc_file).write_bytes(b"nothing")
    revalidator = second_round(archive)
    asked = request()
    revalidator.process_request(asked)
    again = revalidator.process_response(asked, not_modified())
    assert isinstance(again, Request)
    revalidator.process_request(again)
    assert condition(again) == (None, None)
    assert archive.captures("second", "a") == ()


def crawl(archive, tmp_path, loopback, name):
    target = Target("zh", f"{HOST}/", Scope("zh", "a.gov.example", "/"))
    job = Job(
        step="crawl", round=name, name="crawl-0", database=f"sqlite:///{tmp_path / 'w.db'}",
        archive=str(archive.folder), log=str(tmp_path / f"{name}.log"),
        manners=Manners(delay=0.0, proxy=loopback.proxy, max_pages=9), tasks=(SiteTask(SITE, (target,)),),
    )  # fmt: skip
    assert run_jobs([job], lambda: None) == []
    return {capture.final_url: capture for capture in archive.captures(name, "a")}


def test_a_second_round_costs_304s_for_what_is_unchanged_and_sees_every_page(archive, tmp_path, loopback):
    loopback.validated(f"{HOST}/", '<html><body><a href="/x.html">x</a><a href="/y.html">y</a></body></html>', '"h"')
    loopback.validated(f"{HOST}/x.html", "<html><body>same</body></html>", '"x"')
    loopback.validated(f"{HOST}/y.html", "<html><body>before</body></html>", '"y1"')
    first = crawl(archive, tmp_path, loopback, "first")
    loopback.hits.clear()
    loopback.validated(f"{HOST}/y.html", "<html><body>after</body></html>", '"y2"')
    second = crawl(archive, tmp_path, loopback, "second")
    assert set(second) == set(first)
    assert [headers.get("If-None-Match") for headers in loopback.asked(f"{HOST}/x.html")] == ['"x"']
    assert {url for url, capture in second.items() if is_revalidated(capture)} == {f"{HOST}/", f"{HOST}/x.html"}
    assert second[f"{HOST}/x.html"].digest == first[f"{HOST}/x.html"].digest
    assert archive.body(second[f"{HOST}/y.html"]) == b"<html><body>after</body></html>"
