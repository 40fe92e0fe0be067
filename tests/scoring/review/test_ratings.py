"""What reviewers' marks come to."""

from datetime import UTC, date, datetime

import pytest

from scoring.chinese.sentences import in_chinese
from scoring.evidence import EvidenceRef, Outcome
from scoring.review.ratings import Rating, agreement, panels
from scoring.ruleset.model import IndicatorRule

HOME = EvidenceRef(1, "http://a.example/en/", datetime(2026, 6, 30, tzinfo=UTC), "sha256:0", "a.warc.gz", 0)


def rule(**own):
    marks = [{"mark": mark, "en": "so", "zh": "如此"} for mark in (0, 1, 2, 3, 5)]
    stanza = {"id": "merit", "title": {"en": "Merit", "zh": "评价"}, "kind": "expert", "group": "g", "weight": 5.0}
    more = {"scale": {"full": 5, "zero": 0}, "status": "proposed", "rubric": marks, "reviewers": 3}
    return IndicatorRule.model_validate(stanza | more | own)


def rated(*marks, site="a", **own):
    """A rating each, by reviewers r0, r1, ..."""
    return [
        Rating(site, "en", "merit", f"r{number}", mark, date(2026, 7, 1), "seen", "t.csv line 2", **own)
        for number, mark in enumerate(marks)
    ]


def decided(mark):
    return Rating("a", "en", "merit", "Wang", mark, date(2026, 7, 9), "the form works", "adjudication", True)


def measurement(ratings, **own):
    found = panels(ratings)["a", "en", "merit"].measurement(rule(**own), HOME)
    assert in_chinese(found.note) is not None, found.note
    return found


def test_the_value_is_the_median_and_names_every_mark():
    found = measurement(rated(1, 5, 2))
    assert (found.value, found.n, found.note) == (2, 3, "2, the median of 3 ratings (r0: 1, r1: 5, r2: 2)")
    assert [(ref.url, ref.cue) for ref in found.evidence] == [(HOME.url, "r0: 1, r1: 5, r2: 2")]


def test_the_value_is_the_mean_where_the_rules_say_so():
    assert measurement(rated(0, 1, 5), combine="mean").value == 2


def test_too_few_ratings_are_no_value():
    found = measurement(rated(1, 2))
    assert (found.outcome, found.note) == (Outcome.NOT_MEASURED, "rated by 2 of 3 reviewers (r0: 1, r1: 2)")


def test_marks_too_far_apart_wait_until_somebody_decides():
    apart = rated(0, 5, 3)
    waiting = measurement(apart, differ_at_most=2.0)
    assert waiting.outcome is Outcome.NOT_MEASURED
    assert "lie apart by 5, more than 2" in waiting.note
    after = measurement([*apart, decided(3)], differ_at_most=2.0)
    assert after.value == 3
    assert after.note.startswith("3, decided by Wang on 2026-07-09: the form works (ratings: r0: 0")


def test_a_difference_at_the_bound_passes():
    assert measurement(rated(1, 3, 3), differ_at_most=2.0).value == 3


def test_a_reviewers_later_mark_replaces_the_earlier_and_reopens_what_was_decided():
    reopened = measurement([*rated(0, 5, 3), decided(3), *rated(1)], differ_at_most=2.0)
    assert (reopened.outcome, "r0: 1" in reopened.note) == (Outcome.NOT_MEASURED, True)
    unchanged = measurement([*rated(0, 5, 3), decided(3), *rated(0)], differ_at_most=2.0)
    assert unchanged.value == 3


def test_agreement_is_of_the_versions_that_two_have_rated():
    found = panels([*rated(1, 1), *rated(5, 5, site="b"), *rated(3, site="c")])
    assert agreement(rule(), found) == (1, 2)


@pytest.mark.parametrize("change", [{"combine": "mode"}, {"differ_at_most": -1.0}])
def test_a_stanza_says_only_what_can_be_done(change):
    with pytest.raises(ValueError, match=next(iter(change))):
        rule(**change)
