from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.extract.labels import read_label, url_language
from crawler.extract.page import Page
from crawler.extract.versions import chinese_link, unresolved_switches, versions


def page_of(html: str, url: str = "https://www.hz.gov.cn/") -> Page:
    return Page(html.encode(), url, fetched=datetime(2024, 5, 1, tzinfo=UTC))


def found(html: str, url: str = "https://www.hz.gov.cn/") -> list[tuple[str, str, str]]:
    return [(c.language, c.url, c.how) for c in versions(page_of(html, url))]


def languages(html: str) -> list[str]:
    return [language for language, _, _ in found(html)]


@pytest.mark.parametrize(
    ("anchor", "language"),
    [
        ("English", "en"), ("ENGLISH", "en"), ("EN", "en"), ("En", "en"), ("ENG", "en"), ("英文", "en"),
        ("英文版", "en"), ("英语", "en"),
        ("英文EN", "en"), ("[ English ]", "en"), ("English Version", "en"), ("进入英文版", "en"),
        ("Français", "fr"), ("Español", "es"),
        ("Русский", "ru"), ("عربي", "ar"), ("العربية", "ar"), ("Deutsch", "de"), ("日本語", "ja"), ("日文", "ja"),
        ("한국어", "ko"),
        ("韩文", "ko"), ("Português", "pt"), ("Italiano", "it"), ("Tiếng Việt", "vi"), ("ภาษาไทย", "th"),
        ("Монгол", "mn"),
    ],
)  # fmt: skip
def test_a_label_in_any_language_names_a_version(anchor: str, language: str) -> None:
    assert found(f'<a href="/v/">{anchor}</a>') == [(language, "https://www.hz.gov.cn/v/", "link")]


@pytest.mark.parametrize(
    "anchor",
    [
        "English Corner activity", "Business English training", "英语角活动", "全国大学英语四六级考试", "Indonesia",
        "IT", "Thailand",
        "European news", "法律", "意见", "日期", "enterprise", "中国日报英文版",
        "Learn English in Hangzhou this summer with native speakers",
    ],
)  # fmt: skip
def test_a_label_that_only_holds_a_languages_name_is_no_version(anchor: str) -> None:
    assert found(f'<a href="/art/2020/1/1/art_1.html">{anchor}</a>') == []


def test_traditional_and_simplified_chinese_are_no_foreign_versions() -> None:
    html = """<a href="http://big5.hz.gov.cn/">繁體</a><a href="javascript:StranBody()">切換到繁體</a>
    <a href="/zh-tw/">繁体版</a>
    <a href="/cn/">简体中文</a><a href="/cn/">中文版</a><a href="/big5/">Big5</a><link hreflang="zh-TW" href="/tw/">"""
    assert found(html) == []


def test_short_labels_need_an_address_that_agrees() -> None:
    assert found(
        '<a href="http://jp.hz.gov.cn/">JP</a><a href="/kr/">韩</a><a href="/col/1.html">IT</a><a href="/x/">法</a>'
    ) == [
        ("ja", "http://jp.hz.gov.cn/", "link"),
        ("ko", "https://www.hz.gov.cn/kr/", "link"),
    ]


def test_another_bodys_foreign_version_in_a_list_of_friends_is_left_out() -> None:
    assert found('<a href="http://english.www.gov.cn/">中国政府网英文版</a>') == []


def test_the_bodys_own_name_before_the_language_is_fine_on_its_own_host() -> None:
    html = '<a href="http://english.hz.gov.cn/">杭州市人民政府英文版</a>'
    assert found(html) == [("en", "http://english.hz.gov.cn/", "link")]


def test_one_version_reached_by_several_links_is_one_candidate() -> None:
    html = """<a href="http://en.hz.gov.cn/">EN</a><a href="https://en.hz.gov.cn/index.html">English</a>
    <select><option value="//en.hz.gov.cn">English</option></select>"""
    assert found(html) == [("en", "http://en.hz.gov.cn/", "link")]


def test_a_list_box_of_addresses_gives_its_foreign_entries() -> None:
    html = """<select onchange="go(this)"><option value="">语言</option><option value="/cn/">中文</option>
    <option value="/english/">English</option><option value="http://kr.hz.gov.cn/">한국어</option></select>"""
    assert found(html) == [
        ("en", "https://www.hz.gov.cn/english/", "select"),
        ("ko", "http://kr.hz.gov.cn/", "select"),
    ]


def test_an_image_counts_by_its_alt_and_by_its_file_name_only_where_the_address_agrees() -> None:
    html = """<a href="/e/"><img src="a.gif" alt="English"></a><a href="/jp/x/y"><img src="images/japanese.gif"></a>
    <a href="/col/col1/"><img src="english.gif"></a>"""
    assert found(html) == [("en", "https://www.hz.gov.cn/e/", "image"), ("ja", "https://www.hz.gov.cn/jp/x/y", "image")]


def test_an_image_map_counts() -> None:
    assert found('<map><area href="/en/" alt="English"></map>') == [("en", "https://www.hz.gov.cn/en/", "link")]


def test_a_link_by_script_gives_the_address_in_it() -> None:
    html = """<a href="#" onclick="window.open('http://en.hz.gov.cn/'); return false">English</a>
    <span onclick="location.href='/fr/'">Français</span><a href="javascript:window.open('/ru/')">Русский</a>"""
    assert found(html) == [
        ("en", "http://en.hz.gov.cn/", "script"),
        ("fr", "https://www.hz.gov.cn/fr/", "script"),
        ("ru", "https://www.hz.gov.cn/ru/", "script"),
    ]


