from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from crawler.extract.facts import Alternate, Onward
from crawler.extract.links import alternates, followable, links, onward
from crawler.extract.page import Page


def page_of(html: str, url: str = "https://www.hz.gov.cn/art/index.html") -> Page:
    return Page(html.encode(), url, fetched=datetime(2024, 5, 1, tzinfo=UTC))


def urls(html: str) -> list[str]:
    return [link.url for link in links(page_of(html))]


def test_links_are_absolute_and_lose_their_fragment() -> None:
    assert urls('<a href="../en/#top">EN</a><a href="?page=2">2</a>') == [
        "https://www.hz.gov.cn/en/",
        "https://www.hz.gov.cn/art/index.html?page=2",
    ]


def test_links_that_are_not_pages_are_left_out() -> None:
    html = '<a href="javascript:void(0)">a</a><a href="mailto:a@b.cn">b</a>'
    html += '<a href="data:x">c</a><a href="#x">d</a><a href="tel:12345">e</a>'
    assert urls(html + '<a href="ftp://x.cn/">f</a><a href="http://[bad">g</a><a href="">h</a>') == []


def test_an_address_linked_twice_is_one_link_with_the_first_label() -> None:
    found = links(page_of('<a href="/a"><img src="x.gif"></a><a href="/a">News</a><a href="/a">More</a>'))
    assert [(link.url, link.anchor) for link in found] == [("https://www.hz.gov.cn/a", "News")]


def test_an_image_link_is_called_by_its_alt_text() -> None:
    assert links(page_of('<a href="/a"><img alt="Visit Hangzhou"></a>'))[0].anchor == "Visit Hangzhou"


def test_scripts_within_a_link_are_not_its_label() -> None:
    assert links(page_of('<a href="/a"><script>var x = 1;</script>Weather</a>'))[0].anchor == "Weather"


def test_chinese_addresses_are_escaped_once() -> None:
    assert urls('<a href="/新闻/%E4%B8%AD">a</a>') == ["https://www.hz.gov.cn/%E6%96%B0%E9%97%BB/%E4%B8%AD"]


def test_backslashes_and_line_breaks_in_addresses_are_read_as_browsers_do() -> None:
    assert urls('<a href="\\english\\index.html">a</a><a href="/en/\nnews">b</a>') == [
        "https://www.hz.gov.cn/english/index.html",
        "https://www.hz.gov.cn/en/news",
    ]


def test_protocol_relative_links_take_the_scheme_of_the_page() -> None:
    assert urls('<a href="//fgw.beijing.gov.cn/dbxx/en/">EN</a>') == ["https://fgw.beijing.gov.cn/dbxx/en/"]


def test_links_in_a_menu_and_in_a_footer_know_their_place() -> None:
    html = '<nav><a href="/a">A</a></nav><p>words <a href="/b">B</a></p><footer><a href="/c">C</a></footer>'
    assert [link.place for link in links(page_of(html))] == ["nav", "body", "footer"]


def test_alternates_count_whatever_their_rel() -> None:
    html = '<link rel="alternative" hreflang="ru" href="/ru/"><link rel="stylesheet" href="/x.css">'
    assert alternates(page_of(html)) == (Alternate("ru", "https://www.hz.gov.cn/ru/", "alternative"),)


def test_a_meta_refresh_within_seconds_leads_onward() -> None:
    html = '<meta http-equiv="Refresh" content="0; URL=\'/english/\'"><p>' + "words " * 100
    assert onward(page_of(html)) == (Onward("refresh", "https://www.hz.gov.cn/english/"),)


def test_a_page_that_reloads_itself_or_waits_long_leads_nowhere() -> None:
    assert onward(page_of('<meta http-equiv="refresh" content="300">')) == ()
    assert onward(page_of('<meta http-equiv="refresh" content="5;url=index.html">')) == ()
    assert onward(page_of('<meta http-equiv="refresh" content="600;url=/other">')) == ()


def test_a_script_redirect_counts_on_a_bare_page_only() -> None:
    script = "<script>if(1){window.location.href = '/cn/index.html';}</script>"
    assert onward(page_of(script)) == (Onward("script", "https://www.hz.gov.cn/cn/index.html"),)
    assert onward(page_of(script + "<p>" + "正文" * 60 + "</p>")) == ()


def test_a_redirect_put_together_from_variables_is_followed() -> None:
    html = (
        "<script>window.root = ''; var lang = get('x'); if (!lang) { lang = 'en-us'; }"
        " window.location = window.root + '/' + lang;</script>"
    )
    assert onward(page_of(html)) == (Onward("script", "https://www.hz.gov.cn/en-us"),)


def test_a_redirect_that_only_running_the_script_could_tell_is_left_out() -> None:
    assert onward(page_of("<script>location.href = pick() + '/en/'; location.replace(next);</script>")) == ()
    assert onward(page_of("<script>if (location.href == '/a') { }</script>")) == ()


def test_location_replace_in_onload_leads_onward() -> None:
    assert onward(page_of("<body onload=\"location.replace('main.html')\">")) == (
        Onward("script", "https://www.hz.gov.cn/art/main.html"),
    )


def test_the_frames_of_a_frameset_lead_onward() -> None:
    html = '<frameset><frame src="top.htm"><frame src="main.htm"></frameset>'
    assert [step.url for step in onward(page_of(html))] == [
        "https://www.hz.gov.cn/art/top.htm",
        "https://www.hz.gov.cn/art/main.htm",
    ]


def test_one_visible_frame_on_a_bare_page_leads_onward_and_a_tracking_frame_does_not() -> None:
    html = '<iframe src="/t" width="0" height="0"></iframe><iframe src="/main" width="100%"></iframe>'
    assert onward(page_of(html)) == (Onward("frame", "https://www.hz.gov.cn/main"),)


@given(st.text(max_size=200))
def test_no_address_breaks_resolving(href: str) -> None:
    url = followable(page_of("<p>"), href)
    assert url is None or url.startswith(("http://", "https://"))


@given(st.text(alphabet="<>ahref='\"=/:;.#?%&\\ lcotin+()", max_size=300))
def test_no_markup_breaks_links_or_onward(html: str) -> None:
    page = page_of(f"<a href='{html}'>x</a><script>location.href={html}</script>{html}")
    assert all(link.url.startswith("http") for link in links(page))
    assert all(step.url.startswith("http") for step in onward(page))


def test_credentials_in_an_address_are_dropped() -> None:
    html = '<a href="http://user:secret@www.hz.gov.cn:8080/x">a</a><a href="//www.hz.gov.cn@evil.example/">b</a>'
    assert urls(html) == ["http://www.hz.gov.cn:8080/x", "https://evil.example/"]
