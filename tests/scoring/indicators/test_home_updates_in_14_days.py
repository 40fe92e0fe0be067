from datetime import timedelta

from crawler.extract.facts import Link
from crawler.model import Failure
from scoring.indicators.home_updates_in_14_days import home_updates_in_14_days


def listing(build, *days_ago):
    return [build.item(f"/{i}", build.cutoff - timedelta(days=days)) for i, days in enumerate(days_ago)]


def measure(build, *pages, **home):
    return home_updates_in_14_days.run(build.evidence(*pages, home=build.home(**home)))


def test_fresh_entries_of_the_home_page_are_measured_high_and_cited(build, outcome):
    found = measure(build, items=listing(build, *range(12)))
    assert outcome(found) == ("measured", 12)
    assert found.evidence[0].url == build.url("/")


def test_old_entries_are_measured_low(build, outcome):
    assert outcome(measure(build, items=listing(build, 14, 30, 400))) == ("measured", 0)


def test_what_the_home_page_does_not_list_does_not_count(build, outcome):
    other = build.page("/other", published=build.cutoff)
    assert outcome(measure(build, other, items=listing(build, 1))) == ("measured", 1)


def test_a_linked_page_that_dates_itself_counts(build, outcome):
    page = build.page("/1", published=build.cutoff)
    link = Link(build.url("/1"), "An article", "body")
    found = measure(build, page, links=(link,))
    assert outcome(found) == ("measured", 1)
    assert [ref.capture for ref in found.evidence] == [page.ref.capture]


def test_entries_that_a_firewall_kept_from_us_leave_it_open(build, outcome):
    undated = [build.item("/new")]
    home = build.home(items=[*listing(build, 30, 40, 50, 60, 70), *undated])
    blocked, gone = build.failed("/new", Failure.BLOCKED, 403), build.failed("/new")
    measured = [
        outcome(home_updates_in_14_days.run(build.evidence(home=home, failed=[failed]))) for failed in (blocked, gone)
    ]
    assert measured == [("not_measured", None), ("measured", 0)]


def test_a_gateway_has_nothing_to_measure(build, outcome):
    menu = Link(build.url("/news"), "News", "nav")
    found = measure(build, links=(menu,), columns={"News": ("/news", "news")})
    assert outcome(found) == ("not_applicable", None)


def test_entries_without_any_date_say_nothing(build, outcome):
    assert outcome(measure(build, items=3)) == ("not_measured", None)


def test_lists_that_we_failed_to_read_are_not_taken_for_none(build, outcome):
    assert outcome(measure(build, problems=("items: ValueError broken",))) == ("not_measured", None)


def test_without_the_home_page_nothing_is_measured(build, outcome):
    found = home_updates_in_14_days.run(build.evidence(build.page("/1", published=build.cutoff)))
    assert outcome(found) == ("not_measured", None)
