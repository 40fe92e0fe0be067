from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from crawler.extract.date_formats import EARLIEST, SHANGHAI, FoundDate, find_dates
from crawler.extract.date_urls import url_date

FETCHED = datetime(2025, 11, 20, 2, 0, tzinfo=UTC)
CHRISTMAS = date(2015, 12, 25)


def only(text: str, **how: str) -> FoundDate:
    found = find_dates(text, fetched=FETCHED, **how)  # type: ignore[arg-type]
    assert len(found) == 1, (text, found)
    return found[0]


@pytest.mark.parametrize(
    "written",
    [
        "2015-12-25", "2015/12/25", "2015.12.25", "2015. 12. 25.", "2015 - 12 - 25", "2015年12月25日",
        "2015 年 12 月 25 日",
        "２０１５年１２月２５日", "二〇一五年十二月二十五日", "二○一五年十二月二十五日", "December 25, 2015",
        "Dec. 25, 2015",
        "Dec 25th, 2015", "25 December 2015", "25th Dec 2015", "25-Dec-2015", "2015 December 25", "25/12/2015",
        "12/25/2015",
        "25.12.2015", "20151225", "25 décembre 2015", "25. Dezember 2015", "25 de diciembre de 2015",
        "25 dicembre 2015",
        "25 de dezembro de 2015", "25 декабря 2015 г.", "2015년 12월 25일", "ngày 25 tháng 12 năm 2015",
        "25 ธันวาคม พ.ศ. 2558", "25 ธ.ค. 2558", "25 ديسمبر 2015", "٢٥ ديسمبر ٢٠١٥", "25 كانون الأول 2015",
        "平成27年12月25日",
        "25 Desember 2015", "2015 оны 12 сарын 25", "Friday, 25 December 2015", "Fri Dec 25 00:00:00 CST 2015",
        "vendredi 25 décembre 2015", "25 de diciembre del 2015", "25 كانون الأول / ديسمبر 2015", "٢٠١٥/١٢/٢٥",
        "25 ديسمبر، 2015", "Thứ Sáu, 25 tháng 12, 2015", "วันที่ 25 ธันวาคม 2558", "2015年12月25号", "Dec.25,2015",
    ],
)  # fmt: skip
def test_a_day_is_read_in_every_spelling(written: str) -> None:
    found = only(f"… {written} …")
    assert (found.date, found.precision, found.ambiguous) == (CHRISTMAS, "day", False)


def test_the_first_year_of_an_era_is_written_with_a_word() -> None:
    assert only("令和元年5月1日").date == date(2019, 5, 1)
    assert only("令和7年11月3日").date == date(2025, 11, 3)


@pytest.mark.parametrize(
    "written",
    [
        "2015-12-25 10:08", "2015-12-25  10:08", "2015-12-25 10∶08", "2015-12-25 10:08:31",
        "２０１５－１２－２５　１０：０８",
        "2015年12月25日10:08", "2015年12月25日10时08分", "2015年12月25日 星期五 10:08", "2015-12-25T10:08:31+08:00",
        "2015-12-25T02:08:00Z", "20151225100831", "December 25, 2015 10:08 am", "2015-12-25-10:08:00",
        "(2015-12-25 10:08AM)", "Fri Dec 25 10:08:31 CST 2015", "Dec 25 10:08 2015", "25 Dec 2015 10:08:00 +0800",
        "25 ديسمبر 2015 10:08 صباحاً", "2015年12月25日 上午10:08",
    ],
)  # fmt: skip
def test_a_time_after_the_date_gives_the_minute(written: str) -> None:
    found = only(written)
    assert found.precision == "minute"
    assert found.moment == datetime(2015, 12, 25, 10, 8, tzinfo=SHANGHAI)


def test_an_afternoon_hour_is_counted_from_noon_once() -> None:
    assert only("2015-12-25 6:03 PM").moment == datetime(2015, 12, 25, 18, 3, tzinfo=SHANGHAI)
    assert only("2015-12-25 18:03PM").moment == datetime(2015, 12, 25, 18, 3, tzinfo=SHANGHAI)


