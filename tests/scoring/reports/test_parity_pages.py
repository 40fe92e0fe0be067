import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from scoring.evidence import ColumnPair, Pair, measured, not_measured
from scoring.reports.lag_chart import lag_chart, lag_counts
from scoring.reports.parity_pages import parity_pages, parity_section

KEY = ("a", "en")
DAY = date(2026, 2, 1)  # the round's cut-off is 2026-03-01


def item(number: int, lag: int | None = None, kind: str = "news", day: date = DAY) -> Pair:
    """A core Chinese item, translated after `lag` days, or not at all."""
    foreign = None if lag is None else f"https://en.a.gov.cn/{number}"
    followed = None if lag is None else day + timedelta(days=lag)
    titles = {"chinese_title": f"条目{number}", "foreign_title": f"Item {number}" if foreign else ""}
    return Pair(
        foreign,
        f"https://www.a.gov.cn/{number}",
        0.9,
        ("figures",),
        followed,
        day,
        core=True,
        column_type=kind,
        **titles,
    )


@pytest.fixture
def compared(report):
    own = Pair("https://en.a.gov.cn/own", None, 0.0, (), DAY, foreign_title="A letter of our own <b>")
    old = item(77, 2, day=date(2024, 1, 1))
    columns = (
        ColumnPair("news", "要闻", "https://www.a.gov.cn/yw/", "News", "https://en.a.gov.cn/n/", True, 0.9, "menu"),
        ColumnPair("laws", "政策法规", "https://www.a.gov.cn/zc/", None, None, None, 0.8),
    )
    pairs = (*(item(i, i) for i in range(5)), *(item(10 + i, kind="laws") for i in range(2)), own, old)
    return replace(report, pairs={KEY: pairs}, column_pairs={KEY: columns})


def page_of(report) -> str:
    ((name, text),) = list(parity_pages(report))
    assert name == "parity/a.html"
    return text


def test_the_items_of_the_window_are_counted_by_column_with_their_intervals(compared):
    section = parity_section(compared, KEY, None)
    assert (section.whole.hits, section.whole.n) == (5, 7)
    assert [(share.name, share.hits, share.n) for share in section.shares] == [("laws", 0, 2), ("news", 5, 5)]
    low, high = section.whole.interval
    assert low < 5 / 7 < high
    assert (section.lag.n, section.lag.median) == (5, 2)


def test_below_the_fewest_there_are_counts_and_no_interval_median_or_percentile(compared):
    section = parity_section(compared, KEY, None)
    assert [(share.name, share.interval is None) for share in section.shares] == [("laws", True), ("news", False)]
    assert (section.lag.median, section.lag.p90) == (2, None)
    few = replace(compared, pairs={KEY: tuple(item(i, i) for i in range(4))})
    assert parity_section(few, KEY, None).lag.median is None
    text = page_of(few)
    assert "n = 4" in text
    assert "median " not in text.partition("<body>")[2]
    assert "95% interval" not in text.partition("<table>")[0]


def test_what_could_not_be_told_is_no_share_of_none(compared):
    note = "none of 7 items could be paired, so we cannot tell which are translated"
    untold = replace(compared, unweighed={KEY: {"item_parity": not_measured(note)}})
    section = parity_section(untold, KEY, None)
    assert (section.untold, section.shares) == (note, ())
    text = page_of(untold)
    assert note in text
    assert "0 / 7" not in text
    assert "5 / 7" not in text


def test_original_content_and_the_hours_of_reposts_are_told_though_they_bring_no_points(compared, report):
    ref = next(
        line.measurement.evidence[0] for card in report.scorecards() for line in card.lines if line.measurement.evidence
    )
    notes = (
        "3 of 9 foreign articles have no Chinese source that we found; 6 have one",
        "half of 6 reposts came within 14.5 hours of the Chinese version's own page",
    )
    found = dict(
        zip(
            ("original_content_share", "repost_lag_hours"),
            (measured(1, note=n, evidence=[ref]) for n in notes),
            strict=True,
        )
    )
    text = page_of(replace(compared, unweighed={KEY: found}))
    for words in ("6 have one", "within 14.5 hours", "9篇外文文章中有3篇未找到中文来源"):
        assert words in text


def test_the_window_is_that_of_the_measure_that_counts(compared):
    card = next(card for card in compared.scorecards() if (card.site_id, card.language) == KEY)
    news = replace(measured_nothing(), parameters={"window_days": 20})
    line = replace(card.lines[0], indicator="item_parity_news", measurement=news)
    section = parity_section(compared, KEY, replace(card, lines=(line,)))
    assert section.window == ("2026-02-09", "2026-02-22")


def measured_nothing():
    return not_measured("only 0 news articles of the Chinese version were captured, at least 5 are needed")


def test_the_left_side_is_in_the_base_language_of_the_site(compared):
    sites = tuple(replace(site, base_language="ru") if site.id == "a" else site for site in compared.sites)
    text = page_of(replace(compared, sites=sites))
    assert '<div class="left" lang="ru">' in text
    assert '<div class="left" lang="zh' not in text
    assert '<div class="left"><span class="en" lang="en">Russian' in text


def test_missing_columns_and_items_stand_in_plain_sight(compared):
    text = page_of(compared)
    assert "no such column found" in text
    assert text.count("not found in this version") == 2
    assert "政策法规</bdi></dd>" in text  # named among what is missing


def test_a_column_that_we_may_not_have_seen_is_not_named_as_missing(compared):
    unread = ColumnPair("laws", "政策法规", "https://www.a.gov.cn/zc/", None, None, None, 0.5)
    text = page_of(replace(compared, column_pairs={KEY: (unread,)}))
    assert "政策法规</bdi></dd>" not in text
    assert "the menu could not be read" in text


def test_original_content_and_pages_outside_the_window_are_kept_apart(compared):
    text = page_of(compared)
    assert "1 foreign article without a Chinese source" in text
    assert "1 other page compared" in text
    assert "A letter of our own &lt;b&gt;" in text


def test_a_counterpart_says_how_much_later_it_came_and_by_what_it_was_paired(compared):
    text = page_of(compared)
    for words in ("same day", "1 day later", "3 days later", "figures", "数字"):
        assert words in text
    assert re.search(r"> \(</span><span[^>]*>（</span>0\.90<span[^>]*>\)</span><span[^>]*>）</span>", text)


def test_a_site_without_a_compared_version_has_no_parity_page(report):
    assert list(parity_pages(replace(report, pairs={}, column_pairs={}))) == []


def test_lags_are_counted_by_spans_of_days():
    counts = dict(lag_counts([0, 0, 1, 2, 3, 7, 8, 30, 31, 400]))
    assert counts == {
        "same day": 2,
        "1 day": 1,
        "2–3 days": 2,
        "4–7 days": 1,
        "8–14 days": 1,
        "15–30 days": 1,
        "later": 2,
    }


def test_the_chart_is_the_same_for_the_same_lags_and_absent_without_any():
    assert lag_chart([]) is None
    assert lag_chart([1, 5, 20]) == lag_chart([20, 5, 1])
    assert "<script" not in lag_chart([1])
