from datetime import UTC, date, datetime, timedelta
from itertools import islice
from time import perf_counter
from zoneinfo import ZoneInfo

import pytest

from crawler.errors import BadInput
from waiwen.jobs.schedule import Schedule, checked, due, fires, parse_span, span_text

BERLIN = "Europe/Berlin"


def utc(*parts):
    return datetime(*parts, tzinfo=UTC)


def between(schedule, begin, end):
    return [moment for moment in islice(fires(schedule, begin, begin), 200) if moment <= end]


def test_a_weekday_is_cron_s_own_monday_in_the_job_s_time_zone():
    found = next(fires(Schedule(cron="0 2 * * 1"), utc(2026, 11, 26), utc(2026, 11, 26)))
    assert found == utc(2026, 11, 29, 18)
    assert found.astimezone(ZoneInfo("Asia/Shanghai")).strftime("%a %H:%M") == "Mon 02:00"


def test_an_hour_that_the_clocks_skip_or_show_twice_runs_a_daily_job_once_a_day():
    daily = Schedule(cron="30 2 * * *", timezone=BERLIN)
    assert between(daily, utc(2026, 3, 28, 12), utc(2026, 3, 30, 12)) == [utc(2026, 3, 29, 1), utc(2026, 3, 30, 0, 30)]
    assert between(daily, utc(2026, 10, 24, 12), utc(2026, 10, 26, 12)) == [
        utc(2026, 10, 25, 0, 30),
        utc(2026, 10, 26, 1, 30),
    ]


def test_an_hourly_job_runs_every_hour_that_there_is():
    hourly = Schedule(cron="0 * * * *", timezone=BERLIN)
    for day in (utc(2026, 3, 28, 20), utc(2026, 10, 24, 20)):
        found = between(hourly, day, day + timedelta(hours=10))
        assert found == [day + timedelta(hours=hour) for hour in range(1, 11)]


def test_every_counts_from_the_anchor_whatever_the_clocks_do():
    six = Schedule(every=timedelta(hours=6), timezone=BERLIN)
    anchor = utc(2026, 3, 28, 5)
    assert between(six, anchor, utc(2026, 3, 29, 12)) == [anchor + timedelta(hours=6 * n) for n in range(1, 6)]
    assert next(fires(six, anchor, anchor + timedelta(hours=6))) == anchor + timedelta(hours=12)


def test_what_was_missed_is_due_once_and_as_the_newest():
    hourly = Schedule(cron="0 * * * *")
    assert due(hourly, utc(2026, 1, 1), utc(2026, 1, 1), utc(2026, 1, 5, 7, 30)) == utc(2026, 1, 5, 7)
    assert due(hourly, utc(2026, 1, 1), utc(2026, 1, 5, 7), utc(2026, 1, 5, 7, 30)) is None


def test_a_one_off_is_due_from_its_time_on_until_it_was_run():
    once = Schedule(at=utc(2026, 12, 1))
    assert due(once, utc(2026, 11, 1), utc(2026, 11, 1), utc(2026, 11, 30)) is None
    assert due(once, utc(2026, 11, 1), utc(2026, 11, 1), utc(2026, 12, 2)) == utc(2026, 12, 1)
    assert due(once, utc(2026, 11, 1), utc(2026, 12, 1), utc(2026, 12, 2)) is None


def test_nothing_is_due_outside_the_observation_window():
    window = Schedule(cron="0 3 * * *", first=date(2026, 7, 1), last=date(2026, 7, 3))
    zone = window.zone
    found = list(fires(window, utc(2026, 1, 1), utc(2026, 1, 1)))
    assert [moment.astimezone(zone).day for moment in found] == [1, 2, 3]
    after = datetime(2026, 7, 4, 0, 1, tzinfo=zone)
    assert due(window, utc(2026, 1, 1), utc(2026, 1, 1), after) is None
    assert due(window, utc(2026, 1, 1), utc(2026, 1, 1), after - timedelta(minutes=2)) == found[-1]


def test_spans_are_written_as_they_are_read():
    for text in ("30m", "6h", "2d", "90m"):
        assert span_text(parse_span(text)) == text


@pytest.mark.parametrize(
    ("schedule", "told"),
    [
        (Schedule(cron="0 25 * * *"), "Bad hour"),
        (Schedule(cron="0 2 * *"), "minute hour day month weekday"),
        (Schedule(cron="0 2 * * 1", timezone="Asia/Peking"), "no such time zone"),
        (Schedule(cron="0 2 * * 1", every=timedelta(hours=1)), "--cron and --every"),
        (Schedule(every=timedelta(0)), "a minute is the least"),
        (Schedule(every=timedelta(seconds=5)), "a minute is the least"),
        (Schedule(first=date(2026, 2, 1), last=date(2026, 1, 1)), "lies before"),
    ],
)
def test_a_schedule_that_cannot_be_kept_is_refused(schedule, told):
    with pytest.raises(BadInput, match=told):
        checked(schedule)


def test_a_year_of_missed_minutes_is_looked_through_at_once():
    now = datetime(2026, 11, 27, tzinfo=UTC)
    begun = perf_counter()
    for plan in (Schedule(cron="* * * * *"), Schedule(every=timedelta(minutes=1)), Schedule(cron="0 0 1 1 *")):
        assert now - due(plan, now - timedelta(days=365), now - timedelta(days=365), now) < timedelta(days=331)
    assert perf_counter() - begun < 2
