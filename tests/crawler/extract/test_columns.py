from collections import Counter
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extract.column_names import ASPECTS, CONFIDENCE, column_aspect
from crawler.extract.columns import COLUMN_TYPES, column_type, columns, own_column
from crawler.extract.glossary import aspects, glossary, names_by_language, normalised
from crawler.extract.page import Page


def page_of(html: str, url: str = "https://www.hz.gov.cn/en/") -> Page:
    return Page(html.encode(), url, fetched=datetime(2024, 5, 1, tzinfo=UTC))


def found(html: str) -> list[tuple[str, str | None]]:
    return [(column.name, column.type) for column in columns(page_of(html))]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("News", "news"), ("  LATEST   NEWS » ", "news"), ("Laws & Regulations", "laws"),
        ("Laws and Regulations", "laws"),
        ("政策解读", "interpretation"), ("首 页", "home"), ("Mayor's Mailbox", "mailbox"),
        ("Mayor’s Mailbox", "mailbox"), ("市长信箱", "mailbox"),
        ("市长", "leaders"), ("About Hangzhou", "overview"), ("About", "about"), ("About Us", "about"),
        ("走进杭州", "overview"),
        ("Invest in Hangzhou", "investment"), ("Hangzhou Travel", "tourism"), ("旅游政策", "laws"),
        ("投资政策", "investment"), ("FAQs", "faq"),
        ("Новости", "news"), ("観光", "tourism"), ("비자", "visa"), ("اتصل بنا", "contact"),
        ("Inversión", "investment"), ("Actualités", "news"),
        ("Gesetze und Vorschriften", "laws"), ("Industrial Parks", "parks"), ("领导之窗", "leaders"),
        ("Photo Gallery", "multimedia"), ("视频", "multimedia"), ("RSS", "subscription"), ("智能客服", "chat"),
        ("Follow Us", "social"), ("Related Links", "links"), ("Visa Applications", "visa"),
    ],
)  # fmt: skip
def test_a_columns_name_tells_what_it_is_about(name: str, kind: str) -> None:
    assert column_type(name) == kind


@pytest.mark.parametrize(
    "name",
    [
        "Nursing Home",
        "Newsworthy",
        "Lawson",
        "更多",
        "李云泽",
        "",
        "»»",
        "2024",
        "The city opens its newest museum of news and culture to the public",
    ],
)
def test_a_name_that_says_nothing_known_has_no_type(name: str) -> None:
    assert column_type(name) is None


def test_every_type_has_names_in_chinese_and_eight_other_languages_and_no_name_two_types() -> None:
    assert set(glossary().whole.values()) == set(COLUMN_TYPES)
    assert set(glossary().column_types.values()) <= set(COLUMN_TYPES)
    counts = Counter(glossary().whole.values())
    assert min(counts.values()) >= 9


@pytest.mark.parametrize(
    ("language", "least"),
    [
        ("zh", 300),
        ("en", 300),
        ("fr", 100),
        ("ru", 100),
        ("ja", 100),
        ("ko", 100),
        ("ar", 100),
        ("es", 100),
        ("de", 100),
    ],
)
def test_the_glossary_holds_the_names_of_columns(language: str, least: int) -> None:
    names = names_by_language()[language]
    assert len(names) == len(set(names)) >= least


@pytest.mark.parametrize(
    ("name", "kind", "aspect"),
    [
        ("Geographical Location", "overview", "location"), ("人口民族", "overview", "population"),
        ("历史沿革", "overview", "history"), ("Economy", "overview", "economy"), ("Economy", "investment", None),
        ("投资政策", "investment", "policies"), ("Investment Guide", "investment", "guide"),
        ("Why Invest in Yunhe", "investment", "environment"), ("Lost Passport", "visa", "lost_passport"),
        ("China News", "news", "national"), ("信件选登", "mailbox", "replies"), ("Anything", "home", None),
    ],
)  # fmt: skip
def test_an_aspect_is_the_finer_subject_within_a_type(name: str, kind: str, aspect: str | None) -> None:
    assert column_aspect(name, kind) == aspect


def test_every_aspect_is_of_a_column_type_and_has_names() -> None:
    assert set(ASPECTS) == set(aspects()) <= set(COLUMN_TYPES)
    for kind, known in aspects().items():
        assert set(known.whole.values()) == set(ASPECTS[kind])


