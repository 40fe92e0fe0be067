import pytest

from scoring.evidence import Outcome, measured
from scoring.readings.sampled import sampled_share

WORDS = {"of": "news items", "note": "3 of 12 news items are translated", "sample": "all that were captured"}


def test_a_share_carries_its_sample_its_interval_and_how_it_was_drawn(bench):
    found = sampled_share(3, 12, fewest=5, evidence=[bench.ref], **WORDS)
    assert (found.value, found.n) == (0.25, 12)
    assert found.interval == (pytest.approx(0.0889, abs=5e-5), pytest.approx(0.5323, abs=5e-5))
    assert found.note == "3 of 12 news items are translated (95% interval 9% to 53%; all that were captured)"


def test_too_small_a_sample_says_nothing(bench):
    found = sampled_share(3, 4, fewest=5, evidence=[bench.ref], **WORDS)
    assert (found.outcome, found.note) == (Outcome.NOT_MEASURED, "only 4 news items, at least 5 are needed")


def test_a_share_without_a_page_to_show_is_not_measured():
    assert sampled_share(3, 12, fewest=5, evidence=[], **WORDS).outcome is Outcome.NOT_MEASURED


@pytest.mark.parametrize("share", [0, 7])
def test_all_and_nothing_lie_inside_their_intervals(bench, share):
    assert sampled_share(share, 7, fewest=5, evidence=[bench.ref], **WORDS).value == share / 7


@pytest.mark.parametrize("interval", [(0.3, 0.4), (0.1, 0.2)])
def test_an_interval_that_does_not_hold_the_value_is_refused(bench, interval):
    with pytest.raises(ValueError, match="interval"):
        measured(0.25, note="", evidence=[bench.ref], n=12, interval=interval)
