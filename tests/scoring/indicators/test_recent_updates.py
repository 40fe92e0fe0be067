"""Updates within two weeks and within a month; the window of ninety days has more to it and a test of its own."""

from datetime import timedelta

import pytest

from scoring.indicators.updates_in_14_days import updates_in_14_days
from scoring.indicators.updates_in_30_days import updates_in_30_days


@pytest.fixture(params=[(updates_in_14_days, 14), (updates_in_30_days, 30)], ids=["14 days", "30 days"])
def windowed(request):
    """An indicator and its days."""
    return request.param


def measure(windowed, build, *days_ago):
    pages = [build.page(f"/{i}", published=build.cutoff - timedelta(days=days)) for i, days in enumerate(days_ago)]
    return windowed[0].run(build.evidence(*pages))


def test_a_lively_version_is_measured_high_and_its_newest_pages_are_cited(windowed, build, outcome):
    found = measure(windowed, build, *range(windowed[1]))
    assert outcome(found) == ("measured", windowed[1])
    assert str(build.cutoff) in found.evidence[0].cue


def test_what_is_older_than_the_window_does_not_count_and_is_cited(windowed, build, outcome):
    found = measure(windowed, build, windowed[1], 200)
    assert outcome(found) == ("measured", 0)
    assert str(build.cutoff - timedelta(days=windowed[1])) in found.evidence[0].cue
    assert found.n == 2


def test_a_page_dated_after_the_cutoff_proves_nothing(windowed, build, outcome):
    assert outcome(measure(windowed, build, -1)) == ("not_measured", None)


def test_a_page_and_the_list_that_holds_it_count_once(windowed, build, outcome):
    page = build.page("/1", published=build.cutoff)
    home = build.home(items=[build.item("/1", build.cutoff), build.item("/2", build.cutoff)])
    assert outcome(windowed[0].run(build.evidence(page, home=home))) == ("measured", 2)


def test_undated_pages_say_nothing(windowed, build, outcome):
    assert outcome(windowed[0].run(build.evidence(build.page("/1")))) == ("not_measured", None)
