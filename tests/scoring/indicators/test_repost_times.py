"""How long reposts took: their hours, and how many came within a day."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from crawler.extract.facts import DateFact
from scoring.evidence import Pair
from scoring.indicators.repost_lag_hours import repost_lag_hours
from scoring.indicators.reposts_within_24h import reposts_within_24h

NOON = datetime(2026, 9, 1, 12, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


def at(when, *, timed):
    return DateFact(when.date(), "minute" if timed else "day", "label", "", (), when if timed else None)


def measure(indicator, build, hours, *, timed=True):
    """Reposts that came so many hours after the Chinese page."""
    pages, chinese, pairs = [], [], []
    for i, late in enumerate(hours):
        ours, theirs = f"/r/{i}", f"https://www.example.gov.cn/r/{i}"
        when = NOON + timedelta(hours=late)
        pages.append(build.page(ours, source="Xinhua", published=when.date()))
        chinese.append(build.chinese(theirs, published=NOON.date()))
        pairs.append(Pair(build.url(ours), theirs, 0.9, ("figures",), when.date(), NOON.date(), True))
        pages[-1] = dated(pages[-1], at(when, timed=timed))
        chinese[-1] = dated(chinese[-1], at(NOON, timed=timed))
    return indicator.run(build.evidence(*pages, pairs=pairs, chinese_pages=chinese))


def dated(page, fact):
    return replace(page, facts=replace(page.facts, published=fact))


def test_times_to_the_minute_tell_a_day_exactly(build, outcome):
    found = measure(reposts_within_24h, build, [1, 23, 24, 25, 90])
    assert outcome(found) == ("measured", 3 / 5)
    assert found.n == 5
    assert found.evidence[0].cue == "Xinhua: 2026-09-02, dated by the Chinese version's own page"


def test_of_days_alone_the_next_day_is_left_open(build, outcome):
    found = measure(reposts_within_24h, build, [0, 1, 2, 3, 24, 48, 72], timed=False)
    assert outcome(found) == ("measured", 4 / 6)
    assert found.n == 6


def test_a_dateline_dates_a_repost_without_counterpart(build, outcome):
    text = "BEIJING, Aug. 30 (Xinhua) -- "
    days = [date(2026, 8, 30), date(2026, 8, 30), date(2026, 9, 1), date(2026, 9, 9), date(2026, 9, 20)]
    pages = [build.page(f"/r/{i}", text=text + build.long, published=day) for i, day in enumerate(days)]
    assert outcome(reposts_within_24h.run(build.evidence(*pages, pairs=[]))) == ("measured", 2 / 5)


def test_a_repost_without_any_date_of_its_original_is_left_out(build, outcome):
    pages = [build.page(f"/r/{i}", source="Xinhua", published=date(2026, 9, 1)) for i in range(9)]
    assert outcome(reposts_within_24h.run(build.evidence(*pages, pairs=[]))) == ("not_measured", None)


def test_the_median_of_the_hours_is_measured_and_the_slowest_cited(build, outcome):
    found = measure(repost_lag_hours, build, [2, 5, 30, 1, 8])
    assert outcome(found) == ("measured", 5)
    assert found.n == 5
    assert found.evidence[0].cue == "Xinhua: 30 hours after the Chinese page"


def test_a_repost_that_came_first_is_not_late(build, outcome):
    assert outcome(measure(repost_lag_hours, build, [-3] * 6)) == ("measured", 0)


def test_days_alone_are_no_hours(build, outcome):
    assert outcome(measure(repost_lag_hours, build, [2, 5, 30, 1, 8], timed=False)) == ("not_measured", None)


def test_fewer_than_five_say_nothing(build, outcome):
    assert outcome(measure(repost_lag_hours, build, [1, 2, 3, 4])) == ("not_measured", None)


def test_a_page_dated_before_its_original_without_times_is_not_timed(build, outcome):
    assert outcome(measure(repost_lag_hours, build, [-48] * 6, timed=False)) == ("not_measured", None)
    assert outcome(measure(reposts_within_24h, build, [-48] * 6, timed=False)) == ("measured", 1)