def test_a_menu_gives_its_columns_two_levels_deep() -> None:
    html = """<div class="main-nav"><ul>
      <li><a href="/en/">Home</a></li>
      <li><a href="/en/news/">News</a><ul><li><a href="/en/news/local/">Local News</a>
        <ul><li><a href="/en/news/local/x/">Districts</a></li></ul></li></ul></li>
      <li><a href="/en/visa/">Visa</a></li></ul></div>"""
    assert found(html) == [("Home", "home"), ("News", "news"), ("Local News", "news"), ("Visa", "visa")]


def test_crumbs_pagers_and_footers_are_no_menus() -> None:
    html = """<nav><a href="/a/">News</a><a href="/b/">Visa</a><a href="/c/">Law</a></nav>
    <div class="nav-crumb"><a href="/1">One</a><a href="/2">Two</a><a href="/3">Three</a></div>
    <div class="page-nav"><a href="/4">10</a><a href="/5">20</a><a href="/6">30</a></div>"""
    assert found(html) == [("News", "news"), ("Visa", "visa"), ("Law", "laws")]


def test_without_a_named_menu_the_first_block_of_short_links_is_it() -> None:
    html = """<table><tr><td><a href="/1">要闻</a></td><td><a href="/2">政策法规</a></td>
    <td><a href="/3">办事指南</a></td>
    <td><a href="/4">联系我们</a></td></tr></table>
    <ul><li><a href="/n">本市召开优化营商环境工作推进会议部署下一阶段任务</a></li></ul>"""
    assert found(html) == [("要闻", "news"), ("政策法规", "laws"), ("办事指南", "services"), ("联系我们", "contact")]


def test_a_menu_whose_panels_hold_articles_gives_its_bar() -> None:
    titles = "".join(
        f'<p><a href="/t{n}">A long title of an article that stands in the panel number {n}</a></p>' for n in range(9)
    )
    bar = "".join(
        f'<li><a href="/{name}/">{name}</a><div>{titles}</div></li>' for name in ("News", "Law", "Visa", "Travel")
    )
    assert [name for name, _ in found(f'<div class="nav"><ul>{bar}</ul></div>')] == ["News", "Law", "Visa", "Travel"]


def test_language_switches_in_a_menu_are_no_columns() -> None:
    html = '<nav><a href="/n/">News</a><a href="/l/">Law</a><a href="/v/">Visa</a>'
    html += '<a href="/cn/">中文</a><a href="/fr/">Français</a></nav>'
    assert [name for name, _ in found(html)] == ["News", "Law", "Visa"]


def test_headings_of_a_home_page_that_are_links_are_columns_where_their_name_is_known() -> None:
    assert found('<h2><a href="/yw/">要闻</a></h2><h3><a href="/t">某某同志出席会议并讲话</a></h3>') == [
        ("要闻", "news")
    ]


def test_the_pages_own_column_comes_from_its_tags_and_its_breadcrumb() -> None:
    html = """<meta name="columnname" content="通知公告"><meta name="ColumnType" content="政策文件">
    <div class="crumb"><a href="/tzgg/">通知公告</a></div>"""
    own = own_column(page_of(html))
    assert own is not None
    assert (own.name, own.url, own.type) == ("通知公告", "https://www.hz.gov.cn/tzgg/", "laws")


def test_a_page_without_column_tags_has_no_own_column() -> None:
    assert own_column(page_of("<meta name='ColumnName' content=''><p>x")) is None


@given(st.text(max_size=80))
def test_reading_a_name_never_fails_and_ignores_case(name: str) -> None:
    assert column_type(name) in (*COLUMN_TYPES, None)
    assert normalised(normalised(name)) == normalised(name)


@given(st.text(alphabet="<>/ulidvna=' hrefclsNews首页", max_size=300))
def test_no_markup_breaks_columns(html: str) -> None:
    assert all(column.url.startswith("http") for column in columns(page_of(html)))


def test_one_known_word_among_five_does_not_type_a_column() -> None:
    assert column_type("Nacos with Spring Boot Projects") is None
    assert column_type("Tourism in Yunhe City") == "tourism"


def classes(html: str) -> dict[str, tuple[str | None, str]]:
    return {column.name: (column.type, column.cue) for column in columns(page_of(html))}


