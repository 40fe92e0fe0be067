"""Surveys and interviews: entries of the past year in a column of their kind."""

from datetime import date

import pytest

from crawler.model import Failure
from scoring.indicators.interviews_in_a_year import interviews_in_a_year
from scoring.indicators.surveys_in_a_year import surveys_in_a_year


@pytest.fixture(
    params=[(surveys_in_a_year, "survey"), (interviews_in_a_year, "interview")], ids=["survey", "interview"]
)
def counted(request):
    """An indicator, and the type of the column that it reads."""
    return request.param


@pytest.mark.parametrize("n", [1, 8])
def test_entries_of_the_past_year_are_counted_low_and_high(counted, build, outcome, n):
    indicator, kind = counted
    items = [build.item(f"/s/{i}", date(2026, 1 + i, 1), f"Entry {i}") for i in range(n)]
    items += [build.item("/s/old", date(2025, 10, 31)), build.item("/s/none"), build.item("/s/later", date(2027, 1, 1))]
    found = indicator.run(build.column(kind, build.page("/column", items=items)))
    assert outcome(found) == ("measured", n)
    assert found.evidence[0].cue == f"Entry {n - 1}: {items[n - 1].date}"


def test_an_opened_entry_counts_where_it_is_in_the_language(counted, build, outcome):
    indicator, kind = counted
    column = build.page("/column", items=[build.item("/1", date(2026, 9, 1)), build.item("/2", date(2026, 9, 1))])
    opened = [build.page("/1", column_type=kind, published=date(2026, 9, 1)), build.page("/2", body="zh")]
    home = build.home(columns={"The column": ("/column", kind)})
    found = indicator.run(build.evidence(column, *opened, home=home))
    assert outcome(found) == ("measured", 1)


def test_old_entries_an_empty_column_and_a_missing_one_are_none(counted, build, outcome):
    indicator, kind = counted
    old = build.page("/column", items=[build.item(f"/s/{i}", date(2020, 1, 1)) for i in range(3)])
    assert outcome(indicator.run(build.column(kind, old))) == ("measured", 0)
    assert outcome(indicator.run(build.column(kind, build.page("/column")))) == ("measured", 0)
    assert outcome(indicator.run(build.column(kind, build.page("/column", text="")))) == ("measured", 0)
    assert outcome(indicator.run(build.column("news", build.page("/column")))) == ("measured", 0)


def test_undated_entries_and_an_unseen_column_are_not_measured(counted, build, outcome):
    indicator, kind = counted
    assert outcome(indicator.run(build.column(kind, build.page("/column", items=3)))) == ("not_measured", None)
    assert outcome(indicator.run(build.column(kind))) == ("not_measured", None)


@pytest.mark.parametrize("path", ["/2", "/other"])
def test_what_a_firewall_kept_from_us_leaves_the_count_open(counted, build, outcome, path):
    indicator, kind = counted
    column = build.page("/column", items=[build.item("/1", date(2026, 9, 1)), build.item("/2")])
    home = build.home(columns={"The column": ("/column", kind), "Another": ("/other", kind)})
    other = [] if path == "/other" else [build.page("/other", text=build.short)]
    failed = [build.failed(path, Failure.BLOCKED, 403)]
    assert outcome(indicator.run(build.evidence(column, *other, home=home, failed=failed))) == ("not_measured", None)
