from datetime import UTC, datetime

import pytest

from crawler.archive.reading import Answer
from crawler.extract.facts import Charset, Column, Language, Link, ListItem, PageFacts
from crawler.model import Capture
from crawler.scope import page_key
from scoring.column_types import column_types

HOST = "http://en.a.gov.example"
NOON = datetime(2026, 6, 30, tzinfo=UTC)


def answer(path, *, columns=(), items=(), links=(), referrer="", title="", text="x" * 100):
    url = HOST + path
    facts = PageFacts(
        url=url,
        title=title,
        charset=Charset("utf-8", "utf-8"),
        language=Language("en", "en", (), None),
        text=text,
        columns=tuple(Column(name, HOST + to, kind) for name, to, kind in columns),
        items=tuple(ListItem("t", HOST + to, None) for to in items),
        links=tuple(Link(HOST + to, "t", "body") for to in links),
    )
    capture = Capture(
        1,
        "r",
        "a",
        "en",
        "page",
        url,
        url,
        200,
        NOON,
        (),
        "",
        "w",
        0,
        0,
        0.0,
        referrer=HOST + referrer if referrer else "",
    )
    return Answer(capture, facts, None)


def kinds(*answers):
    found = column_types(answers)
    return {path: found.get(page_key(HOST + path)) for path in (a.capture.url.removeprefix(HOST) for a in answers)}


HOME = answer("/", columns=[("News", "/n/", "news"), ("Visa", "/v/", "visa"), ("Services", "/s/", "services")])


def test_a_menu_names_its_pages():
    assert kinds(HOME, answer("/n/"))["/n/"] == "news"


def test_a_page_hangs_under_the_column_whose_list_holds_it():
    assert kinds(HOME, answer("/n/", items=["/a/1"]), answer("/a/1", referrer="/"))["/a/1"] == "news"


def test_the_column_of_its_own_beats_the_news_that_lists_everything():
    found = kinds(HOME, answer("/n/", items=["/a/1"]), answer("/v/", items=["/a/1"]), answer("/a/1"))
    assert found["/a/1"] == "visa"


def test_a_page_lies_in_the_folder_of_its_column():
    assert kinds(HOME, answer("/v/2026/1.html", referrer="/"))["/v/2026/1.html"] == "visa"


def test_the_folder_of_the_home_page_is_no_column():
    home = answer("/en/", columns=[("Home", "/en/", "home")])
    assert kinds(home, answer("/en/x.html"))["/en/x.html"] is None


@pytest.mark.parametrize(("text", "kind"), [("Two guides.", "visa"), ("A long text. " * 100, None)])
def test_a_short_index_page_claims_what_it_links_to_and_a_long_text_does_not(text, kind):
    assert kinds(HOME, answer("/v/", links=["/a/1"], text=text), answer("/a/1"))["/a/1"] == kind


def test_a_chain_of_links_from_a_column_is_followed():
    chain = [answer("/v/", text="long " * 200), answer("/b", referrer="/v/"), answer("/c", referrer="/b")]
    assert kinds(HOME, *chain)["/c"] == "visa"


def test_a_loop_of_links_ends():
    assert kinds(answer("/b", referrer="/c"), answer("/c", referrer="/b")) == {"/b": None, "/c": None}


def test_under_services_the_title_names_the_service():
    page = answer("/s/1.html", title="How to Apply for a Residence Permit - A City")
    assert kinds(HOME, page)["/s/1.html"] == "visa"


def test_news_of_a_visa_stays_news():
    page = answer("/n/1.html", title="New Residence Permit Announced")
    assert kinds(HOME, page)["/n/1.html"] == "news"
