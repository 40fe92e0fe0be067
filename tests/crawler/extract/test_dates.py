from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.extract.date_formats import SHANGHAI
from crawler.extract.dates import order_written, published, undecided
from crawler.extract.facts import DateFact
from crawler.extract.page import Page

FETCHED = datetime(2025, 11, 20, tzinfo=UTC)
TITLE = "Harbour opens again"
URL = "http://www.x.gov.cn/english/news/content_1.html"
TEXT = (
    "The harbour of the city was opened again on Monday after three years of repairs, and more than two hundred ships "
    "are expected before the end of the season, the port office said. Visitors may walk on the eastern pier from "
    "Friday, and the tea market has moved back to the old square behind the customs house, where it was for a century."
)
ARTICLE = f"<p>{TEXT}</p>"


def both(
    body: str = "", head: str = "", *, url: str = URL, title: str = TITLE, text: str = TEXT
) -> tuple[DateFact | None, DateFact | None]:
    html = f"<html><head><title>{title}</title>{head}</head><body>{body}</body></html>"
    return published(Page(html.encode(), url, fetched=FETCHED), text)


def fact(body: str = "", head: str = "", **how: str) -> DateFact:
    found = both(body, head, **how)[0]
    assert found is not None
    return found


def article(line: str, after: str = "") -> str:
    return f"<h1>Harbour opens again</h1>{line}{ARTICLE}{after}"


def test_pubdate_is_read_to_the_minute_whatever_its_case() -> None:
    for name in ("PubDate", "pubdate", "PUBDATE"):
        found = fact(article(""), f'<meta name="{name}" content="2015-12-25 10:08">')
        assert (found.date, found.precision, found.cue) == (date(2015, 12, 25), "minute", f"meta:{name}")
        assert found.moment == datetime(2015, 12, 25, 10, 8, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    "value", ["2015-12-25", "2015-12-25 10:08:31", "2015-12-25  10:08", "2015-12-25 10∶08", "2015-12-25 00:00:00"]
)
def test_pubdate_is_read_in_its_odd_spellings(value: str) -> None:
    assert fact(article(""), f'<meta name="PubDate" content="{value}">').date == date(2015, 12, 25)


def test_a_literal_null_is_no_date() -> None:
    assert both(article(""), '<meta name="PubDate" content="null">') == (None, None)


@pytest.mark.parametrize(
    "name", ["publishdate", "publish_date", "firstpublishedtime", "DC.date.issued", "DCTERMS.created"]
)
def test_other_meta_names_are_known(name: str) -> None:
    assert fact(article(""), f'<meta name="{name}" content="2015-12-25">').cue == f"meta:{name}"


def test_article_properties_give_both_dates() -> None:
    first, second = both(
        article(""),
        '<meta property="article:published_time" content="2015-12-25T10:08:00+08:00">'
        '<meta property="article:modified_time" content="2016-01-05T10:08:00+08:00">',
    )
    assert first is not None and second is not None
    assert (first.date, second.date) == (date(2015, 12, 25), date(2016, 1, 5))


def test_the_time_a_page_was_made_yields_to_the_time_it_was_published() -> None:
    found = fact(article("<p>发布日期：2016-11-22</p>"), '<meta name="Maketime" content="2019-03-22 12:28:37">')
    assert (found.date, found.cue) == (date(2016, 11, 22), "label:发布日期")
    assert fact(article(""), '<meta name="Maketime" content="2019-03-22 12:28:37">').date == date(2019, 3, 22)


def test_og_updated_time_is_no_publication() -> None:
    first, second = both(article(""), '<meta property="og:updated_time" content="2015-12-25">')
    assert first is None
    assert second is not None and second.date == date(2015, 12, 25)


def test_pubdate_and_a_visible_date_years_apart_are_a_conflict() -> None:
    found = fact(article("<p>Published: 2018-03-01</p>"), '<meta name="PubDate" content="2015-12-25">')
    assert (found.date, found.conflicts) == (date(2015, 12, 25), ("label:Published=2018-03-01",))


