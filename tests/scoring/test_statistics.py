import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.statistics import quantile, quantile_interval, wilson_interval


# Newcombe, Statistics in Medicine 17 (1998), table I, method 3.
@pytest.mark.parametrize(
    ("successes", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0000, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_interval_agrees_with_the_published_examples(successes, n, low, high):
    assert wilson_interval(successes, n) == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))


def test_no_sample_says_nothing():
    assert wilson_interval(0, 0) == (0.0, 1.0)


@pytest.mark.parametrize(("successes", "n"), [(-1, 5), (6, 5), (0, -1)])
def test_more_successes_than_trials_are_refused(successes, n):
    with pytest.raises(ValueError, match="successes"):
        wilson_interval(successes, n)


@given(st.integers(1, 10_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_holds_the_share_and_mirrors_with_it(sample):
    successes, n = sample
    low, high = wilson_interval(successes, n)
    assert 0 <= low <= successes / n + 1e-12
    assert successes / n - 1e-12 <= high <= 1
    mirrored = wilson_interval(n - successes, n)
    assert mirrored == (pytest.approx(1 - high), pytest.approx(1 - low))


def test_a_quantile_lies_between_its_neighbours():
    assert quantile([4, 1, 3, 2], 0.5) == 2.5
    assert quantile(range(1, 12), 0.9) == 10
    assert quantile([7], 0.9) == 7


# Ranks as in the tables of nonparametric intervals for the median (Conover 1999, table A3, two-sided 95%).
@pytest.mark.parametrize(("n", "low", "high"), [(6, 1, 6), (10, 2, 9), (20, 6, 15)])
def test_the_interval_of_the_median_is_made_of_the_tabled_ranks(n, low, high):
    assert quantile_interval(range(1, n + 1), 0.5) == (low, high)


def test_too_few_values_have_no_interval():
    assert quantile_interval([1, 2, 3, 4, 5], 0.5) is None
    assert quantile_interval(range(20), 0.9) is None


@given(st.lists(st.integers(0, 400), min_size=1, max_size=60), st.sampled_from([0.5, 0.9]))
def test_the_interval_of_a_quantile_holds_it(values, part):
    interval = quantile_interval(values, part)
    assert interval is None or interval[0] <= quantile(values, part) <= interval[1]
