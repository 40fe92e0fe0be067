"""Krippendorff's alpha by the worked example of its author."""

import pytest

from scoring.review.agreement import alpha

# Krippendorff, Computing Krippendorff's Alpha-Reliability (2011): four observers, twelve units, some not observed.
OBSERVERS = ("123321412...", "1233224125.3", ".3332342251.", "12332441251.")
UNITS = [[float(row[unit]) for row in OBSERVERS if row[unit] != "."] for unit in range(12)]


@pytest.mark.parametrize(("metric", "published"), [("ordinal", 0.815), ("interval", 0.849)])
def test_the_published_example_gives_the_published_figures(metric, published):
    assert alpha(UNITS, metric) == pytest.approx(published, abs=0.0005)


def test_agreement_is_one_and_the_opposite_is_below_chance():
    assert alpha([[1, 1], [5, 5], [3, 3]], "interval") == 1
    assert alpha([[1, 5], [5, 1]], "interval") < 0


def test_order_counts_by_places_and_intervals_by_figures():
    """Stretching the scale moves no place."""
    near, far = [[1, 2], [2, 2], [3, 3], [1, 1]], [[1, 2], [2, 2], [30, 30], [1, 1]]
    assert alpha(near, "ordinal") == pytest.approx(alpha(far, "ordinal"))
    assert alpha(near, "interval") < alpha(far, "interval")


@pytest.mark.parametrize("units", [[], [[1], [2]], [[3, 3], [3, 3]]])
def test_without_two_marks_or_without_any_difference_there_is_nothing_to_say(units):
    assert alpha(units, "ordinal") is None