def test_cues_that_agree_are_no_conflict() -> None:
    found = fact(
        article("<p>发布时间：2015-12-25 10:09</p>"),
        '<meta name="PubDate" content="2015-12-25 10:08">',
        url="http://x.gov.cn/201512/t20151225_1.html",
    )
    assert found.conflicts == ()


def test_json_ld_gives_both_dates() -> None:
    data = '{"@type":"NewsArticle","datePublished":"2015-12-25","dateModified":"2015-12-27"}'
    script = f'<script type="application/ld+json">{data}</script>'
    first, second = both(article(""), script)
    assert first is not None and second is not None
    assert (first.date, first.cue, second.date) == (date(2015, 12, 25), "json-ld", date(2015, 12, 27))


@pytest.mark.parametrize("data", ['{"datePublished":', "[" * 5000, '{"datePublished": {"x": 1}}', "null"])
def test_broken_json_ld_gives_nothing(data: str) -> None:
    assert both(article(""), f'<script type="application/ld+json">{data}</script>') == (None, None)


def test_the_foreign_ministrys_element_is_known() -> None:
    body = (
        '<div id="News_Body_Title">访问团到访</div><div>来源：使馆 <span id="News_Body_Time">2019-12-10</span></div>'
        + ARTICLE
        + "<ul>"
        + "".join(f'<li><a href="./t{n}.shtml">大使会见当地妇女代表团一行</a>(2019-0{n}-25)</li>' for n in range(1, 7))
        + "</ul>"
    )
    found = fact(body, title="访问团到访 — 外交部")
    assert (found.date, found.cue, found.conflicts) == (date(2019, 12, 10), "element:#News_Body_Time", ())


@pytest.mark.parametrize(
    ("line", "cue"),
    [
        ("发布时间：2015-12-25 10:08", "label:发布时间"),
        ("时间：2015年12月25日 来源：本站", "label:时间"),
        ("文章发布日期: 2015-12-25", "label:发布日期"),
        ("Published: December 25, 2015", "label:Published"),
        ("Posted on 25 Dec 2015 by the editor", "label:Posted"),
        ("Date: 2015-12-25", "label:Date"),
        ("Date de publication : 25 décembre 2015", "label:Date de publication"),
        ("Fecha: 25 de diciembre de 2015", "label:Fecha"),
        ("Дата публикации: 25 декабря 2015", "label:Дата публикации"),
        ("公開日：2015年12月25日", "label:公開日"),
        ("등록일 2015.12.25", "label:등록일"),
        ("تاريخ النشر: 25 ديسمبر 2015", "label:تاريخ النشر"),
        ("Ngày đăng: 25 tháng 12 năm 2015", "label:Ngày đăng"),
    ],
)
def test_a_label_near_the_title_names_the_date(line: str, cue: str) -> None:
    found = fact(article(f"<div>{line}</div>"))
    assert (found.date, found.cue) == (date(2015, 12, 25), cue)


def test_a_label_may_stand_in_the_cell_before() -> None:
    found = fact(
        article(
            "<table><tr><td>成文日期：</td><td>2015年12月20日</td><td>发布日期：</td><td>2015年12月25日</td></tr></table>"
        )
    )
    assert (found.date, found.cue) == (date(2015, 12, 25), "label:发布日期")


def test_an_update_label_is_an_update_and_serves_as_publication_where_it_is_alone() -> None:
    first, second = both(article("<div>Updated: 2015-12-25 10:08</div>"))
    assert first is not None and second is not None
    assert (first.date, first.cue) == (second.date, "label:Updated")
    first, second = both(article("<div>Published: 2015-12-20</div><div>Updated: 2015-12-25</div>"))
    assert first is not None and second is not None
    assert (first.date, second.date) == (date(2015, 12, 20), date(2015, 12, 25))


