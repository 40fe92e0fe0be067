from datetime import timedelta

import pytest

from scoring.indicators.stale_columns import stale_columns

MENU = {"News": ("/news", "news"), "Laws": ("/laws", "laws"), "Travel": ("/travel", "tourism")}


def measure(build, ages, **options):
    """Measure on columns whose newest entry is so many days old."""
    pages = [
        build.page(path, items=[build.item(f"{path}/1", build.cutoff - timedelta(days)), build.item(f"{path}/2")])
        for path, days in ages.items()
    ]
    return stale_columns.run(build.evidence(*pages, home=build.home(columns=MENU, **options)))


@pytest.mark.parametrize(("news", "laws", "stale"), [(14, 183, 0), (15, 183, 1), (15, 184, 2)])
def test_columns_older_than_the_bound_are_counted_low_and_high(build, outcome, news, laws, stale):
    found = measure(build, {"/news": news, "/laws": laws})
    assert outcome(found) == ("measured", stale)
    assert found.n == 2


def test_other_columns_need_no_news(build, outcome):
    assert outcome(measure(build, {"/news": 1, "/travel": 2000})) == ("measured", 0)


def test_an_article_of_the_column_keeps_it_fresh(build, outcome):
    fresh = build.page("/news/new", published=build.cutoff)
    column = build.page("/news", items=[build.item("/news/1", build.cutoff - timedelta(800))])
    home = build.home(columns=MENU)
    assert outcome(stale_columns.run(build.evidence(column, fresh, home=home))) == ("measured", 0)


def test_undated_and_unseen_columns_are_not_measured(build, outcome):
    assert outcome(measure(build, {})) == ("not_measured", None)
    undated = build.evidence(build.page("/news", items=5), home=build.home(columns=MENU))
    assert outcome(stale_columns.run(undated)) == ("not_measured", None)
    assert outcome(measure(build, {}, problems=("menus: columns were not read",))) == ("not_measured", None)


def test_a_menu_without_such_columns_has_nothing_to_measure(build, outcome):
    home = build.home(columns={"Travel": ("/travel", "tourism")})
    assert outcome(stale_columns.run(build.evidence(home=home))) == ("not_applicable", None)
