from dataclasses import replace
from datetime import UTC, datetime

import pytest

from crawler.extract.facts import Alternate, Charset, Column, Language, ListItem, PageFacts
from crawler.model import Failure
from scoring.column_map import CORE_TYPES, map_columns
from scoring.evidence import ColumnPair, EvidenceRef, FailedFetch, PageEvidence

HOST = "http://www.x.gov.cn"


def page(
    path: str,
    *columns: tuple[str, str, str | None],
    body: str = "en",
    chrome: str = "en",
    text: str = "word" * 40,
    items: int = 0,
    depth: int = 0,
    column_type: str | None = None,
) -> PageEvidence:
    url = HOST + path
    facts = PageFacts(
        url=url,
        title=f"Title of {path}",
        charset=Charset("utf-8", "utf-8"),
        language=Language(body, chrome, (), None),
        text=text,
        columns=tuple(Column(name, HOST + to, kind) for name, to, kind in columns),
        items=tuple(ListItem(str(n), url, None) for n in range(items)),
    )
    ref = EvidenceRef(1, url, datetime(2026, 6, 1, tzinfo=UTC), "sha256:1", "a.warc.gz", 0)
    return PageEvidence(ref, facts, 200, depth, column_type=column_type)


CHINESE = page(
    "/",
    ("新闻", "/xw/", "news"),
    ("要闻", "/yw/", "news"),
    ("概况", "/gk/", "overview"),
    ("天气", "/tq/", "living"),
    ("其他", "/qt/", None),
    body="zh",
    chrome="zh",
)
HOME = page("/en/", ("News", "/en/news/", "news"), ("Culture", "/en/c/", None), ("About", "/en/about/", "overview"))


def one(kind: str, home: PageEvidence, *pages: PageEvidence) -> ColumnPair:
    return next(pair for pair in map_columns(CHINESE, home, pages, language="en") if pair.type == kind)


def test_core_columns_are_matched_by_type_in_a_fixed_order() -> None:
    pairs = map_columns(CHINESE, HOME, [HOME], language="en")
    assert [(p.type, p.chinese_name, p.foreign_name) for p in pairs] == [
        ("overview", "概况", "About"),
        ("news", "新闻", "News"),
    ]
    assert [p.type for p in pairs] == [kind for kind in CORE_TYPES if kind in ("news", "overview")]


def test_a_column_that_the_chinese_version_lacks_is_not_asked_for() -> None:
    assert map_columns(page("/", body="zh"), HOME, [HOME], language="en") == ()


def test_a_missing_column_is_surer_to_be_missing_where_the_menu_could_be_read() -> None:
    rich = page("/en/", ("A", "/en/a/", "laws"), ("B", "/en/b/", "visa"), ("C", "/en/c/", "tourism"))
    poor = page("/en/")
    assert (one("news", rich).foreign_url, one("news", rich).alive) == (None, None)
    assert one("news", rich).confidence > one("news", poor).confidence


@pytest.mark.parametrize(
    ("found", "alive"),
    [
        (page("/en/news/index.html"), True),
        (page("/en/news/", text="", items=3), True),
        (page("/en/news/", body="und", chrome="en"), True),
        (page("/en/news/", text="short"), False),
        (page("/en/news/", body="zh-Hans"), False),
        (page("/en/news/", body="und", chrome="zh"), False),
        (page("/en/other/"), None),
    ],
)
def test_a_column_is_alive_when_its_page_has_foreign_content(found: PageEvidence, alive: bool | None) -> None:
    assert one("news", HOME, found).alive is alive


def test_a_column_whose_address_redirects_is_found_by_what_was_asked_for() -> None:
    moved = page("/en/list_1.html")
    moved = replace(moved, ref=replace(moved.ref, url=HOST + "/en/news/"))
    assert one("news", HOME, moved).alive is True


