from datetime import timedelta

from scoring.indicators.longest_gap_days import longest_gap_days


def measure(build, *days_ago, **parts):
    pages = [build.page(f"/{i}", published=build.cutoff - timedelta(days=days)) for i, days in enumerate(days_ago)]
    return longest_gap_days.run(build.evidence(*pages, **parts))


def test_weekly_news_has_a_short_gap(build, outcome):
    assert outcome(measure(build, *range(0, 200, 7))) == ("measured", 7)


def test_the_longest_silence_is_found_between_updates_and_both_ends_are_cited(build, outcome):
    found = measure(build, 1, 5, 95, 100)
    assert outcome(found) == ("measured", 90)
    days = [str(build.cutoff - timedelta(days=days)) for days in (95, 5)]
    assert all(day in ref.cue for day, ref in zip(days, found.evidence, strict=True))


def test_the_silence_up_to_the_cutoff_counts(build, outcome):
    assert outcome(measure(build, 40, 45)) == ("measured", 40)


def test_a_version_given_up_years_ago_is_measured_low_and_its_last_page_is_cited(build, outcome):
    found = measure(build, 1500)
    assert outcome(found) == ("measured", 180)
    assert str(build.cutoff - timedelta(days=1500)) in found.evidence[0].cue


def test_what_lies_before_the_first_update_is_no_gap(build, outcome):
    assert outcome(measure(build, 0, 10)) == ("measured", 10)


def test_an_update_on_the_day_of_the_cutoff_alone_leaves_no_gap(build, outcome):
    assert outcome(measure(build, 0)) == ("measured", 0)


def test_a_news_column_that_was_not_fetched_leaves_it_open(build, outcome):
    found = measure(build, 1, 100, home=build.home(columns={"News": ("/news", "news")}))
    assert outcome(found) == ("not_measured", None)


def test_undated_pages_say_nothing(build, outcome):
    assert outcome(longest_gap_days.run(build.evidence(build.page("/1")))) == ("not_measured", None)
