from datetime import date, timedelta

import pytest

from crawler.model import Failure
from scoring.indicators.updates_in_90_days import updates_in_90_days


def measure(evidence):
    return updates_in_90_days.run(evidence)


def test_recent_pages_and_list_entries_count_together(build, outcome):
    entries = [build.item(f"/n/{i}", build.cutoff - timedelta(i), f"Entry {i}") for i in range(7)]
    pages = [build.page("/list", items=entries), build.page("/a", published=date(2026, 9, 1))]
    found = measure(build.evidence(*pages))
    assert outcome(found) == ("measured", 8)
    assert found.n == 8
    assert found.evidence[0].cue == "Entry 0: 2026-10-31"


def test_an_article_listed_twice_and_captured_counts_once(build, outcome):
    entry = build.item("/a", date(2026, 9, 1))
    lists = [build.page("/list", items=[entry]), build.page("/more", items=[entry])]
    found = measure(build.evidence(*lists, build.page("/a/", published=date(2026, 9, 1))))
    assert outcome(found) == ("measured", 1)


def test_a_pages_own_date_counts_before_the_lists(build, outcome):
    listed = build.page("/list", items=[build.item("/a", date(2026, 10, 1))])
    assert outcome(measure(build.evidence(listed, build.page("/a", published=date(2020, 1, 1))))) == ("measured", 0)


@pytest.mark.parametrize(("days", "value"), [(0, 1), (89, 1), (90, 0)])
def test_the_window_is_the_ninety_days_that_end_with_the_cut_off(build, outcome, days, value):
    page = build.page(published=build.cutoff - timedelta(days))
    assert outcome(measure(build.evidence(page))) == ("measured", value)


def test_old_dates_alone_are_a_zero_that_cites_the_newest(build, outcome):
    old = build.page("/old", published=date(2021, 5, 1))
    found = measure(build.evidence(build.page("/older", published=date(2019, 5, 1)), old))
    assert outcome(found) == ("measured", 0)
    assert found.evidence[0].capture == old.ref.capture


def test_nothing_dated_is_not_measured(build, outcome):
    undated = build.page("/list", items=[build.item("/a")])
    assert outcome(measure(build.evidence(undated))) == ("not_measured", None)


def test_dates_after_the_cut_off_prove_nothing(build, outcome):
    later = build.page("/list", items=[build.item("/a", build.cutoff + timedelta(1))])
    assert outcome(measure(build.evidence(later))) == ("not_measured", None)


def test_entries_of_an_undated_list_that_a_firewall_kept_from_us_leave_the_count_open(build, outcome):
    home = build.home(columns={"News": ("/news", "news")})
    pages = build.page("/news", items=3), build.page("/news/2", published=date(2026, 9, 1))
    blocked = [build.failed(f"/news/{i}", Failure.BLOCKED, 403) for i in range(2)]
    assert outcome(measure(build.evidence(*pages, home=home, failed=blocked))) == ("not_measured", None)


def test_a_news_column_that_a_firewall_kept_from_us_leaves_the_count_open(build, outcome):
    home = build.home(columns={"News": ("/news", "news")})
    seen = build.page("/a", published=date(2026, 9, 1))
    blocked = build.failed("/news", Failure.BLOCKED, 403)
    assert outcome(measure(build.evidence(seen, home=home, failed=[blocked]))) == ("not_measured", None)


def test_forty_updates_are_measured_high(build, outcome):
    listed = build.page("/list", items=[build.item(f"/{i}", build.cutoff - timedelta(i)) for i in range(40)])
    assert outcome(measure(build.evidence(listed))) == ("measured", 40)
