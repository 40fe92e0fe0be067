import pytest

from scoring.indicators.mobile_viewport import mobile_viewport


def measure(build, *meta):
    return mobile_viewport.run(build.evidence(home=build.home(meta=meta)))


@pytest.mark.parametrize("content", ["width=device-width, initial-scale=1", "initial-scale=1, Width = Device-Width"])
def test_a_viewport_of_the_devices_width_earns_the_point(build, outcome, content):
    found = measure(build, ("viewport", content))
    assert outcome(found) == ("measured", 1)
    assert content in found.evidence[0].cue


@pytest.mark.parametrize("meta", [(), (("viewport", "width=1200"),), (("description", "width=device-width"),)])
def test_a_fixed_or_missing_viewport_earns_nothing(build, outcome, meta):
    found = measure(build, *meta)
    assert outcome(found) == ("measured", 0)
    assert found.evidence[0].cue.startswith("viewport: ")


def test_a_home_page_that_only_sends_its_reader_on_is_not_measured(build, outcome):
    home = build.home(text="", onward=(build.onward("/real"),))
    assert outcome(mobile_viewport.run(build.evidence(home=home))) == ("not_measured", None)


def test_without_the_home_page_nothing_is_measured(build, outcome):
    found = mobile_viewport.run(build.evidence(build.page(meta=(("viewport", "width=device-width"),))))
    assert outcome(found) == ("not_measured", None)


def test_tags_that_we_failed_to_read_are_not_taken_for_missing_ones(build, outcome):
    home = build.home(problems=("meta: ValueError broken",))
    assert outcome(mobile_viewport.run(build.evidence(home=home))) == ("not_measured", None)