def test_a_column_says_what_told_its_type() -> None:
    html = """<nav><ul><li><a href="/en/n/">News</a></li><li><a href="/en/v/">Visa for Artists</a></li>
    <li><a href="/en/tzgg/">The Board</a></li><li><a href="/en/q/">Unheard Of</a></li></ul></nav>"""
    assert classes(html) == {
        "News": ("news", "name"),
        "Visa for Artists": ("visa", "term"),
        "The Board": ("notices", "address"),
        "Unheard Of": (None, ""),
    }


def test_a_folder_called_overview_is_about_a_place_on_a_governments_site_alone() -> None:
    html = '<nav><a href="/en/overview/">The Basics</a><a href="/en/a/">Install</a><a href="/en/b/">Upgrade</a></nav>'
    assert [column.type for column in columns(page_of(html, "https://docs.example.org/"))] == [None, None, None]
    assert columns(page_of(html))[0].type == "overview"


def test_an_entry_of_no_known_name_is_about_what_it_hangs_under() -> None:
    html = """<nav><ul><li><a href="/en/1/">Leaders</a><ul><li><a href="/en/2/">Li Ming</a></li></ul></li>
    <li><a href="/en/3/">Services</a><ul><li><a href="/en/4/">Li Hua</a></li></ul></li>
    <li><a href="/en/5/">Wang Wei</a></li></ul></nav>"""
    found_classes = classes(html)
    assert found_classes["Li Ming"] == ("leaders", "parent")
    assert found_classes["Li Hua"] == (None, "")  # anything may be called a service
    assert found_classes["Wang Wei"] == (None, "")


def test_what_is_surer_has_more_confidence() -> None:
    assert CONFIDENCE["tag"] >= CONFIDENCE["name"] > CONFIDENCE["term"] > CONFIDENCE["address"] > CONFIDENCE["parent"]


def test_an_entrys_name_is_its_words_in_order_without_what_an_icon_calls_itself() -> None:
    icon = "<svg><title>Envelope</title></svg>"
    entries = "".join(
        f"<li><a href=/{n}/><span>{first}<b>and</b></span>{last}{icon}</a></li>"
        for n, (first, last) in enumerate([("Laws", "Rules"), ("Parks", "Zones"), ("Trade", "Fairs"), ("Tea", "Silk")])
    )
    names = [name for name, _ in found(f"<nav><ul>{entries}</ul></nav>")]
    assert names == ["Laws and Rules", "Parks and Zones", "Trade and Fairs", "Tea and Silk"]


SOFTWARE = """<nav><ul><li><a href="/docs/">Docs</a></li><li><a href="/community/">COMMUNITY</a>
  <ul><li><a href="/community/pulls/">Pulls</a></li></ul></li><li><a href="/themes/">Themes</a></li>
  <li><a href="/enterprise/">Enterprise</a><ul><li><a href="/x/cloud/">Cloud</a></li></ul></li>
  <li><a href="/projects/spring.html">Projects</a><ul><li><a href="/x/spring.html">Spring</a></li></ul></li>
  <li><a href="/api/events.html">Events</a></li><li><a href="/cloud/">NACOS 企业版</a></li>
  <li><a href="/docs/latest/a.html">Latest</a></li>
  <li><a href="/x/data.html">Multiple data sources</a></li><li><a href="/x/bugs.html">How to report bugs</a></li>
  <li><a href="/news/">News</a></li>{more}</ul></nav>"""


def types_at(url: str, more: str = "") -> dict[str, str | None]:
    return {column.name: column.type for column in columns(page_of(SOFTWARE.format(more=more), url))}


def test_words_that_every_software_project_uses_are_no_columns_of_a_government() -> None:
    found = types_at("https://docs.example/en/")
    assert {name for name, kind in found.items() if kind} == {"News"}


def test_the_same_words_count_on_a_governments_host() -> None:
    found = types_at("http://english.yunhe.gov.example/")
    assert (found["COMMUNITY"], found["Events"], found["Enterprise"]) == ("living", "news", "business")


def test_the_same_words_count_beside_two_columns_that_only_governments_have() -> None:
    more = '<li><a href="/laws/">Laws and Regulations</a></li><li><a href="/leaders/">Leaders</a></li>'
    assert types_at("http://yunhe.dailynews.example/", more)["COMMUNITY"] == "living"
    assert types_at("http://yunhe.dailynews.example/", more[: len(more) // 2])["COMMUNITY"] is None


def test_every_ambiguous_word_is_a_columns_name() -> None:
    words = glossary()
    assert words.ambiguous - set(words.whole) - set(words.part) == set()
