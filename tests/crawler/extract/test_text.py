from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.extract.page import Page
from crawler.extract.text import chrome_text, main_text, place_of, text_of

ARTICLE = """<html><head><title>Title of the window</title><style>p {color: red}</style></head><body>
<div class="top"><a href="/">中文</a> <a href="/en/">English</a></div>
<div id="mainnav"><ul><li><a href="a">Home</a></li><li><a href="b">News</a></li></ul></div>
<div class="position">Location: <a href="/">Home</a> &gt; <a href="/news">News</a></div>
<div class="content"><h1>Linhai opens its third ring road</h1>
<script>var words = "not words of the page";</script>
<p>The road links the <b>port</b> with the airport and
   shortens the trip to twenty minutes.</p><p>It was opened on Tuesday.<br>Buses follow in May.</p></div>
<div class="footer">Sponsored by Linhai Municipal People's Government<br>ICP备12345678号</div>
</body></html>"""

HOME = """<body>
<table><tr><td><a href="1">Home</a></td><td><a href="2">About Linhai</a></td><td><a href="3">News</a></td>
<td><a href="4">Services</a></td><td><a href="5">Contact</a></td></tr></table>
<table><tr><td><h3>News</h3><ul><li><a href="a">Linhai opens its third ring road to the port</a></li>
<li><a href="b">Mayor meets trade delegation</a> 2015-05-02</li>
<li><a href="c">Foreign students visit the old town of Linhai</a></li></ul></td></tr></table>
<table><tr><td><a href="x">State Council</a></td><td><a href="y">Foreign Ministry</a></td>
<td><a href="z">Commerce Ministry</a></td><td><a href="w">Xinhua</a></td></tr></table>
<p>主办单位：临海市人民政府办公室</p><p>版权所有 浙ICP备12345678号-1</p></body>"""


def page(html: str) -> Page:
    return Page(html.encode(), "http://www.example.gov.cn/en/", fetched=datetime(2015, 6, 1, tzinfo=UTC))


def test_an_articles_text_is_its_words_a_line_a_block_without_menu_and_footer() -> None:
    assert main_text(page(ARTICLE)).split("\n") == [
        "Linhai opens its third ring road",
        "The road links the port with the airport and shortens the trip to twenty minutes.",
        "It was opened on Tuesday.",
        "Buses follow in May.",
    ]


def test_chrome_text_is_the_words_of_page_head_menu_breadcrumb_and_footer() -> None:
    assert chrome_text(page(ARTICLE)).split("\n") == [
        "中文 English",
        "Home",
        "News",
        "Location: Home > News",
        "Sponsored by Linhai Municipal People's Government",
        "ICP备12345678号",
    ]


def test_on_a_home_page_of_bare_tables_the_titles_of_news_are_content_and_the_short_links_around_them_are_not() -> None:
    text = text_of(page(HOME))
    assert text.main.split("\n") == [
        "News",
        "Linhai opens its third ring road to the port",
        "Mayor meets trade delegation 2015-05-02",
        "Foreign students visit the old town of Linhai",
    ]
    assert "About Linhai" in text.chrome
    assert "Commerce Ministry" in text.chrome
    assert text.chrome.endswith("主办单位：临海市人民政府办公室\n版权所有 浙ICP备12345678号-1")


def test_a_chinese_list_page_keeps_its_titles_and_loses_its_breadcrumb() -> None:
    items = "".join(
        f"<li><a href='{n}'>市政府召开第{n}次常务会议</a><span>2015-05-0{n}</span></li>" for n in range(1, 6)
    )
    html = f"<div>您现在的位置：<a href='/'>首页</a> &gt; <a href='/yw'>要闻</a></div><ul>{items}</ul>"
    text = text_of(page(html))
    assert text.main.count("常务会议") == 5
    assert text.chrome == "您现在的位置：首页 > 要闻"


def test_a_page_of_nothing_but_short_links_keeps_them_as_content() -> None:
    assert main_text(
        page("<ul><li><a href=a>Visa</a><li><a href=b>Tax</a><li><a href=c>Work</a><li><a href=d>Study</a></ul>")
    )


def test_a_wrapper_that_is_only_called_header_does_not_swallow_the_article() -> None:
    prose = (
        "<p>The port of Linhai handled more goods this spring than in the whole year before it, said the mayor.</p>" * 5
    )
    html = f"<div class='header'><div class='nav'><a href=a>Home</a></div>{prose}</div><p>End.</p>"
    text = text_of(page(html))
    assert text.main.count("The port of Linhai") == 5
    assert text.chrome == "Home"


def test_a_header_that_is_tagged_so_is_believed() -> None:
    prose = (
        "<p>The port of Linhai handled more goods this spring than in the whole year before it, said the mayor.</p>" * 5
    )
    assert main_text(page(f"<header>{prose}</header><p>End.</p>")) == "End."


def test_an_articles_own_header_is_content() -> None:
    html = "<article><header><h1>Ring road opened</h1></header><p>Today.</p><footer>By the office</footer></article>"
    assert main_text(page(html)) == "Ring road opened\nToday.\nBy the office"


def test_a_copyright_in_the_middle_of_the_prose_opens_no_footer() -> None:
    prose = "The office collects works whose copyright has ended and shows them in the reading room. " * 4
    html = "<p>Copyright notices are explained here.</p>" + f"<p>{prose}</p>" * 3
    assert chrome_text(page(html)) == ""


