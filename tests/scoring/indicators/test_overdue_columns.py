"""Columns that were not updated in time, and those that were not for long."""

from datetime import timedelta

import pytest

from crawler.model import Failure
from scoring.indicators.long_stale_columns import long_stale_columns
from scoring.indicators.stale_columns import stale_columns

MENU = {"News": ("/news", "news"), "Laws": ("/laws", "laws"), "Travel": ("/travel", "tourism")}


@pytest.fixture(params=[stale_columns, long_stale_columns], ids=lambda indicator: indicator.id)
def indicator(request):
    return request.param


def measure(indicator, build, ages, **options):
    """Measure on columns whose newest entry is so many days old."""
    pages = [
        build.page(path, items=[build.item(f"{path}/1", build.cutoff - timedelta(days)), build.item(f"{path}/2")])
        for path, days in ages.items()
    ]
    return indicator.run(build.evidence(*pages, home=build.home(columns=MENU, **options)))


@pytest.mark.parametrize(
    ("bounded", "news", "laws", "stale"),
    [
        (stale_columns, 14, 183, 0),
        (stale_columns, 15, 183, 1),
        (stale_columns, 15, 184, 2),
        (long_stale_columns, 365, 300, 0),
        (long_stale_columns, 366, 300, 1),
        (long_stale_columns, 900, 4000, 2),
    ],
)
def test_columns_older_than_the_bound_are_counted_low_and_high(build, outcome, bounded, news, laws, stale):
    found = measure(bounded, build, {"/news": news, "/laws": laws})
    assert outcome(found) == ("measured", stale)
    assert found.n == 2


def test_other_columns_need_no_news(indicator, build, outcome):
    assert outcome(measure(indicator, build, {"/news": 1, "/travel": 2000})) == ("measured", 0)


def test_an_article_of_the_column_keeps_it_fresh(indicator, build, outcome):
    fresh = build.page("/news/new", published=build.cutoff)
    column = build.page("/news", items=[build.item("/news/1", build.cutoff - timedelta(800))])
    home = build.home(columns=MENU)
    assert outcome(indicator.run(build.evidence(column, fresh, home=home))) == ("measured", 0)


def test_one_old_article_says_nothing_of_a_list_whose_other_entries_we_failed_to_see(indicator, build, outcome):
    undated, old = build.page("/news", items=3), build.page("/news/2", published=build.cutoff - timedelta(800))
    home = build.home(columns=MENU)
    blocked = [build.failed(f"/news/{i}", Failure.BLOCKED, 403) for i in range(2)]
    for failed in blocked, []:
        assert outcome(indicator.run(build.evidence(undated, old, home=home, failed=failed))) == ("not_measured", None)
    gone = [build.failed(f"/news/{i}") for i in range(2)]
    assert outcome(indicator.run(build.evidence(undated, old, home=home, failed=gone))) == ("measured", 1)


def test_an_unseen_entry_above_the_dated_ones_may_be_newer_and_one_below_them_is_not(indicator, build, outcome):
    old, unseen = build.item("/news/1", build.cutoff - timedelta(800)), build.item("/news/2")
    home = build.home(columns=MENU)
    above, below = (build.page("/news", items=items) for items in ([unseen, old], [old, unseen]))
    assert outcome(indicator.run(build.evidence(above, home=home))) == ("not_measured", None)
    assert outcome(indicator.run(build.evidence(below, home=home))) == ("measured", 1)


def test_a_column_without_a_list_is_not_aged_while_a_page_of_it_was_blocked(indicator, build, outcome):
    column, old = build.page("/news"), build.page("/news/2", published=build.cutoff - timedelta(800))
    failed = [build.failed("/news/3", Failure.TIMEOUT, None)]
    found = indicator.run(build.evidence(column, old, home=build.home(columns=MENU), failed=failed))
    assert outcome(found) == ("not_measured", None)


def test_a_column_that_is_fresh_by_what_was_seen_counts_whatever_was_not(indicator, build, outcome):
    undated, fresh = build.page("/news", items=3), build.page("/news/2", published=build.cutoff)
    laws = build.page("/laws", items=[build.item("/laws/1", build.cutoff - timedelta(800))])
    found = indicator.run(build.evidence(undated, fresh, laws, home=build.home(columns=MENU)))
    assert (outcome(found), found.n) == (("measured", 1), 2)


def test_undated_and_unseen_columns_are_not_measured(indicator, build, outcome):
    assert outcome(measure(indicator, build, {})) == ("not_measured", None)
    undated = build.evidence(build.page("/news", items=5), home=build.home(columns=MENU))
    assert outcome(indicator.run(undated)) == ("not_measured", None)
    assert outcome(measure(indicator, build, {}, problems=("menus: columns were not read",))) == ("not_measured", None)


def test_a_menu_without_such_columns_has_nothing_to_measure(indicator, build, outcome):
    home = build.home(columns={"Travel": ("/travel", "tourism")})
    assert outcome(indicator.run(build.evidence(home=home))) == ("not_applicable", None)


def test_five_stale_columns_are_measured_low(indicator, build, outcome):
    kinds = ["news", "notices", "laws", "interpretation", "organisation"]
    old = build.cutoff - timedelta(800)
    pages = [build.page(f"/{kind}", items=[build.item(f"/{kind}/1", old)]) for kind in kinds]
    home = build.home(columns={kind: (f"/{kind}", kind) for kind in kinds})
    assert outcome(indicator.run(build.evidence(*pages, home=home))) == ("measured", 5)
