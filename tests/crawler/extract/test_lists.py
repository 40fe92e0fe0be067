from datetime import UTC, date, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.extract.lists import list_items
from crawler.extract.page import Page

FETCHED = datetime(2025, 11, 20, tzinfo=UTC)
TITLES = [
    "Port reopens after repairs",
    "Visa rules explained for visitors",
    "Tea festival draws crowds",
    "New bus line opens",
]


def page(body: str, url: str = "http://www.x.gov.cn/english/news/") -> Page:
    return Page(f"<html><head><title>News</title></head><body>{body}</body></html>".encode(), url, fetched=FETCHED)


def dates(body: str) -> list[date | None]:
    return [item.date for item in list_items(page(body))]


def test_a_list_gives_titles_absolute_addresses_and_dates() -> None:
    rows = "".join(
        f'<li><a href="./t{n}.html">{title}</a><span>2025-11-0{n + 1}</span></li>' for n, title in enumerate(TITLES)
    )
    items = list_items(page(f"<ul class=list>{rows}</ul>"))
    assert [(item.title, item.url, item.date) for item in items][:2] == [
        ("Port reopens after repairs", "http://www.x.gov.cn/english/news/t0.html", date(2025, 11, 1)),
        ("Visa rules explained for visitors", "http://www.x.gov.cn/english/news/t1.html", date(2025, 11, 2)),
    ]
    assert len(items) == 4


def test_the_date_may_stand_before_the_link() -> None:
    rows = "".join(f"<li>[2025-11-0{n + 1}] <a href=/{n}.html>{title}</a></li>" for n, title in enumerate(TITLES))
    assert dates(f"<ul>{rows}</ul>") == [date(2025, 11, n) for n in (1, 2, 3, 4)]


def test_a_table_row_is_an_entry() -> None:
    rows = "".join(
        f"<tr><td>{n}</td><td><a href=/{n}.html>{title}</a></td><td>Nov. {n + 1}, 2025</td></tr>"
        for n, title in enumerate(TITLES)
    )
    assert dates(f"<table>{rows}</table>") == [date(2025, 11, n) for n in (1, 2, 3, 4)]


def test_dt_and_dd_are_paired() -> None:
    rows = "".join(f"<dt><a href=/{n}.html>{title}</a></dt><dd>2025/11/0{n + 1}</dd>" for n, title in enumerate(TITLES))
    items = list_items(page(f"<dl>{rows}</dl>"))
    assert [(item.title, item.date) for item in items] == [(t, date(2025, 11, n + 1)) for n, t in enumerate(TITLES)]


def test_a_date_line_over_its_title_is_paired_downwards() -> None:
    rows = "".join(
        f"<p class=d>2025/11/0{n + 1}</p><p><a href=/{n}.html>{title}</a></p>" for n, title in enumerate(TITLES)
    )
    items = list_items(page(f"<p><a href=/all.html>Everything we published</a></p><div>{rows}</div>"))
    assert ("Port reopens after repairs", date(2025, 11, 1)) in [(item.title, item.date) for item in items]
    assert ("New bus line opens", date(2025, 11, 4)) in [(item.title, item.date) for item in items]


def test_lines_broken_by_br_are_entries() -> None:
    rows = "<br>".join(f"<a href=/{n}.html>{title}</a> (2025-11-0{n + 1})" for n, title in enumerate(TITLES))
    assert dates(f"<div>{rows}</div>") == [date(2025, 11, n) for n in (1, 2, 3, 4)]


def test_a_day_set_large_over_its_month_is_one_date() -> None:
    rows = "".join(
        f"<li><div class=day><b>{n + 11}</b><i>2025-10</i></div>"
        f"<h3><a href=/{n}.html>{title}</a></h3><p>A few words.</p></li>"
        for n, title in enumerate(TITLES)
    )
    assert dates(f"<ul>{rows}</ul>") == [date(2025, 10, n) for n in (11, 12, 13, 14)]
    blocks = rows.replace("<b>", "<p>").replace("</b>", "</p>").replace("<i>", "<p>").replace("</i>", "</p>")
    assert dates(f"<ul>{blocks}</ul>") == [date(2025, 10, n) for n in (11, 12, 13, 14)]


