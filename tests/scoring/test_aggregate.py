import math
import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.aggregate import category_scores, coverage_of, total_of
from scoring.evidence import Measurement, Outcome
from scoring.scorecard import CategoryScore, Line

WEIGHTS = {"one": 60.0, "two": 40.0}
UNSEEN = Measurement(Outcome.NOT_MEASURED)


def line(category, weight, scaled, name="x"):
    points = None if scaled is None else weight * scaled / 100
    return Line(name, category, "g", "share", weight, "proposed", UNSEEN, scaled, points)


LINES = st.lists(
    st.builds(
        line,
        st.sampled_from(["one", "two"]),
        st.floats(min_value=0.1, max_value=50),
        st.none() | st.floats(min_value=0, max_value=100),
    ),
    max_size=12,
)


def test_a_left_out_line_takes_its_weight_with_it():
    (score, _) = category_scores(WEIGHTS, [line("one", 20, 50), line("one", 40, None)])
    assert (score.score, score.coverage) == (50, pytest.approx(1 / 3))


def test_a_zero_line_keeps_its_weight():
    (score, _) = category_scores(WEIGHTS, [line("one", 20, 50), line("one", 40, 0)])
    assert score.score == pytest.approx(100 * 10 / 60)
    assert score.coverage == 1


def test_a_category_without_a_line_that_counts_has_no_score_and_costs_nothing():
    scores = category_scores(WEIGHTS, [line("one", 60, 80), line("two", 40, None)])
    assert scores[1] == CategoryScore("two", 40.0, None, 0.0)
    assert total_of(scores) == 80


def test_the_total_weighs_categories_by_their_own_weight_not_by_what_could_be_measured_in_them():
    scores = category_scores(WEIGHTS, [line("one", 1, 100), line("one", 59, None), line("two", 40, 0)])
    assert total_of(scores) == 60


def test_without_any_score_there_is_no_total():
    assert total_of(category_scores(WEIGHTS, [])) is None
    assert coverage_of([]) == 0


def test_coverage_counts_weight_not_lines():
    assert coverage_of([line("one", 30, 0), line("one", 10, None)]) == 0.75


@given(LINES)
def test_totals_and_coverage_stay_within_their_bounds(lines):
    total = total_of(category_scores(WEIGHTS, lines))
    assert total is None or 0 <= total <= 100
    assert 0 <= coverage_of(lines) <= 1


@given(LINES, st.randoms(use_true_random=False))
def test_the_order_of_the_lines_does_not_move_the_last_bit(lines, shuffler: random.Random):
    shuffled = shuffler.sample(lines, len(lines))
    assert category_scores(WEIGHTS, lines) == category_scores(WEIGHTS, shuffled)


@given(LINES, st.data())
def test_more_points_on_one_line_never_lower_the_total(lines, data):
    counted = [i for i, each in enumerate(lines) if each.scaled is not None]
    if not counted:
        return
    at = data.draw(st.sampled_from(counted))
    scaled = data.draw(st.floats(min_value=lines[at].scaled, max_value=100))
    better = [*lines]
    better[at] = replace(lines[at], scaled=scaled, points=lines[at].weight * scaled / 100)
    before, after = (total_of(category_scores(WEIGHTS, each)) for each in (lines, better))
    assert after >= before
    assert math.isfinite(after)
