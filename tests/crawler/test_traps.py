from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.traps import MAX_URL, PatternCounter, is_document, trap_reason

TODAY = date(2026, 6, 1)


@pytest.mark.parametrize(
    "url",
    [
        "http://x.gov.cn/art/2020/11/11/art_11_11.html",
        "http://x.gov.cn/zwgk/zwgk/a.html",
        "http://x.gov.cn/11/11/11/11/",
        "http://x.gov.cn/english/news/202001/t20200101_123.html",
        "http://x.gov.cn/history?year=1949",
        "http://x.gov.cn/calendar/2026/05/",
        "http://x.gov.cn/content.jsp?id=2031&m=12",
        "http://[::1/",
        "",
    ],
)
def test_an_ordinary_address_is_no_trap(url: str) -> None:
    assert trap_reason(url, today=TODAY) is None


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://x.gov.cn/a/b/a/b/index.html", "repeats /a/b/"),
        ("http://x.gov.cn/en/en/en/", "repeats /en/"),
        ("http://x.gov.cn/a/x/a/y/a/z/a/", "4 times"),
        ("http://x.gov.cn/" + "a" * MAX_URL, "longer than 512"),
        ("http://x.gov.cn/?" + "&".join(f"p{n}=1" for n in range(9)), "more than 8 parameters"),
        ("http://x.gov.cn/calendar/2031/05/", "year 2031"),
        ("http://x.gov.cn/list?year=1931&month=5", "year 1931"),
        ("http://x.gov.cn/events?date=2044-01-31", "year 2044"),
    ],
)
def test_a_trap_is_named(url: str, words: str) -> None:
    assert words in (trap_reason(url, today=TODAY) or "")


def test_a_pattern_is_capped_whatever_its_numbers() -> None:
    counter = PatternCounter(cap=3)
    reasons = [counter.reason(f"http://x.gov.cn/list?page={n}&tag={n}") for n in range(5)]
    assert reasons[:3] == [None] * 3
    assert all(reason and "more than 3 pages" in reason for reason in reasons[3:])


def test_a_calendar_is_capped_sooner_than_other_patterns() -> None:
    counter = PatternCounter()
    reasons = [counter.reason(f"http://x.gov.cn/events?month={n}") for n in range(1, 20)]
    assert reasons.index(next(filter(None, reasons))) == 12


def test_articles_in_dated_folders_are_never_capped() -> None:
    counter = PatternCounter(cap=3)
    assert not any(counter.reason(f"http://x.gov.cn/art/2020/1/{n}/art_1_{n}.html") for n in range(1000))


def test_filters_that_combine_are_left_while_those_met_go_on() -> None:
    counter = PatternCounter()
    names = [f"f{n}" for n in range(12)]
    reasons = [counter.reason(f"http://x.gov.cn/list?{name}=1") for name in names]
    assert reasons[:10] == [None] * 10
    assert all(reason and "combinations of parameters" in reason for reason in reasons[10:])
    assert counter.reason("http://x.gov.cn/list?f0=2") is None
    assert counter.reason("http://x.gov.cn/other?f11=1") is None


def test_two_patterns_are_counted_apart() -> None:
    counter = PatternCounter(cap=1)
    assert counter.reason("http://x.gov.cn/a?id=1") is None
    assert counter.reason("http://x.gov.cn/b?id=1") is None
    assert counter.reason("http://x.gov.cn/a?id=1&page=1") is None
    assert counter.reason("http://x.gov.cn/a?id=2") is not None


@pytest.mark.parametrize("name", ["a.pdf", "b.DOCX", "c.tar.gz", "d.jpeg", "e.ofd", "f.mp4?x=1"])
def test_a_file_to_download_is_a_document(name: str) -> None:
    assert is_document(f"http://x.gov.cn/files/{name}")


@pytest.mark.parametrize("name", ["", "a.html", "b.shtml", "c.jsp?file=a.pdf", "v2.0.1-release/", "pdf", "x.pdfx"])
def test_a_page_is_no_document(name: str) -> None:
    assert not is_document(f"http://x.gov.cn/{name}")


@given(st.text(max_size=600))
def test_no_address_breaks_the_trap_finder(tail: str) -> None:
    url = "http://x.gov.cn/" + tail
    assert trap_reason(url) == trap_reason(url)
    assert PatternCounter().reason(url) is None