def test_midnight_stands_for_a_day_without_a_time() -> None:
    assert only("2022-01-28 00:00:00").precision == "day"
    assert only("2007-08-20-23:59:59").precision == "day"


def test_a_time_in_utc_is_turned_into_shanghai_time_and_keeps_the_day_as_written() -> None:
    found = only("2015-12-24T20:30:00Z")
    assert (found.date, found.written) == (CHRISTMAS, date(2015, 12, 24))


def test_a_publishers_own_zone_keeps_its_day() -> None:
    found = only("2015-12-25T23:30:00-05:00")
    assert (found.date, found.written) == (CHRISTMAS, None)
    assert found.moment == datetime(2015, 12, 26, 4, 30, tzinfo=UTC)


def test_a_month_alone_has_the_precision_of_a_month() -> None:
    for written in ("2015年12月", "二〇一五年十二月", "December 2015", "diciembre de 2015", "《北京月刊》2015年12月号"):
        found = only(written)
        assert (found.date, found.precision) == (date(2015, 12, 1), "month")


def test_day_and_month_that_may_be_swapped_are_flagged() -> None:
    found = only("05/12/2015")
    assert found.ambiguous
    assert {found.date, found.alternative} == {date(2015, 12, 5), date(2015, 5, 12)}


def test_a_language_or_an_order_settles_what_may_be_swapped() -> None:
    assert only("05/12/2015", language="fr").date == date(2015, 12, 5)
    assert only("05/12/2015", language="en-US").date == date(2015, 5, 12)
    assert only("05/12/2015", order="mdy").date == date(2015, 5, 12)
    assert only("05/12/2015", language="en").ambiguous
    assert not only("05/05/2015").ambiguous


def test_a_reading_in_the_future_settles_the_order() -> None:
    assert only("10/12/2025").date == date(2025, 10, 12)


@pytest.mark.parametrize(
    "text",
    [
        "国办发〔2014〕57号", "第2014-12-5号", "2007年第23号", "0571-87052015", "电话：20151225",
        "Tel: 20151225", "项目编号SZJXHH2021-010",
        "11220000013544357T/2022-00426", "192.168.10.12", "10.12.2015.1", "2015.12.25.1", "v2015.12.25",
        "Version 2015.12.25",
        "2024-17-03", "2015-02-30", "1994-12-31", "2031-01-01", "a20151225b", "http://host/2015/12/25/x",
        "2004年12月11－12日",
        "2015", "12:30", "page 3 of 12", "25 December", "March 12", "null", "",
    ],
)  # fmt: skip
def test_what_only_looks_like_a_date_is_none(text: str) -> None:
    assert find_dates(text, fetched=FETCHED) == []


def test_tomorrow_is_plausible_and_the_day_after_is_not() -> None:
    assert only("2025-11-21").date == date(2025, 11, 21)
    assert find_dates("2025-11-22", fetched=FETCHED) == []


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("3 days ago", 3),
        ("1 week ago", 7),
        ("3天前", 3),
        ("昨天", 1),
        ("yesterday", 1),
        ("5分钟前", 0),
        ("il y a 3 jours", 3),
        ("Il y a 2 semaines", 14),
        ("vor 3 Tagen", 3),
        ("vor einer Woche: vor 1 Woche", 7),
        ("hace 3 días", 3),
        ("há 3 dias", 3),
        ("3 dias atrás", 3),
        ("3 giorni fa", 3),
        ("3 дня назад", 3),
        ("منذ 3 أيام", 3),
        ("٣ أيام: قبل ٣ أيام", 3),
        ("3日前", 3),
        ("2週間前", 14),
        ("3일 전", 3),
        ("3 ngày trước", 3),
        ("3 วันที่แล้ว", 3),
        *(
            (word, 1)
            for word in (
                "hier",
                "gestern",
                "Ayer",
                "ontem",
                "ieri",
                "вчера",
                "أمس",
                "昨日",
                "어제",
                "hôm qua",
                "เมื่อวาน",
            )
        ),
        *((word, 2) for word in ("前天", "vorgestern", "avant-hier", "позавчера")),
        *((word, 0) for word in ("heute", "oggi", "hoje", "今日", "오늘", "hôm nay", "วันนี้", "Aujourd'hui", "اليوم")),
    ],
)
def test_a_relative_date_counts_from_the_fetch(text: str, days: int) -> None:
    found = only(text)
    assert found.relative
    assert found.date == date(2025, 11, 20) - timedelta(days=days)


