from dataclasses import replace

import pytest

from scoring.indicators.load_seconds import load_seconds


def measure(build, *seconds):
    pages = [replace(build.page(f"/{i}"), seconds=took) for i, took in enumerate(seconds)]
    return load_seconds.run(build.evidence(*pages))


@pytest.mark.parametrize(("seconds", "value"), [((0.1, 0.2, 0.2, 0.3, 9), 0.2), ((9, 11.04, 16, 8, 12), 11.0)])
def test_the_median_is_measured_low_and_high_and_the_slowest_cited(build, outcome, seconds, value):
    found = measure(build, *seconds)
    assert outcome(found) == ("measured", value)
    assert found.evidence[0].cue == f"{max(seconds):.1f} s"


def test_pages_that_a_browser_alone_saw_have_no_time(build, outcome):
    assert outcome(measure(build, 1, 1, 1, 1, None)) == ("not_measured", None)