def test_a_time_element_near_the_title_counts() -> None:
    assert fact(article('<time datetime="2015-12-25T10:08:00+08:00">Christmas</time>')).cue == "time"


def test_a_date_alone_near_the_title_counts() -> None:
    found = fact(article("<div>2015-12-25 10:08 Source: City Daily</div>"))
    assert (found.date, found.cue) == (date(2015, 12, 25), "near title")
    assert fact(article('<div><span class="info-date">2015-12-25</span></div>')).cue == "element:.info-date"


def test_the_address_serves_where_the_page_says_nothing() -> None:
    found = fact(article(""), url="http://www.x.gov.cn/english/202511/t20251103_12345.html")
    assert (found.date, found.cue) == (date(2025, 11, 3), "url")
    assert fact(article(""), url="http://www.x.gov.cn/english/202511/content_9.html").precision == "month"


def test_a_signature_under_the_text_counts_but_less_than_the_address() -> None:
    closing = "<p>City Government</p>" + "<p>Annex</p>" * 20 + "<p>25 December 2015</p>"
    text = f"{TEXT}\nCity Government\n25 December 2015"
    found = fact(article("", closing), text=text)
    assert (found.date, found.cue) == (date(2015, 12, 25), "end of text")
    assert fact(article("", closing), text=text, url="http://x.gov.cn/english/201512/t20151228_1.html").cue == "url"
    short = "<p>25 December 2015</p>"
    assert fact(article("", short), text=text, url="http://x.gov.cn/english/201512/t20151228_1.html").cue == "url"


def test_a_month_at_the_end_of_the_text_has_the_precision_of_a_month() -> None:
    found = fact(article("", "<p>——《北京月刊》1998年3月号</p>"), text=f"{TEXT}\n——《北京月刊》1998年3月号")
    assert (found.date, found.precision) == (date(1998, 3, 1), "month")


@pytest.mark.parametrize(
    "line",
    [
        "<div>Today is November 20, 2025</div>",
        "<div>今天是2025年11月20日 星期四</div>",
        "<div>Deadline: 2015-12-25</div>",
        "<div>Date: 25 December 2015, Venue: Town Hall</div>",
        "<div>时间：2015年12月25日</div><div>地点：市政厅</div>",
        "<div>（2002年11月14日通过）</div>",
        "<div>（2015年12月25日，慕尼黑）</div>",
        "<div>国办发〔2014〕57号</div>",
        "<div>Tel: 0571-20151225</div>",
        "<div>05/12/2015</div>",
        "<!-- 2018-06/22 published 2018-06-22 -->",
        "<p>The city signed its charter on 25 December 2015. Since then the port has grown every year.</p>",
    ],
)
def test_a_date_that_is_not_the_pages_own_is_not_taken(line: str) -> None:
    assert both(article(line)) == (None, None)


def test_a_copyright_line_gives_no_date() -> None:
    footer = (
        '<div class="footer">Copyright 2012-2025 City Government. Last change 2015-12-25. All rights reserved.</div>'
    )
    assert both(article("", footer)) == (None, None)
    assert both(article("", "<p>© 2012-2026 City Government 2015-12-25</p>")) == (None, None)


def test_an_ambiguous_date_is_read_by_another_on_the_page() -> None:
    found = fact(article("<div>Published: 05/12/2015</div>", "<p>See also the note of 05/25/2015.</p>"))
    assert found.date == date(2015, 5, 12)


def test_dates_of_related_articles_are_not_the_pages() -> None:
    box = "".join(f"<li><a href=/r{n}.html>Another story about the port</a> 2015-12-2{n}</li>" for n in range(5))
    assert both(article("", f"<h3>Related</h3><ul>{box}</ul>")) == (None, None)


def test_posts_of_a_thread_give_no_date_of_their_own() -> None:
    posts = "".join(f"<div class=floor>Floor {n}, 2015-12-2{n} 10:08</div>" for n in range(1, 5))
    assert both(article(posts)) == (None, None)