@pytest.mark.parametrize(
    "text", ["The hotel is a day's walk", "vor 300 Gästen", "한국 오전 회의", "前三天", "fa 3 giorni"]
)
def test_words_of_time_alone_are_no_relative_date(text: str) -> None:
    assert find_dates(text, fetched=FETCHED) == []


def test_in_prose_nothing_counts_from_the_fetch() -> None:
    text = (
        "The mayor said yesterday that the works on the eastern pier, which began 3 days ago, would last until spring, "
    )
    assert (
        find_dates(text + "and that the tea market would move back to the old square in summer.", fetched=FETCHED) == []
    )


def test_hours_ago_may_be_yesterday_in_shanghai() -> None:
    assert only("11 hours ago").date == date(2025, 11, 19)


def test_dates_come_in_the_order_of_the_text_with_their_positions() -> None:
    text = "Published: Dec. 25, 2015; updated 2015-12-26 ０９：３０"
    found = find_dates(text, fetched=FETCHED)
    assert [item.date for item in found] == [CHRISTMAS, date(2015, 12, 26)]
    assert [text[item.start : item.end] for item in found] == ["Dec. 25, 2015", "2015-12-26 ０９：３０"]


@given(
    st.dates(EARLIEST, date(2025, 11, 20)),
    st.sampled_from(["%Y-%m-%d", "%Y年%m月%d日", "%B %d, %Y", "%d %b %Y", "%d.%m.%Y"]),
)
def test_every_plausible_day_is_read_back(day: date, form: str) -> None:
    assert only(day.strftime(form)).date == day


@given(st.text(alphabet="0123456789年月日-/.: 〇一十ago天前Mayde", max_size=60))
@example("400月前")
def test_no_text_raises_and_no_dates_overlap(text: str) -> None:
    found = find_dates(text, fetched=FETCHED)
    assert all(one.end <= two.start for one, two in pairwise(found))
    assert all(EARLIEST.replace(day=1) <= item.date <= date(2025, 11, 21) for item in found)


@pytest.mark.parametrize(
    ("url", "day", "precision"),
    [
        ("http://x.gov.cn/english/202511/t20251103_12345.html", date(2025, 11, 3), "day"),
        ("http://x.gov.cn/2025-11/03/content_5748953.htm", date(2025, 11, 3), "day"),
        ("http://x.gov.cn/art/2016/11/22/art_1621004.html", date(2016, 11, 22), "day"),
        ("http://x.gov.cn/202511/03/a.html", date(2025, 11, 3), "day"),
        ("http://x.gov.cn/20251103/a.html", date(2025, 11, 3), "day"),
        ("http://x.gov.cn/202511/a.html", date(2025, 11, 1), "month"),
    ],
)
def test_an_address_carries_a_date(url: str, day: date, precision: str) -> None:
    found = url_date(url, date(2025, 11, 20))
    assert found is not None
    assert (found.date, found.precision) == (day, precision)


@pytest.mark.parametrize(
    "url",
    ["http://x.gov.cn/a/20253103/b", "http://x.gov.cn/art_1621004_30332664.html", "http://[x/", "http://x/2031/01/01/"],
)
def test_an_address_without_a_plausible_date_has_none(url: str) -> None:
    assert url_date(url, date(2025, 11, 20)) is None
