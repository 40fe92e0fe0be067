from datetime import timedelta

import pytest

from crawler.availability import Visit
from crawler.model import Failure
from scoring.indicators.availability_share import availability_share


def visits(build, n, failure=None, seconds=0.5):
    start = build.ref("/").fetched - timedelta(days=6)
    times = [start + timedelta(hours=i) for i in range(n)]
    return [Visit("s1", "en", build.root, time, None, failure, "", seconds) for time in times]


def measure(build, *groups):
    return availability_share.run(
        build.evidence(home=build.home(), visits=[visit for group in groups for visit in group])
    )


def test_visits_that_all_open_are_measured_high(build, outcome):
    found = measure(build, visits(build, 40))
    assert outcome(found) == ("measured", 1)
    assert found.n == 40


@pytest.mark.parametrize(("failure", "seconds"), [(Failure.TIMEOUT, 30), (Failure.HTTP_ERROR, 0.1), (None, 15)])
def test_visits_that_fail_or_take_fifteen_seconds_are_measured_low(build, outcome, failure, seconds):
    assert outcome(measure(build, visits(build, 10), visits(build, 30, failure, seconds))) == ("measured", 0.25)


@pytest.mark.parametrize("failure", [Failure.BLOCKED, Failure.ROBOTS, Failure.GUARD, Failure.OTHER])
def test_visits_that_say_nothing_of_the_site_are_left_out(build, outcome, failure):
    assert outcome(measure(build, visits(build, 20), visits(build, 60, failure))) == ("measured", 1)
    assert outcome(measure(build, visits(build, 60, failure))) == ("not_measured", None)


def test_fewer_than_twenty_visits_say_nothing(build, outcome):
    assert outcome(measure(build, visits(build, 19))) == ("not_measured", None)
