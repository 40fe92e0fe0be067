import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.model import Site
from scoring.reports.paths import site_file
from scoring.reports.plaintext import clean, clean_lines, guard_cell, reveal, safe_href, shorten

ANY_TEXT = st.text(st.characters(codec=None))


@given(ANY_TEXT)
def test_clean_text_is_one_line_without_controls_and_can_be_written(text):
    cleaned = clean(text)
    assert not any(unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") for c in cleaned)
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", cleaned)
    assert cleaned.encode("utf-8").decode("utf-8") == cleaned
    assert clean(cleaned) == cleaned


@given(st.sampled_from("=+-@＝＋－＠\t\r"), st.text())
def test_no_cell_begins_a_formula(first, rest):
    assert guard_cell(first + rest)[:1] not in tuple("=+-@＝＋－＠\t\r")


@pytest.mark.parametrize("text", ["=1+1", " =1+1", "\u3000＝1", "\n-2", "\u200b@x", "﹢3"])
def test_a_formula_behind_blanks_or_invisible_characters_is_escaped(text):
    assert guard_cell(text).startswith("'")


@pytest.mark.parametrize("text", ["English", "", "（注）", "'quoted", "3-1", "#"])
def test_harmless_text_is_left_alone(text):
    assert guard_cell(text) == text


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java\nscript:alert(1)",
        "data:text/html,x",
        "//a.gov.cn/",
        "http:///x",
        "http://[",
        "file:///etc/passwd",
        "http://a b/",
        "http://a.gov.cn/\u202efdp.exe",
        "",
        None,
    ],
)
def test_only_whole_web_addresses_become_links(url):
    assert safe_href(url) is None


def test_a_web_address_becomes_a_link_as_it_is():
    assert safe_href("https://en.a.gov.cn/新闻?a=1&b=2") == "https://en.a.gov.cn/新闻?a=1&b=2"


def test_source_shows_what_would_be_invisible():
    assert reveal("a\u202eb\x00c\r\nd\te") == "a[U+202E]b[U+0000]c\nd\te"


def test_lines_and_tabs_of_source_stay():
    assert clean_lines("a\r\nb\tc\x07") == "a\nb\tc"


def test_a_han_character_counts_as_two_columns():
    assert shorten("政府网站外文版", 14) == "政府网站外文版"
    assert shorten("政府网站外文版", 13) == "政府网站外…"
    assert shorten("abc", 3) == "abc"


def site(site_id: str) -> Site:
    return Site(site_id, "", "", "", "")


@given(ANY_TEXT)
def test_a_site_file_is_one_safe_name_below_the_folder(site_id):
    assert re.fullmatch(r"sites/\w[\w.-]*\.html", site_file(site(site_id)))


def test_site_files_keep_plain_ids_and_tell_changed_ones_apart():
    assert site_file(site("bj-01")) == "sites/bj-01.html"
    assert site_file(site("北京")) == "sites/北京.html"
    changed = [site_file(site(name)) for name in ("a/b", "a\\b", "a_b", "..", "", "con", "x" * 100)]
    assert len(set(changed)) == len(changed)