def test_of_two_columns_of_a_type_the_live_one_stands() -> None:
    home = page("/en/", ("Old", "/en/old/", "news"), ("New", "/en/new/", "news"))
    assert one("news", home, page("/en/old/", text=""), page("/en/new/")).foreign_name == "New"


def test_a_column_deeper_than_the_menu_counts_with_less_confidence() -> None:
    deep = page("/en/x/news/", items=9, depth=2, column_type="news")
    article = page("/en/x/news/1.html", depth=1, column_type="news")
    found = one("news", page("/en/"), article, deep)
    assert (found.foreign_url, found.foreign_name, found.alive) == (HOST + "/en/x/news/", "Title of /en/x/news/", True)
    assert found.confidence < one("news", HOME).confidence


@pytest.mark.parametrize(
    ("failure", "status", "alive"), [("http_error", 404, False), ("http_error", 200, False), ("blocked", 403, None)]
)
def test_a_column_that_is_gone_is_not_alive_and_one_that_was_blocked_is_not_judged(
    failure: str, status: int, alive: bool | None
) -> None:
    home = page("/en/", ("News", "/en/news/", "news"))
    lost = FailedFetch(HOST + "/en/news/", Failure(failure), status, "", "", None)
    found = next(pair for pair in map_columns(CHINESE, home, [home], [lost], language="en") if pair.type == "news")
    assert found.alive is alive


def test_a_column_whose_page_declares_its_edition_is_matched_by_that_first() -> None:
    own = page("/xw/", body="zh", chrome="zh", items=3)
    own = replace(own, facts=replace(own.facts, alternates=(Alternate("en", HOST + "/en/daily/", "alternate"),)))
    daily = page("/en/daily/", items=3, depth=1)
    pairs = map_columns(CHINESE, HOME, [HOME, daily], chinese_pages=[own], language="en")
    found = next(pair for pair in pairs if pair.type == "news")
    assert (found.foreign_url, found.how, found.confidence, found.alive) == (HOST + "/en/daily/", "declared", 1.0, True)


def test_a_foreign_column_that_declares_its_chinese_one_is_matched_too() -> None:
    daily = page("/en/daily/", items=3, depth=1)
    back = Alternate("zh-CN", HOST + "/xw/", "alternate")
    daily = replace(daily, facts=replace(daily.facts, alternates=(back,)))
    assert one("news", HOME, daily).how == "declared"


def test_the_map_says_by_what_a_column_was_matched() -> None:
    deep = page("/en/x/news/", items=9, depth=2, column_type="news")
    assert one("news", HOME).how == "menu"
    assert one("news", page("/en/"), deep).how == "page"
    assert one("news", page("/en/")).how == ""


def test_a_tag_written_as_no_standard_has_it_declares_an_edition_all_the_same() -> None:
    daily = page("/en/daily/", items=3, depth=1)
    back = Alternate("zh_CN", HOST + "/xw/", "alternate")
    daily = replace(daily, facts=replace(daily.facts, alternates=(back,)))
    assert one("news", HOME, daily).how == "declared"


@pytest.mark.parametrize(("body", "alive"), [("fr", True), ("en", False), ("und", True)])
def test_a_column_in_another_foreign_language_than_the_version_is_not_alive(body: str, alive: bool) -> None:
    home = page("/en/", ("Actualités", "/en/news/", "news"), body="fr", chrome="fr")
    news = page("/en/news/", body=body, chrome=body)
    found = next(pair for pair in map_columns(CHINESE, home, [home, news], language="fr") if pair.type == "news")
    assert found.alive is alive


def test_where_we_cannot_tell_the_language_of_a_version_its_columns_may_be_in_what_its_home_page_is_taken_for() -> None:
    home = page("/en/", ("News", "/en/news/", "news"), body="ru", chrome="ru")
    news = page("/en/news/", body="ru", chrome="ru")
    found = next(pair for pair in map_columns(CHINESE, home, [home, news], language="kk") if pair.type == "news")
    assert found.alive is True
