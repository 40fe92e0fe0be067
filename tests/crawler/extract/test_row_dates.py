from datetime import UTC, date, datetime

import pytest

from crawler.extract.page import Page
from crawler.extract.row_dates import address_date, row_dates

URL = "http://www.a.gov.example/"


def dates(html, *paths):
    page = Page(html.encode(), URL, fetched=datetime(2025, 12, 1, tzinfo=UTC), content_type="text/html; charset=utf-8")
    return [row_dates(page, [URL + path for path in paths]).get(URL + path) for path in paths]


@pytest.mark.parametrize(
    "row",
    [
        "<li><a href='a'>关于某事的通知</a><span>2025-11-03</span></li>",
        "<li><span>[2025.11.03]</span> <a href='a'>关于某事的通知</a></li>",
        "<tr><td><a href='a'>Notice</a></td><td>2025年11月3日</td></tr>",
        "<div><h3><a href='a'>Notice</a></h3><p>Text of it</p><em>Nov 3, 2025</em></div>",
        "<div><div><a href='a'><img></a></div><div><a href='a'>Notice</a><p>3 November 2025</p></div></div>",
    ],
)
def test_the_date_in_a_links_row_is_read(row):
    other = "<li><a href='b'>Another</a><span>2024-01-01</span></li><li><a href='c'>Third</a></li>"
    assert dates(f"<table><tbody>{row}{other}</tbody></table>", "a") == [date(2025, 11, 3)]


def test_a_date_in_the_address_goes_before_the_one_beside_it():
    assert dates("<li><a href='202511/t20251103_1.html'>x</a> 2020-01-01</li>", "202511/t20251103_1.html") == [
        date(2025, 11, 3)
    ]


def test_the_date_of_another_row_is_not_taken():
    rows = "".join(f"<li><a href='{n}'>Notice {n}</a></li>" for n in range(5))
    assert dates(f"<p>Today is 2025-11-30</p><ul>{rows}<li>2025-11-03</li></ul>", "0", "3") == [None, None]


def test_an_impossible_date_is_none():
    assert dates("<li><a href='a'>x</a> 2025-13-45</li><li><a href='b'>y</a></li><li><a href='c'>z</a></li>", "a") == [
        None
    ]


def test_an_address_says_the_same_on_every_day():
    assert address_date(f"{URL}2031/05/06/a.html") == date(2031, 5, 6)
    assert address_date(f"{URL}news/a.html") is None


def test_a_huge_row_is_not_read():
    filler = "<b>x</b>" * 5000
    assert dates(f"<div><a href='a'>x</a>{filler}2025-11-03</div>", "a") == [None]
