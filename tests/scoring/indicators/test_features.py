from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extract.facts import Link
from scoring.readings.features import (
    captured_pages,
    date_cue,
    excerpt,
    holds_text,
    is_decided,
    is_unread,
    looks_chinese,
    passes_on,
    refs_by_address,
)


def test_an_undetermined_language_is_not_decided():
    assert not is_decided("und")


@pytest.mark.parametrize(
    ("text", "chinese"),
    [
        ("您的姓名 联系电话", True),
        ("Your name", False),
        ("お名前 電話番号", False),
        ("이름 電話", False),
        ("姓名 Your full name", False),
        ("", False),
        ("123 !", False),
    ],
)
def test_labels_are_chinese_where_most_letters_are_and_no_kana_or_hangul_stands_between(text, chinese):
    assert looks_chinese(text) is chinese


@given(st.text(), st.integers(2, 100))
def test_an_excerpt_is_one_line_within_its_limit(text, limit):
    words = excerpt(text, limit)
    assert len(words) <= limit
    assert "\n" not in words


def test_captured_pages_start_with_the_home_page_and_name_each_address_once(build):
    home, page = build.home(), build.page("/a")
    evidence = build.evidence(page, build.page("/a/"), build.page("/b", status=500), home=home)
    assert captured_pages(evidence) == [home, page]


def test_a_fact_that_could_not_be_read_is_told_by_the_name_that_its_problem_begins_with(build):
    page = build.page(problems=("dates: ValueError broken", "3 byte sequences could not be decoded"))
    assert is_unread(page, "columns", "dates")
    assert not is_unread(page, "columns", "date")


def test_a_page_passes_on_only_where_it_has_nothing_of_its_own(build):
    assert passes_on(build.page(text="", onward=(build.onward("/x"),)))
    assert not passes_on(build.page(onward=(build.onward("/x"),)))
    assert not passes_on(build.page(text=""))


def test_the_cue_of_a_date_tells_the_pages_own_words_from_a_lists(build):
    assert date_cue(build.page(published=date(2026, 5, 1))) == "2026-05-01 (meta:PubDate: 2026-05-01)"
    assert date_cue(build.page(published=date(2026, 5, 1), own_date=False)) == "2026-05-01 (list)"


def test_an_address_of_either_version_finds_its_archived_page(build):
    page, chinese = build.page("/a"), build.chinese()
    known = refs_by_address(build.evidence(page, chinese_pages=[chinese]))
    assert known(build.url("/a/")) == page.ref
    assert known("http://www.example.gov.cn") == chinese.ref
    assert known("https://nowhere.example/") is None
    assert known(None) is None


def test_an_article_is_told_from_an_index_by_what_it_says_besides_its_links(build):
    sentence = "The office explains what you have to bring, and when it is open for visitors from abroad. "
    titles = [f"A long title of an article number {n} in this column, with many words" for n in "abc"]
    links = tuple(Link(build.url(f"/{n}"), title, "body") for n, title in enumerate(titles))
    assert holds_text(build.page(text=sentence * 2))
    assert holds_text(build.page(text=sentence * 2 + titles[0], links=links[:1]))
    assert not holds_text(build.page(text="\n".join(["Policies", *titles, "2026-01-01"]), links=links))
    assert not holds_text(build.page(text="Welcome."))
    assert not holds_text(build.page(text=sentence * 9, items=5))
