import random

from hypothesis import given
from hypothesis import strategies as st

from scoring.rank import competition_ranks

TOTALS = st.dictionaries(st.text(max_size=4), st.floats(min_value=0, max_value=100), max_size=30)
COARSE = st.dictionaries(st.text(max_size=4), st.integers(0, 4).map(float), max_size=30)


def test_equal_totals_share_a_rank_and_the_next_one_counts_them_all():
    assert competition_ranks({"d": 60.0, "b": 80.0, "c": 80.0, "a": 90.0}) == {"a": 1, "b": 2, "c": 2, "d": 4}


def test_totals_that_differ_only_in_float_noise_share_a_rank():
    assert competition_ranks({"a": 0.1 + 0.2, "b": 0.3}) == {"a": 1, "b": 1}


def test_totals_that_look_alike_when_displayed_do_not_share_a_rank():
    assert competition_ranks({"a": 79.996, "b": 80.004}) == {"a": 2, "b": 1}
    assert competition_ranks({"a": 80.000001, "b": 80.000002}) == {"a": 2, "b": 1}


def test_names_that_look_like_numbers_stay_apart():
    assert competition_ranks({"1": 10.0, "01": 20.0, "1.0": 30.0}) == {"1": 3, "01": 2, "1.0": 1}


def test_nobody_gives_no_ranks():
    assert competition_ranks({}) == {}


@given(TOTALS | COARSE)
def test_a_rank_is_one_more_than_the_number_of_better_sites(totals):
    rounded = {name: round(total, 9) for name, total in totals.items()}
    expected = {name: 1 + sum(other > own for other in rounded.values()) for name, own in rounded.items()}
    assert competition_ranks(totals) == expected


@given(COARSE, st.randoms(use_true_random=False))
def test_the_order_of_sites_changes_no_rank(totals, shuffler: random.Random):
    shuffled = dict(shuffler.sample(list(totals.items()), len(totals)))
    assert competition_ranks(shuffled) == competition_ranks(totals)