ROWS = "".join(
    f'<li><a href="/english/{n}.html">A story about the port, part {n}</a><span>2025-11-0{n}</span></li>'
    for n in range(1, 9)
)


def test_a_list_page_has_no_date_but_its_own_pubdate() -> None:
    body = f"<h1>News</h1><ul>{ROWS}</ul>"
    assert both(body, title="News", text="") == (None, None)
    found = fact(body, '<meta name="PubDate" content="2015-12-25">', title="News", text="")
    assert found.cue == "meta:PubDate"


def test_a_short_notice_over_a_list_of_others_keeps_its_labelled_date() -> None:
    line = "<div>发布时间：2015-12-25</div><p><a href=/a.pdf>Annex</a></p>"
    body = f"<h1>Notice of the harbour office</h1>{line}<ul>{ROWS}</ul>"
    assert fact(body, title="Notice of the harbour office", text="Annex").date == date(2015, 12, 25)


def test_a_home_page_has_no_date() -> None:
    body = f"<div>2025-11-20</div><ul>{ROWS[:300]}</ul>{ARTICLE}"
    assert both(body, url="http://www.x.gov.cn/english/index.html", title="City Government") == (None, None)


def test_a_time_in_utc_keeps_the_day_that_the_page_shows() -> None:
    head = '<meta property="article:published_time" content="2015-12-24T20:30:00+00:00">'
    assert fact(article(""), head).date == date(2015, 12, 25)
    found = fact(article("<div>Published: 24 December 2015</div>"), head)
    assert (found.date, found.conflicts) == (date(2015, 12, 24), ())


def test_a_date_after_the_fetch_is_refused() -> None:
    assert both(article("<div>Published: 2031-01-01</div>"), '<meta name="PubDate" content="2031-01-01">') == (
        None,
        None,
    )


def test_an_empty_page_has_no_date() -> None:
    assert published(Page(b"", URL, fetched=FETCHED), "") == (None, None)


@settings(max_examples=60)
@given(
    st.lists(
        st.sampled_from(
            [
                "<h1>",
                "</h1>",
                "<p>",
                "</div>",
                "<div class=footer>",
                "2015-12-25",
                "发布时间：",
                "<time datetime='2015-12-25'>",
                "<table>",
                "&#0;",
                "\x0b",
                "<meta name=PubDate content='2015-12-25'>",
                "<base href='http://['>",
            ]
        ),
        max_size=40,
    ),
    st.text(max_size=200),
)
def test_no_page_raises_and_no_date_is_out_of_bounds(parts: list[str], text: str) -> None:
    for found in published(Page("".join(parts).encode(), URL, fetched=FETCHED), text):
        assert found is None or date(1995, 1, 1) <= found.date <= date(2025, 11, 21)


@pytest.mark.parametrize("heading", ["Liuxi Today", "Today", "今日要闻", "今天"])
def test_a_column_called_today_dates_nothing(heading: str) -> None:
    assert both(f"<h1>Harbour opens again</h1><p>{heading}</p>{ARTICLE}") == (None, None)


def test_days_ago_in_a_line_of_its_own_count_from_the_fetch() -> None:
    assert fact(article("<p>3 days ago</p>")).date == date(2025, 11, 17)


def test_a_label_of_a_line_before_must_be_all_of_that_line() -> None:
    body = f"<h1>Harbour opens again</h1><div>Version 3 released</div><div>2015-12-25</div>{ARTICLE}"
    assert fact(body).cue == "near title"
    assert fact(body.replace("Version 3 released", "Released:")).cue == "label:Released"


def test_a_date_of_a_comment_is_not_the_pages() -> None:
    comment = "<h3>网友评论</h3><div>发表时间：2015-12-27 9:51:00</div><p>Well done.</p>"
    assert fact(article("<div>2015-12-25 10:08</div>", comment)).date == date(2015, 12, 25)
    assert both(article("", comment)) == (None, None)