def test_a_date_within_the_link_is_cut_off_the_title() -> None:
    rows = "".join(
        f"<li><a href=/{n}.html>{title}<span>2025-11-0{n + 1}</span></a></li>" for n, title in enumerate(TITLES)
    )
    items = list_items(page(f"<ul>{rows}</ul>"))
    assert (items[0].title, items[0].date) == ("Port reopens after repairs", date(2025, 11, 1))


def test_a_date_that_a_title_speaks_of_is_not_the_entrys() -> None:
    rows = "".join(
        f"<li><a href=/{n}.html>Spokesperson's Remarks on May {n + 1}, 2025</a><span>2025-11-0{n + 1}</span></li>"
        for n in range(4)
    )
    items = list_items(page(f"<ul>{rows}</ul>"))
    assert [item.date for item in items] == [date(2025, 11, n) for n in (1, 2, 3, 4)]
    assert items[0].title == "Spokesperson's Remarks on May 1, 2025"


def test_a_title_cut_short_is_completed_from_its_attribute() -> None:
    rows = "".join(
        f'<li><a href=/{n}.html title="{title} in the harbour">{title[:12]}...</a><span>2025-11-01</span></li>'
        for n, title in enumerate(TITLES)
    )
    assert list_items(page(f"<ul>{rows}</ul>"))[0].title == "Port reopens after repairs in the harbour"


def test_month_and_day_alone_take_the_year_of_the_address() -> None:
    rows = "".join(
        f"<li><a href=/202411/t2024110{n}_9.html>{title}</a><span>11-0{n}</span></li>"
        for n, title in enumerate(TITLES, 1)
    )
    assert dates(f"<ul>{rows}</ul>") == [date(2024, 11, n) for n in (1, 2, 3, 4)]


def test_month_and_day_alone_take_the_year_that_the_entries_around_leave() -> None:
    days = ["2025-02-03", "01-20", "2025-01-02", "12-30", "2024-12-01"]
    rows = "".join(
        f"<li><a href=/{n}.html>{title}</a><span>{day}</span></li>"
        for n, (title, day) in enumerate(zip([*TITLES, "Winter fair"], days, strict=True))
    )
    assert dates(f"<ul>{rows}</ul>") == [
        date(2025, 2, 3),
        date(2025, 1, 20),
        date(2025, 1, 2),
        date(2024, 12, 30),
        date(2024, 12, 1),
    ]


def test_month_and_day_alone_stay_undated_where_nothing_says_the_year() -> None:
    rows = "".join(f"<li><a href=/{n}.html>{title}</a><span>11-0{n + 1}</span></li>" for n, title in enumerate(TITLES))
    assert dates(f"<ul>{rows}</ul>") == [None, None, None, None]


def test_slashed_dates_are_read_by_the_one_that_can_be_read_one_way_only() -> None:
    days = ["10/25/2025", "10/11/2025", "10/09/2025", "09/08/2025"]
    rows = "".join(
        f"<li><a href=/{n}.html>{title}</a><span>{day}</span></li>"
        for n, (title, day) in enumerate(zip(TITLES, days, strict=True))
    )
    assert dates(f"<ul>{rows}</ul>") == [date(2025, 10, 25), date(2025, 10, 11), date(2025, 10, 9), date(2025, 9, 8)]


def test_two_links_of_one_day_are_no_list() -> None:
    rows = "".join(
        f"<li><a href=/{n}.html>{title}</a><span>2025-11-01</span></li>" for n, title in enumerate(TITLES[:2])
    )
    assert list_items(page(f"<ul>{rows}</ul>")) == ()


def test_dates_in_the_footer_and_in_menus_are_no_entries() -> None:
    rows = "".join(f"<li><a href=/{n}.html>{title}</a> 2025-11-01</li>" for n, title in enumerate(TITLES))
    assert (
        list_items(
            page(f"<nav><ul>{rows}</ul></nav><p>Welcome to the city of harbours and of tea gardens, friends.</p>" * 2)
        )
        == ()
    )


def test_titles_of_articles_without_dates_are_listed_undated() -> None:
    rows = "".join(
        f"<li><a href=/english/content_{1000 + n}.html>{title} {n}</a></li>" for n, title in enumerate(TITLES * 2)
    )
    assert dates(f"<ul class=news>{rows}</ul>") == [None] * 8


