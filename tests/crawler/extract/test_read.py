import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.extract import read
from crawler.extract.json_form import as_json
from crawler.extract.page import MOST_CHARACTERS, Page
from crawler.extract.read import read_page

ENGLISH_HOME = """<html lang="en"><head><title>Hangzhou\x08, China</title><meta name="SiteName" content="Hangzhou">
<meta name="SITEIDCODE" content="3301000007"></head><body>
<div class="nav">
<ul><li><a href="/en/">Home</a></li><li><a href="/en/news/">News</a></li>
<li><a href="/en/visa/">Visa</a></li></ul></div>
<a href="/cn/">中文</a> <a href="http://kr.hz.gov.cn/">한국어</a>
<form action="/search"><input name="q"></form>
<p>Hangzhou is the capital of Zhejiang province and stands on the southern
wing of the Yangtze delta in eastern China.</p>
<div class="footer">Tel: +86-571-85250000 Sponsored by Hangzhou Government <a href="https://www.facebook.com/hz">f</a></div></body></html>"""


def page_of(html: str) -> Page:
    return Page(html.encode(), "https://www.hz.gov.cn/en/", fetched=datetime(2024, 5, 1, tzinfo=UTC))


def test_a_home_page_gives_all_its_facts() -> None:
    facts = read_page(page_of(ENGLISH_HOME))
    assert facts.title == "Hangzhou, China"
    assert facts.language.body == "en"
    assert [candidate.language for candidate in facts.versions] == ["ko"]
    assert [column.type for column in facts.columns] == ["home", "news", "visa"]
    assert [form.kind for form in facts.forms] == ["search"]
    assert [contact.international for contact in facts.contacts] == [True]
    assert [account.network for account in facts.social] == ["facebook"]
    assert facts.identity.site_codes == (("meta", "3301000007"),)
    assert facts.meta_tags["siteidcode"] == "3301000007"
    assert facts.problems == ()


def test_the_json_has_the_keys_that_other_tools_rely_on_and_survives_a_round_trip() -> None:
    facts = as_json(read_page(page_of(ENGLISH_HOME)))
    keys = {"url", "title", "charset", "language", "published", "updated", "text_chars", "versions", "columns", "items",
            "forms", "contacts", "social", "search", "identity", "problems"}  # fmt: skip
    assert keys <= facts.keys()
    assert json.loads(json.dumps(facts, ensure_ascii=False)) == facts
    assert facts["charset"] == {"declared": None, "used": "utf-8"}
    assert facts["versions"] == [{"language": "ko", "url": "http://kr.hz.gov.cn/", "anchor": "한국어", "how": "link"}]
    assert facts["search"] == facts["forms"]


def test_a_fact_that_fails_is_named_and_costs_only_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ValueError("month must be in 1..12")

    monkeypatch.setattr(read, "published", fail)
    monkeypatch.setattr(read, "columns", fail)
    facts = read_page(page_of(ENGLISH_HOME))
    assert facts.published is None
    assert facts.columns == ()
    assert facts.language.body == "en"
    assert set(facts.problems) == {
        "dates: ValueError month must be in 1..12",
        "columns: ValueError month must be in 1..12",
    }


def test_menus_left_out_are_said_to_be_left_out() -> None:
    facts = read_page(page_of(ENGLISH_HOME), menus=False)
    assert (facts.columns, facts.forms) == ((), ())
    assert facts.problems == ("menus: columns and forms were not read",)


def test_the_pages_own_column_is_read_without_menus() -> None:
    facts = read_page(page_of('<meta name="ColumnName" content="News"><p>x'), menus=False)
    assert [(column.name, column.type) for column in facts.columns] == [("News", "news")]


def test_a_page_without_a_title_is_called_by_its_heading() -> None:
    assert read_page(page_of("<title> </title><h1>Visa <b>Guide</b></h1>")).title == "Visa Guide"


def test_a_switch_that_needs_a_browser_is_a_problem_and_not_a_missing_version() -> None:
    facts = read_page(page_of('<span class="lang">日本語</span>'))
    assert facts.problems == ("versions: the switch '日本語' has no address without a browser",)


def test_the_same_bytes_give_the_same_facts() -> None:
    assert read_page(page_of(ENGLISH_HOME)) == read_page(page_of(ENGLISH_HOME))


@settings(max_examples=40)
@given(st.binary(max_size=400))
def test_no_bytes_break_reading(body: bytes) -> None:
    page = Page(body, "https://www.hz.gov.cn/", fetched=datetime(2024, 5, 1, tzinfo=UTC))
    json.dumps(as_json(read_page(page)))


@pytest.mark.parametrize(
    ("html", "problem"),
    [
        ("<p>x " * 31_000, "page: more than 30,000 elements, the first were read"),
        ("<!--" + "x" * MOST_CHARACTERS, "page: 3,000,004 characters, the first 3,000,000 were read"),
    ],
)
def test_what_of_a_page_was_not_read_is_said(html: str, problem: str) -> None:
    assert problem in read_page(page_of(html)).problems


def test_bytes_cut_and_spliced_anywhere_never_break_reading() -> None:
    body = ENGLISH_HOME.encode()
    for at in range(0, len(body), 97):
        for broken in (body[:at], body[at:] + body[:at], body[:at] + b"\xff\x00<" + body[at:]):
            facts = read_page(Page(broken, "https://www.hz.gov.cn/", fetched=datetime(2024, 5, 1, tzinfo=UTC)))
            assert not [problem for problem in facts.problems if "Error" in problem]
