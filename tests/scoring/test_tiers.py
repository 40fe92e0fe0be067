import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.rank import competition_ranks
from scoring.ruleset.model import Tier
from scoring.tiers import award_tiers, places

TITLE = {"en": "A tier", "zh": "等级"}


def tier(name, **bound):
    return Tier.model_validate({"id": name, "title": TITLE, **bound})


QUOTAS = (tier("leading", quota=0.1), tier("excellent", quota=0.3))
CUTS = (tier("leading", cut=80), tier("excellent", cut=60))


def awarded(tiers, totals, withheld=()):
    return award_tiers(tiers, totals, competition_ranks(totals), withheld)


def test_a_quota_counts_from_the_top_so_the_second_tier_holds_the_rest_of_its_share():
    totals = {f"s{i}": 100.0 - i for i in range(10)}
    assert awarded(QUOTAS, totals) == {"s0": "leading", "s1": "excellent", "s2": "excellent"}


def test_a_quota_is_rounded_down_and_can_leave_nobody():
    assert awarded(QUOTAS, {f"s{i}": 100.0 - i for i in range(9)}) == {"s0": "excellent", "s1": "excellent"}
    assert awarded(QUOTAS, {"s0": 99.0, "s1": 98.0, "s2": 97.0}) == {}


def test_ties_at_the_last_place_of_a_quota_are_all_in():
    totals = {"a": 90.0, **{f"s{i}": 80.0 for i in range(5)}, **{f"t{i}": 10.0 for i in range(4)}}
    assert awarded((tier("top", quota=0.2),), totals) == dict.fromkeys(["a", "s0", "s1", "s2", "s3", "s4"], "top")


@pytest.mark.parametrize(("quota", "ranked", "expected"), [(0.29, 100, 29), (0.07, 100, 7), (0.1, 30, 3), (1.0, 7, 7)])
def test_a_quota_counts_as_written_not_as_floats_have_it(quota, ranked, expected):
    assert places(quota, ranked) == expected


def test_a_cut_is_reached_at_the_very_figure_and_float_noise_costs_no_award():
    totals = {"at": 80.0, "noise": 80 - 1e-13, "below": 79.999999, "low": 59.0}
    assert awarded(CUTS, totals) == {"at": "leading", "noise": "leading", "below": "excellent"}


def test_a_withheld_site_gets_no_tier_and_passes_its_place_to_nobody():
    totals = {f"s{i}": 100.0 - i for i in range(10)}
    assert awarded(QUOTAS, totals, withheld={"s0"}) == {"s1": "excellent", "s2": "excellent"}


def test_without_tiers_nobody_is_awarded():
    assert awarded((), {"a": 100.0}) == {}


@given(st.dictionaries(st.text(min_size=1, max_size=3), st.integers(0, 5).map(float), min_size=1, max_size=30))
def test_a_better_total_never_gets_a_lesser_tier(totals):
    order = ["leading", "excellent", None]
    for tiers in (QUOTAS, CUTS):
        given_out = awarded(tiers, {name: total * 20 for name, total in totals.items()})
        by_total = sorted(totals, key=totals.__getitem__, reverse=True)
        places_in_order = [order.index(given_out.get(name)) for name in by_total]
        assert places_in_order == sorted(places_in_order)