def test_a_menu_is_never_a_list() -> None:
    names = [
        "Home",
        "About the City",
        "Government Leaders",
        "Investment Environment",
        "Visit the City",
        "Contact the Editors",
    ]
    rows = "".join(f"<li><a href=/english/{name.split()[0].lower()}/>{name}</a></li>" for name in names)
    assert list_items(page(f"<ul>{rows}</ul>")) == ()


def test_links_that_lead_nowhere_are_no_entries() -> None:
    rows = "".join(
        f"<li><a href='javascript:open({n})'>{title}</a><span>2025-11-01</span></li>" for n, title in enumerate(TITLES)
    )
    assert list_items(page(f"<ul>{rows}</ul>")) == ()


@settings(max_examples=60)
@given(
    st.lists(
        st.sampled_from(
            [
                "<li>",
                "</li>",
                "<a href=/1.html>",
                "</a>",
                "2025-11-01",
                "11-01",
                "<td>",
                "<br>",
                "25",
                "2025-11",
                "<dl>",
                "Some title of a page",
                "<a href='http://[x'>",
            ]
        ),
        max_size=40,
    )
)
def test_no_markup_raises_and_addresses_come_once(parts: list[str]) -> None:
    items = list_items(page("".join(parts)))
    assert len({item.url for item in items}) == len(items)


def card(number: int, title: str, link: str) -> str:
    button = f"<button><a href=/{number}.html>{link}</a></button>"
    return f"<div class=card><p>May {number + 1}, 2025</p><h3>{title}</h3>{button}</div>"


def test_the_heading_of_a_card_is_its_title_where_all_links_say_the_same() -> None:
    items = list_items(page("".join(f"<div>{card(n, title, 'Read more')}</div>" for n, title in enumerate(TITLES))))
    assert [(item.title, item.url[-7:], item.date) for item in items] == [
        (title, f"/{n}.html", date(2025, 5, n + 1)) for n, title in enumerate(TITLES)
    ]


def test_links_that_differ_keep_their_own_words_under_a_heading() -> None:
    cards = [card(n, "News", title) for n, title in enumerate(TITLES)]
    assert [item.title for item in list_items(page("".join(f"<div>{one}</div>" for one in cards)))] == TITLES


TWO = (
    '<ul><li><a href="/2015/t20151103_2.html">关于优化营商环境若干措施的通知</a><span>2015-11-03</span></li>'
    '<li><a href="/2015/t20151012_1.html">转载：关于便利支付服务的通知</a><span>2015-10-12</span></li></ul>'
)


def test_two_dated_titles_with_nothing_beside_them_are_a_list() -> None:
    assert [item.date for item in list_items(page(f"<h1>通知</h1>{TWO}"))] == [date(2015, 11, 3), date(2015, 10, 12)]


def test_a_list_of_two_may_have_its_dates_in_cells_of_their_own() -> None:
    cells = TWO.replace("<ul>", "<table>").replace("</ul>", "</table>").replace("<li>", "<tr><td>·")
    cells = cells.replace("<span>", "</td><td>[").replace("</span></li>", "]</td></tr>")
    assert [item.date for item in list_items(page(f"Home &gt; 通知{cells}"))] == [date(2015, 11, 3), date(2015, 10, 12)]


def test_two_dated_links_under_an_article_or_called_next_and_previous_are_none() -> None:
    article = "<p>" + "市政府召开常务会议，研究部署下一阶段重点工作，听取各部门意见建议。" * 8 + "</p>"
    assert list_items(page(f"{article}{TWO}")) == ()
    labelled = TWO.replace("<li>", "<li>上一篇：")
    assert list_items(page(f"<h1>通知</h1>{labelled}")) == ()


def test_two_dated_links_under_a_headline_are_none() -> None:
    assert list_items(page(f"<h1>我市与友好城市签署合作备忘录</h1>{TWO}")) == ()


def test_two_links_older_before_newer_are_no_list() -> None:
    older, newer = TWO.replace("<ul>", "").replace("</ul>", "").split("</li>")[:2][::-1]
    assert list_items(page(f"<h1>通知</h1><ul>{older}</li>{newer}</li></ul>")) == ()