def test_a_call_into_the_pages_own_script_is_followed() -> None:
    html = "<script>function toEn() { window.location.href = '/english/'; }</script>"
    html += "<a href='#' onclick='toEn()'>English</a>"
    assert found(html) == [("en", "https://www.hz.gov.cn/english/", "script")]


def test_a_switch_that_only_a_browser_could_follow_is_named_and_not_invented() -> None:
    page = page_of('<span class="language-switch">En</span><a href="#">Français</a><a href="/fr/">Français</a>')
    assert [c.language for c in versions(page)] == ["fr"]
    assert unresolved_switches(page, versions(page)) == ("En",)


def test_declared_editions_count_and_codes_in_the_wild_are_mapped() -> None:
    html = """<link rel="alternative" hreflang="kr" href="/kr/"><link rel="alternate" hreflang="x-default" href="/">
    <link rel="alternate" hreflang="en-US" href="/en/">"""
    assert found(html) == [
        ("ko", "https://www.hz.gov.cn/kr/", "hreflang"),
        ("en", "https://www.hz.gov.cn/en/", "hreflang"),
    ]


def test_a_gateway_label_takes_its_language_from_the_address() -> None:
    assert found('<a href="/english/">国际版</a><a href="/list/">外文版</a>') == [
        ("en", "https://www.hz.gov.cn/english/", "link")
    ]


def test_a_link_without_words_counts_where_its_address_is_a_versions_home() -> None:
    assert languages(
        '<a class="icon" href="http://english.hz.gov.cn/"></a><a href="http://english.other.cn/"></a>'
    ) == ["en"]


def test_the_logo_of_a_foreign_version_is_no_switch() -> None:
    assert found('<a href="/en/index.html"><img src="logo.png"></a>', "https://www.hz.gov.cn/en/news/1.html") == []


def test_a_frame_with_a_language_in_its_address_is_a_candidate() -> None:
    assert found('<frameset><frame src="/english/main.htm"><frame src="/top.htm"></frameset>') == [
        ("en", "https://www.hz.gov.cn/english/main.htm", "frame")
    ]


def test_social_accounts_are_no_versions() -> None:
    assert found('<a href="https://www.facebook.com/hangzhou">English</a>') == []


def test_translation_widgets_are_told_apart() -> None:
    google = """<div id="google_translate_element"></div><script>new google.translate.TranslateElement(
        {pageLanguage: 'zh-CN', includedLanguages: 'en,ja,zh-TW'}, 'x')</script>"""
    assert found(google) == [
        ("en", "https://www.hz.gov.cn/#widget", "widget"),
        ("ja", "https://www.hz.gov.cn/#widget", "widget"),
    ]
    assert found("""<a href="javascript:translate.changeLanguage('english')">English</a>""") == [
        ("en", "https://www.hz.gov.cn/#widget", "widget")
    ]
    link = "https://translate.google.com/translate?sl=zh-CN&tl=en&u=http://www.hz.gov.cn"
    assert found(f'<a href="{link.replace("&", "&amp;")}">English</a>') == [("en", link, "widget")]
    assert found('<script src="https://translate.google.com/translate_a/element.js?cb=x"></script>') == [
        ("und", "https://www.hz.gov.cn/#widget", "widget")
    ]


def test_a_script_that_only_converts_to_traditional_chinese_is_no_widget() -> None:
    assert found("<a onclick=\"translate.changeLanguage('chinese_traditional')\">繁體</a>") == []


def test_the_switch_back_to_chinese_is_found_by_label_and_by_tag() -> None:
    here = "https://www.hz.gov.cn/en/a.html"
    by_label = '<a href="/tw/">繁體</a><a href="/en/">English</a><a href="/cn/a.html">简体中文</a>'
    assert chinese_link(page_of(by_label, here)) == "https://www.hz.gov.cn/cn/a.html"
    by_tag = '<link rel="alternate" hreflang="zh-TW" href="/tw/"><link rel="alternate" hreflang="zh-CN" href="/b.html">'
    assert chinese_link(page_of(by_tag, here)) == "https://www.hz.gov.cn/b.html"
    assert chinese_link(page_of("<a href='/x'>Chinese cuisine</a>", here)) is None


@pytest.mark.parametrize(
    ("url", "language"),
    [
        ("http://kr.hz.gov.cn/", "ko"), ("http://www.hz.gov.cn/mfa_eng/", "en"),
        ("https://x.gov.cn/en/view/pages/index.html", "en"),
        ("http://x.gov.cn/index_en.html", "en"), ("http://x.gov.cn/?lang=fr", "fr"),
        ("http://x.gov.cn/zwgk/sq/", None),
        ("http://es.gov.cn/", None), ("http://x.gov.cn/enterprise/", None),
    ],
)  # fmt: skip
def test_an_address_tells_its_language_by_host_path_or_query(url: str, language: str | None) -> None:
    assert url_language(url) == language


@given(st.text(max_size=80))
def test_no_label_breaks_reading(label: str) -> None:
    reading = read_label(label)
    assert not (reading.is_plain and reading.others)


@given(st.text(alphabet="<>aoption href='\"=/:;.#?()english英文window.open", max_size=300))
def test_no_markup_breaks_finding_versions(html: str) -> None:
    assert all(candidate.language for candidate in versions(page_of(html)))
