from datetime import timedelta

from scoring.indicators.updates_in_30_days import updates_in_30_days


def measure(build, *days_ago):
    pages = [build.page(f"/{i}", published=build.cutoff - timedelta(days=days)) for i, days in enumerate(days_ago)]
    return updates_in_30_days.run(build.evidence(*pages))


def test_a_lively_version_is_measured_high_and_its_newest_pages_are_cited(build, outcome):
    found = measure(build, *range(30))
    assert outcome(found) == ("measured", 30)
    assert str(build.cutoff) in found.evidence[0].cue


def test_what_is_older_than_the_window_does_not_count_and_is_cited(build, outcome):
    found = measure(build, 30, 200)
    assert outcome(found) == ("measured", 0)
    assert str(build.cutoff - timedelta(days=30)) in found.evidence[0].cue
    assert found.n == 2


def test_a_page_dated_after_the_cutoff_proves_nothing(build, outcome):
    assert outcome(measure(build, -1)) == ("not_measured", None)


def test_a_page_and_the_list_that_holds_it_count_once(build, outcome):
    page = build.page("/1", published=build.cutoff)
    home = build.home(items=[build.item("/1", build.cutoff), build.item("/2", build.cutoff)])
    assert outcome(updates_in_30_days.run(build.evidence(page, home=home))) == ("measured", 2)


def test_undated_pages_say_nothing(build, outcome):
    assert outcome(updates_in_30_days.run(build.evidence(build.page("/1")))) == ("not_measured", None)