def test_a_box_of_comments_before_the_text_hides_nothing() -> None:
    body = f"<div>最新评论</div><h1>Harbour opens again</h1><div>发布时间：2015-12-25</div>{ARTICLE}"
    assert fact(body).date == date(2015, 12, 25)


def test_the_day_in_a_mastheads_head_is_the_readers() -> None:
    body = f"<div>Friday, 25 December 2015</div><h1>Harbour opens again</h1>{ARTICLE}"
    assert both(body) == (None, None)
    under = f"<h1>Harbour opens again</h1><div>Friday, 25 December 2015</div>{ARTICLE}"
    assert fact(under).date == date(2015, 12, 25)


@pytest.mark.parametrize("line", ["20151225: new quay, new lights", "1.4.0 (2015-12-25)", "2015-12-25：增加泊位"])
def test_an_entry_of_a_log_is_not_the_pages_date(line: str) -> None:
    assert both(article(f"<div>{line}</div>")) == (None, None)


def test_dates_in_an_example_of_code_are_not_the_pages() -> None:
    code = '<div class="highlight"><pre>title: Hello\ndate: 2013/7/13 20:46:25</pre></div>'
    assert both(article("", code)) == (None, None)


def test_an_update_label_under_the_text_is_an_update() -> None:
    first, second = both(
        article("", f"{ARTICLE * 8}<footer></footer><div>Last updated: 2015-12-25 <a href=/n>Next</a></div>")
    )
    assert first is not None and second is not None
    assert (first.date, first.cue, second.cue) == (date(2015, 12, 25), "label:Last updated", "label:Last updated")
    found, _ = both(article("<div>2015-12-20</div>", f"{ARTICLE * 18}<div>Последнее обновление: 2015-12-25</div>"))
    assert found is not None and found.date == date(2015, 12, 20)


@pytest.mark.parametrize(
    "opening",
    ["31. Oktober 2015. ", "(25 December 2015) ", "Lisbon, 25 December 2015 – ", "Beijing, Dec. 25, 2015 -- "],
)
def test_a_dateline_dates_an_article_that_says_nothing_else(opening: str) -> None:
    found = fact(f"<h1>Harbour opens again</h1><p>{opening}{TEXT}</p>")
    assert (found.date.year, found.cue) == (2015, "dateline")


@pytest.mark.parametrize(
    "opening", ["On 25 December 2015, ", "Since 25 December 2015. ", "25 December 2015 was the day. "]
)
def test_a_sentence_that_begins_with_a_date_is_no_dateline(opening: str) -> None:
    assert both(f"<h1>Harbour opens again</h1><p>{opening}{TEXT}</p>") == (None, None)


def test_posts_in_full_date_a_page_by_the_newest() -> None:
    days = ("2015-12-25", "2015-12-20", "2015-12-11")
    posts = "".join(f"<div class=post><b>A story</b></div><div class=when>{day} 10:08</div>{ARTICLE}" for day in days)
    found = fact(posts, title="Notes of the harbour office", text=TEXT * 3)
    assert (found.date, found.cue) == (date(2015, 12, 25), "newest post")
    thread = "".join(f"<div class=when>{day} 10:08</div>{ARTICLE}" for day in reversed(days))
    assert both(thread, title="Notes of the harbour office", text=TEXT * 3) == (None, None)


def test_month_comes_first_before_a_clock_of_twelve_hours() -> None:
    assert fact(article("<div>发布日期：7/5/2005 9:23:57 PM</div>")).date == date(2005, 7, 5)


def test_a_time_in_utc_keeps_the_day_of_the_stronger_sign() -> None:
    head = '<meta name="pubdate" content="2015-12-24T22:57:38Z">'
    body = article('<div>11:39 25 December 2015</div><div itemprop="dateCreated" content="2015-12-24">Thursday</div>')
    assert fact(body, head).date == date(2015, 12, 24)


