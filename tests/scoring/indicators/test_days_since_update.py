from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from crawler.model import Failure
from scoring.indicators.days_since_update import days_since_update


def test_the_newest_dated_page_counts_and_is_cited(build, outcome):
    new = build.page("/new", published=date(2026, 10, 24))
    found = days_since_update.run(build.evidence(build.page("/old", published=date(2020, 1, 1)), new))
    assert outcome(found) == ("measured", 7)
    assert found.evidence[0].capture == new.ref.capture
    assert "2026-10-24" in found.evidence[0].cue


def test_a_version_nobody_keeps_up_is_years_behind(build, outcome):
    found = days_since_update.run(build.evidence(build.page(published=date(2023, 10, 31))))
    assert outcome(found) == ("measured", 1096)


def test_a_page_dated_on_the_cut_off_is_zero_days_old(build, outcome):
    assert outcome(days_since_update.run(build.evidence(build.page(published=build.cutoff)))) == ("measured", 0)


def test_a_date_after_the_cut_off_is_not_used(build, outcome):
    pages = [build.page("/a", published=date(2026, 11, 1)), build.page("/b", published=date(2026, 10, 1))]
    assert outcome(days_since_update.run(build.evidence(*pages))) == ("measured", 30)
    assert outcome(days_since_update.run(build.evidence(pages[0]))) == ("not_measured", None)


def test_undated_pages_are_not_taken_for_stale_ones(build, outcome):
    assert outcome(days_since_update.run(build.evidence(build.page()))) == ("not_measured", None)


def test_a_list_entry_is_an_update_too_where_its_page_was_not_captured(build, outcome):
    listed = build.page("/list", items=[build.item("/list/9", date(2026, 10, 24), "Ninth entry")])
    found = days_since_update.run(build.evidence(build.page("/about", published=date(2019, 1, 1)), listed))
    assert outcome(found) == ("measured", 7)
    assert [ref.cue for ref in found.evidence] == ["Ninth entry: 2026-10-24"]


def test_old_pages_say_nothing_where_a_firewall_kept_the_news_from_us(build, outcome):
    home = build.home(columns={"News": ("/news", "news")})
    old = build.page("/about", published=date(2019, 1, 1))
    blocked = build.failed("/news", Failure.BLOCKED, 403)
    assert outcome(days_since_update.run(build.evidence(old, home=home, failed=[blocked]))) == ("not_measured", None)


def test_an_old_article_says_nothing_where_the_other_entries_of_an_undated_list_were_not_seen(build, outcome):
    home = build.home(columns={"News": ("/news", "news")})
    pages = build.page("/news", items=3), build.page("/news/2", published=date(2019, 1, 1))
    for failed in [build.failed(f"/news/{i}", Failure.BLOCKED, 403) for i in range(2)], []:
        found = days_since_update.run(build.evidence(*pages, home=home, failed=failed))
        assert outcome(found) == ("not_measured", None)
        assert found.evidence


def test_a_fresh_page_counts_whatever_else_was_not_seen(build, outcome):
    home = build.home(columns={"News": ("/news", "news")})
    fresh = build.page("/about", published=date(2026, 10, 30))
    assert outcome(days_since_update.run(build.evidence(fresh, home=home))) == ("measured", 1)


@given(st.lists(st.dates(date(1990, 1, 1), date(2026, 10, 31)), min_size=1, max_size=6), st.randoms())
def test_the_order_of_pages_changes_nothing(build, days, chance):
    pages = [build.page(f"/{i}", published=day) for i, day in enumerate(days)]
    value = days_since_update.run(build.evidence(*pages)).value
    chance.shuffle(pages)
    assert days_since_update.run(build.evidence(*pages)).value == value == (build.cutoff - max(days)).days