@pytest.mark.parametrize(
    "hidden",
    [
        "<div hidden>secret</div>",
        "<div style='DISPLAY : none'>secret</div>",
        "<p style='color:red;visibility:hidden'>secret</p>",
        "<script>secret</script>",
        "<style>secret</style>",
        "<noscript>secret</noscript>",
        "<template>secret</template>",
        "<div class='ng-hide'>secret</div>",
        "<svg><text>secret</text></svg>",
    ],
)
def test_what_a_reader_does_not_see_is_not_in_the_text(hidden: str) -> None:
    text = text_of(page(f"<p>Seen before</p>{hidden}<p>Seen after</p>"))
    assert (text.main, text.chrome) == ("Seen before\nSeen after", "")


def test_a_script_within_a_sentence_does_not_break_it() -> None:
    assert main_text(page("<p>Opened <script>x()</script>on Tuesday</p>")) == "Opened on Tuesday"


def test_a_body_that_a_script_will_unhide_is_read_where_there_is_nothing_else() -> None:
    assert main_text(page("<div style='display:none'><p>The whole article</p></div>")) == "The whole article"


def test_a_page_without_words_has_no_text() -> None:
    assert text_of(page("<script>challenge()</script>")).main == ""
    assert text_of(page("")).chrome == ""


def test_a_page_of_nothing_but_a_menu_has_no_main_text() -> None:
    text = text_of(page("<nav><a href=a>Home</a> <a href=b>News</a></nav>"))
    assert (text.main, text.chrome) == ("", "Home News")


def test_control_zero_width_and_bidi_characters_are_removed_and_blanks_made_one() -> None:
    html = "<p>pay\u200bment \u202eof\u202c&#1;\u00a0\u3000 fees\u2066\ufeff\u00ad</p>"
    assert main_text(page(html)) == "payment of fees"


def test_menu_entries_that_only_styles_keep_apart_are_kept_apart() -> None:
    assert chrome_text(page("<nav><a href=a>Home</a><a href=b>News</a></nav>")) == "Home News"
    assert main_text(page("<p>见<a href=a>附件</a>一</p>")) == "见附件一"


def test_lines_of_a_listing_stay_lines() -> None:
    assert main_text(page("<pre>first\nsecond</pre>")) == "first\nsecond"


@pytest.mark.parametrize(
    ("around", "place"),
    [
        ("<nav>{}</nav>", "nav"),
        ("<aside>{}</aside>", "nav"),
        ("<div class='m_header'><p>{}</p></div>", "nav"),
        ("<div id='topMenu'>{}</div>", "nav"),
        ("<div class='top'>{}</div>", "nav"),
        ("<div class='weizhi'>{}</div>", "nav"),
        ("<div role='navigation'>{}</div>", "nav"),
        ("<ul class='breadcrumb'>{}</ul>", "nav"),
        ("<main><nav>{}</nav></main>", "nav"),
        ("<footer>{}</footer>", "footer"),
        ("<div class='footer_nav'>{}</div>", "footer"),
        ("<div class='footer'><div class='nav'>{}</div></div>", "footer"),
        ("<div id='copyright'>{}</div>", "footer"),
        ("<div class='yqlj'>{}</div>", "footer"),
        ("<div class='friend-link'><div class='bottom'>{}</div></div>", "footer"),
        ("<div class='content'>{}</div>", "body"),
        ("<div class='top-news'>{}</div>", "body"),
        ("<div class='article-header'>{}</div>", "body"),
        ("<article><div class='header'>{}</div></article>", "body"),
        ("<main><header>{}</header></main>", "body"),
        ("<div class='language-java'>{}</div>", "body"),
        ("<div class='has-sidebar'>{}</div>", "body"),
        ("<div class='canvas contents headline'>{}</div>", "body"),
        ("<div class='side02'>{}</div>", "body"),
    ],
)
def test_a_links_place_is_told_by_the_tags_and_names_around_it(around: str, place: str) -> None:
    [link] = page(around.format("<a href='x'>link</a>")).nodes.of("a")
    assert place_of(link) == place


def test_a_class_of_the_whole_page_says_nothing_of_its_links() -> None:
    [link] = page("<body class='nav header'><form class='footer'><a href=x>link</a></form></body>").nodes.of("a")
    assert place_of(link) == "body"


@settings(max_examples=80)
@given(st.text(alphabet="<>/ abnavdifoterclss='\"=\x00\u200b中", max_size=200))
def test_any_markup_gives_text_without_control_characters(html: str) -> None:
    text = text_of(page("<body>" + html))
    for line in (text.main + "\n" + text.chrome).split("\n"):
        assert line == " ".join(line.split())
        assert not any(char in line for char in "\x00\u200b")


def test_a_paragraph_that_ends_in_an_address_before_the_footer_is_no_footer() -> None:
    paragraph = "申请人应当提交护照、申请表和住宿登记证明，七个工作日内作出决定。地址：铁东街20号，电话：0499-6000133。"
    html = f"<h2>居留许可申请</h2><p>{paragraph}</p><p>主办单位：某市人民政府</p><p>某ICP备99000111号</p>"
    text = text_of(Page(html.encode(), "http://www.a.gov.cn/x.html", fetched=datetime(2026, 6, 1, tzinfo=UTC)))
    assert "居留许可申请" in text.main
    assert paragraph in text.main
    assert "主办单位" not in text.main