def test_a_word_before_the_closing_date_of_a_list_is_no_signature() -> None:
    closing = "<ul><li>2015-12-25 <a href=/r>How to register a ship</a></li></ul>"
    assert both(article("", closing), text=f"{TEXT}\n2015-12-25 How to register a ship") == (None, None)


def test_a_sentence_under_the_text_may_close_it_with_the_date_within() -> None:
    closing = "<div>Posted by David on 25 December 2015 in Harbour notes</div>"
    assert fact(article("", closing)).date == date(2015, 12, 25)


def test_two_dated_lines_at_the_end_are_a_list() -> None:
    text = f"{TEXT}\n2015-12-25 Ships\n2015-12-20 Tea"
    closing = "<li>2015-12-25 <a href=/1>Ships</a></li><li>2015-12-20 <a href=/2>Tea</a></li>"
    assert both(article("", "<p>Annex</p>" * 20 + closing), text=text) == (None, None)


def page_of(body: str) -> Page:
    return Page(f"<html><head><title>{TITLE}</title></head><body>{body}</body></html>".encode(), URL, fetched=FETCHED)


def test_a_date_that_may_be_swapped_is_left_to_the_site() -> None:
    found = undecided(page_of(article("<div>Published: 05/12/2015</div>")), TEXT)
    assert found is not None
    assert (found.day_first, found.month_first) == (date(2015, 12, 5), date(2015, 5, 12))
    assert found.cue == "label:Published"


@pytest.mark.parametrize("line", ["Published: 05/05/2015", "Published: 25/12/2015", "Deadline: 05/12/2015", "no date"])
def test_nothing_is_left_to_the_site_where_the_page_tells_or_has_no_date(line: str) -> None:
    assert undecided(page_of(article(f"<div>{line}</div>")), TEXT) is None


def test_a_page_tells_the_order_of_its_slashed_dates() -> None:
    assert order_written(page_of("<p>25/12/2015</p>")) == "dmy"
    assert order_written(page_of("<p>12/25/2015</p>")) == "mdy"
    assert order_written(page_of("<p>05/12/2015</p>")) is None
    assert order_written(page_of("<p>25/12/2015 or 12/25/2015</p>")) is None


def changed(
    last_modified: str | None, line: str = "Published: 2015-03-04", paragraphs: str = "Long text. " * 60
) -> str:
    """Return the update date with its cue, of an article fetched on 20 November 2025."""
    body = f"<html><head><title>Port reopens</title></head><body><h1>Port reopens</h1><p>{line}</p><p>{paragraphs}</p>"
    page = Page(body.encode(), "http://www.x.gov.cn/en/a1.html", fetched=FETCHED, last_modified=last_modified)
    dates = published(page, paragraphs)
    return " ".join("-" if found is None else f"{found.date} {found.cue}" for found in dates)


def test_the_header_is_an_update_where_nothing_else_says_one_and_never_a_publication() -> None:
    header = "Tue, 06 Oct 2020 20:30:00 GMT"
    assert changed(header) == "2015-03-04 label:Published 2020-10-07 http:last-modified"
    assert changed(header, line="No date") == "- 2020-10-07 http:last-modified"
    assert changed(header, line="Updated: 2019-01-02").endswith("2019-01-02 label:Updated")


@pytest.mark.parametrize(
    "header",
    [
        "Wed, 19 Nov 2025 12:00:00 GMT",  # within the day before the fetch: the page is made when it is asked for
        "Thu, 01 Jan 1970 00:00:00 GMT",
        "Mon, 02 Mar 2015 08:00:00 GMT",  # before the publication
        "Fri, 31 Dec 9999 23:59:59 GMT",
        "0", "", "yesterday", None,
    ],
)  # fmt: skip
def test_a_header_that_cannot_be_the_last_change_is_not_taken(header: str | None) -> None:
    assert changed(header).endswith("-")


def test_the_header_says_nothing_of_a_page_without_an_article() -> None:
    assert changed("Tue, 06 Oct 2020 20:30:00 GMT", paragraphs="Welcome").endswith("-")
