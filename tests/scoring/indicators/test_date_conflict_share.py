from dataclasses import replace
from datetime import date

import pytest

from scoring.indicators.date_conflict_share import date_conflict_share

DAY = date(2026, 9, 1)


def page(build, i, *conflicts):
    dated = build.page(f"/{i}", published=DAY)
    return replace(dated, facts=replace(dated.facts, published=replace(dated.facts.published, conflicts=conflicts)))


def measure(build, *conflicts, n=5):
    pages = [page(build, i, *(conflicts[i] if i < len(conflicts) else ())) for i in range(n)]
    return date_conflict_share.run(build.evidence(*pages))


def test_pages_that_agree_with_themselves_are_measured_low(build, outcome):
    assert outcome(measure(build)) == ("measured", 0)


def test_pages_of_two_dates_are_measured_high_and_cited(build, outcome):
    found = measure(build, ("label:Published=2019-09-01",), ("url=2026-08-01",))
    assert outcome(found) == ("measured", 2 / 5)
    assert "against label:Published=2019-09-01" in found.evidence[0].cue


@pytest.mark.parametrize("conflict", ["label=2026-09-02", "label=2026-08-31", "label=soon"])
def test_a_day_more_or_less_is_no_conflict(build, outcome, conflict):
    assert outcome(measure(build, (conflict,))) == ("measured", 0)


def test_fewer_than_five_dated_pages_say_nothing(build, outcome):
    assert outcome(measure(build, n=4)) == ("not_measured", None)
