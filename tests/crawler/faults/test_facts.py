"""What is read of pages that came in spite of their faults."""

import pytest
from faults_robots import HUGE
from faults_text import CHARSETS

from crawler.archive.packing import MAX_BODY
from crawler.failures import CUT_OFF
from crawler.model import Failure
from crawler.robots import MAX_READ


@pytest.mark.parametrize(("name", "words", "used"), [(row[0], row[2], row[3]) for row in CHARSETS])
def test_a_charset_is_read_whatever_it_is_called(web, name, words, used):
    facts = web.seen(f"charset-{name}").home.facts
    assert facts.title == words
    assert facts.charset.used == used


@pytest.mark.parametrize(
    ("name", "declared", "problem"),
    [
        ("gbk-as-gb2312", "gb2312", None),
        ("utf8-mark", "gbk", "declared gbk, is utf-8"),
        ("gbk-as-utf8", "utf-8", "declared utf-8, is gb18030"),
        ("utf8-as-gbk", "gbk", "declared gbk, is utf-8"),
        ("at-odds", "utf-8", "declared utf-8 and gbk"),
        ("unknown", "x-nonsense", "declared x-nonsense, which is no charset that we know; is utf-8"),
        ("undeclared", None, None),
    ],
)
def test_what_was_declared_is_a_fact_and_so_is_a_contradiction(web, name, declared, problem):
    facts = web.seen(f"charset-{name}").home.facts
    assert facts.charset.declared == declared
    assert [found for found in facts.problems if found.startswith("declared")][-1:] == ([problem] if problem else [])


@pytest.mark.parametrize(
    "name",
    "pack-gzip pack-gzip-lie pack-gzip-twice pack-deflate-raw pack-deflate-gzip pack-unknown type-none type-plain"
    " type-twice chunk-bad chunk-cut size-long wire-header-many tls-own".split(),
)
def test_a_page_is_read_whatever_its_headers_say(web, name):
    facts = web.seen(name).home.facts
    assert facts.title == "Opening hours"
    assert "publishes its news and services here" in facts.text


def test_spiders_see_what_the_archive_gives_back(web):
    for name in ("pack-gzip-lie", "pack-deflate-raw"):
        assert len(web.seen(name).captures) == 1


def test_of_packing_that_breaks_off_the_beginning_is_read(web):
    assert web.seen("pack-gzip-cut").home.facts.title == "Opening hours"


def test_only_packings_are_asked_for_that_can_be_undone(web):
    _, headers = web.seen("pack-gzip").requests[0]
    assert headers["accept-encoding"] == "gzip, deflate"


def test_a_page_that_broke_off_is_marked_and_the_whole_one_counts(web):
    assert [capture.failure_note for capture in web.seen("size-cut").captures] == [CUT_OFF, CUT_OFF]
    assert [capture.failure_note for capture in web.seen("size-cut-once").captures] == [CUT_OFF, ""]
    assert web.seen("size-cut-once").home.facts.title == "Back again"


def test_a_bomb_is_kept_packed_and_never_unpacked_beyond_the_limit(web):
    seen = web.seen("size-bomb")
    capture = seen.home.capture
    assert capture.status == 200
    assert len(web.archive.raw_body(capture)) < MAX_BODY // 100
    assert len(web.archive.body(capture)) == MAX_BODY
    assert all(seen.reader.answer(one).failure[0] is Failure.TOO_LARGE for one in seen.captures)


def test_robots_rules_are_read_up_to_a_limit(web):
    assert len(HUGE) > MAX_READ
    assert web.seen("robots-huge").home.facts.title == "Home"


def test_hostile_text_loses_what_acts_on_a_terminal(web):
    facts = web.seen("hostile-title").home.facts
    assert facts.title == "Title [31mred[0m gnp.exe end"
    assert "news" in web.seen("hostile-nul").home.facts.text
    note = web.seen("redirect-escape").home.capture.final_url
    assert note.endswith("/a%1B%5B31mb.html")


def test_no_crawled_control_character_reaches_the_log(web):
    assert not [char for char in web.log if char < " " and char not in "\n\t"]


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("redirect-relative", "/news/index.html"),
        ("redirect-chinese", "/%E6%94%BF%E5%8A%A1.html"),
        ("redirect-gbk", "/%D5%FE%CE%F1.html"),
        ("redirect-backslash", "/news/index.html"),
    ],
)
def test_a_redirect_is_followed_as_browsers_do(web, name, path):
    seen = web.seen(name)
    assert seen.home.facts.title == "Arrived"
    assert seen.home.capture.final_url.endswith(path)
    assert [capture.status for capture in seen.captures] == [302, 200]
    assert {capture.url for capture in seen.captures} == {seen.url}


def test_a_circle_of_redirects_is_left_where_it_closes(web):
    assert web.seen("redirect-circle").paths == ["/robots.txt", "/", "/b"]
    assert len(web.seen("redirect-chain").paths) == 1 + 9


def test_a_redirect_to_no_web_page_opens_nothing(web):
    for name in ("redirect-file", "redirect-script", "redirect-data"):
        assert web.seen(name).paths == ["/robots.txt", "/"]
