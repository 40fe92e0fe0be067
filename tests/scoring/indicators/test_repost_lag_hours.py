from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from crawler.extract.facts import DateFact
from scoring.evidence import Pair
from scoring.indicators.repost_lag_hours import repost_lag_hours

NOON = datetime(2026, 9, 1, 12, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


def at(when, *, timed):
    return DateFact(when.date(), "minute" if timed else "day", "label", "", (), when if timed else None)


def measure(build, hours, *, timed=True):
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
    return repost_lag_hours.run(build.evidence(*pages, pairs=pairs, chinese_pages=chinese))


def dated(page, fact):
    return replace(page, facts=replace(page.facts, published=fact))


def test_the_median_of_the_hours_is_measured_and_the_slowest_cited(build, outcome):
    found = measure(build, [2, 5, 30, 1, 8])
    assert outcome(found) == ("measured", 5)
    assert found.n == 5
    assert found.evidence[0].cue == "Xinhua: 30 hours after the Chinese page"


def test_a_repost_that_came_first_is_not_late(build, outcome):
    assert outcome(measure(build, [-3] * 6)) == ("measured", 0)


def test_days_alone_are_no_hours(build, outcome):
    assert outcome(measure(build, [2, 5, 30, 1, 8], timed=False)) == ("not_measured", None)


def test_fewer_than_five_say_nothing(build, outcome):
    assert outcome(measure(build, [1, 2, 3, 4])) == ("not_measured", None)
