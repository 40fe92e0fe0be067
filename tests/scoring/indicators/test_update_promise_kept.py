from datetime import timedelta

import pytest

from crawler.model import Failure
from scoring.indicators.update_promise_kept import update_promise_kept


def measure(build, days_ago, **promise):
    about = build.page("/about", **promise) if promise else build.saved("promise", "/about")
    news = build.page("/1", published=build.cutoff - timedelta(days=days_ago))
    return update_promise_kept.run(build.evidence(about, news)), about, news


def test_a_promise_that_is_kept_is_measured_high_and_cited_with_the_newest_page(build, outcome):
    found, about, news = measure(build, 1)
    assert outcome(found) == ("measured", 1)
    assert [ref.capture for ref in found.evidence] == [about.ref.capture, news.ref.capture]
    assert "updated every working day" in found.evidence[0].cue


def test_a_promise_that_is_broken_is_measured_low(build, outcome):
    assert outcome(measure(build, 30, text="This website is updated daily.")[0]) == ("measured", 0)


@pytest.mark.parametrize(
    ("words", "days", "kept"),
    [("daily", 4, 1), ("daily", 5, 0), ("weekly", 10, 1), ("weekly", 11, 0), ("monthly", 34, 1), ("monthly", 35, 0)],
)
def test_three_days_of_grace_are_given(build, outcome, words, days, kept):
    assert outcome(measure(build, days, text=f"This website is updated {words}.")[0]) == ("measured", kept)


def test_a_promise_in_the_footer_counts(build, outcome):
    assert outcome(measure(build, 1, text="", chrome_text="Updated weekly")[0]) == ("measured", 1)


def test_of_two_promises_the_shorter_binds(build, outcome):
    text = "The gazette is updated monthly. News is updated daily."
    assert outcome(measure(build, 20, text=text)[0]) == ("measured", 0)


def test_a_version_that_promises_nothing_has_nothing_to_keep(build, outcome):
    assert outcome(measure(build, 1, text="Welcome.")[0]) == ("not_applicable", None)


def test_a_promise_over_undated_pages_is_not_measured(build, outcome):
    assert outcome(update_promise_kept.run(build.evidence(build.saved("promise")))) == ("not_measured", None)


@pytest.mark.parametrize(("days", "found"), [(30, ("not_measured", None)), (1, ("measured", 1))])
def test_a_promise_is_not_broken_by_news_that_a_firewall_kept_from_us(build, outcome, days, found):
    home = build.home(columns={"News": ("/news", "news")})
    pages = build.saved("promise", "/about"), build.page("/1", published=build.cutoff - timedelta(days=days))
    blocked = build.failed("/news", Failure.BLOCKED, 403)
    assert outcome(update_promise_kept.run(build.evidence(*pages, home=home, failed=[blocked]))) == found
