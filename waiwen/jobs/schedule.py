"""When a job is due: pure functions of a schedule and of moments that the caller gives.

Cron expressions are read by cronsim, as Debian's cron reads them: a time that the clocks skip in spring runs once,
right after the skip; one that they show twice in autumn runs at the first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from cronsim import CronSim, CronSimError

from crawler.errors import BadInput

LEAST_EVERY = timedelta(minutes=1)
# A fire time this far ahead was claimed under a clock that was wrong; it holds no later one back.
CLOCK_FAULT = timedelta(days=1)
# Where the newest fire time is looked for, nearest first: a year of minutes is half a million of them.
_LOOK_BACK = (timedelta(hours=1), timedelta(days=1), timedelta(days=31), None)
_UNITS = {"m": "minutes", "h": "hours", "d": "days"}
_SPAN = re.compile(r"(\d{1,5})([mhd])")


@dataclass(frozen=True)
class Schedule:
    """When a job runs: exactly one of `cron`, `every` and `at`, inside an observation window.

    `every` counts from the job's anchor, on the world's clock. `first` and `last` are days of `timezone`, both
    inside; `at` is aware. Nothing is due outside the window, not even what was missed in it.
    """

    cron: str = ""
    every: timedelta | None = None
    at: datetime | None = None
    timezone: str = "Asia/Shanghai"
    first: date | None = None
    last: date | None = None

    @property
    def planned(self) -> bool:
        """Whether it has times of its own; else the job runs by hand only."""
        return bool(self.cron or self.every or self.at)

    @property
    def zone(self) -> ZoneInfo:
        """The time zone in which cron fields and the window are read. Raises BadInput where this machine has none."""
        try:
            return ZoneInfo(self.timezone)
        except ZoneInfoNotFoundError as fault:
            raise BadInput(
                f"time zone {self.timezone}: this machine does not know it. Install the package tzdata, "
                "or give the job another (`waiwen jobs edit NAME --timezone ZONE`)."
            ) from fault

    def holds(self, moment: datetime) -> bool:
        """Whether a moment lies inside the observation window."""
        day = moment.astimezone(self.zone).date()
        return (self.first is None or day >= self.first) and (self.last is None or day <= self.last)

    def __str__(self) -> str:
        if not self.planned:
            return "no schedule"
        if self.at:
            words = f"once at {self.at.astimezone(self.zone):%Y-%m-%d %H:%M}"
        elif self.every:
            words = f"every {span_text(self.every)}"
        else:
            words = f"cron {self.cron}"
        begin = f", from {self.first}" if self.first else ""
        end = f", until {self.last}" if self.last else ""
        return f"{words} ({self.timezone}){begin}{end}"


def checked(schedule: Schedule) -> Schedule:
    """Refuse a schedule that cannot be kept. Raises BadInput with every problem."""
    problems = []
    told = (("--cron", schedule.cron), ("--every", schedule.every), ("--at", schedule.at))
    given = [name for name, value in told if value not in ("", None)]
    if len(given) > 1:
        problems.append(f"{' and '.join(given)}: give one of them, a job has one schedule")
    if schedule.timezone not in available_timezones():
        problems.append(
            f"--timezone {schedule.timezone}: no such time zone. Write it as Asia/Shanghai or Europe/Berlin"
        )
    elif schedule.cron:
        try:
            CronSim(schedule.cron, datetime.now(schedule.zone))
        except CronSimError as fault:
            problems.append(f"--cron {schedule.cron!r}: {fault}. Write minute hour day month weekday, as 0 2 * * 1")
    if schedule.every is not None and schedule.every < LEAST_EVERY:
        problems.append("--every: a minute is the least")
    if schedule.first and schedule.last and schedule.last < schedule.first:
        problems.append(f"--until {schedule.last} lies before --from {schedule.first}")
    if problems:
        raise BadInput("\n".join(problems))
    return schedule


def parse_span(text: str) -> timedelta:
    """Read `30m`, `6h` or `2d`. Raises BadInput."""
    found = _SPAN.fullmatch(text.strip())
    if not found:
        raise BadInput(f"--every {text}: write it as 30m, 6h or 2d")
    return timedelta(**{_UNITS[found[2]]: int(found[1])})


def span_text(span: timedelta) -> str:
    """A span as `parse_span` reads it."""
    minutes = int(span.total_seconds()) // 60
    if minutes % (24 * 60) == 0:
        return f"{minutes // (24 * 60)}d"
    return f"{minutes // 60}h" if minutes % 60 == 0 else f"{minutes}m"


def fires(schedule: Schedule, anchor: datetime, after: datetime) -> Iterator[datetime]:
    """The fire times after a moment, in UTC, in order. `anchor` (aware) is what `every` counts from."""
    for moment in _fires(schedule, anchor, after.astimezone(UTC)):
        if schedule.last and moment.astimezone(schedule.zone).date() > schedule.last:
            return
        if schedule.holds(moment):
            yield moment


def _fires(schedule: Schedule, anchor: datetime, after: datetime) -> Iterator[datetime]:
    if schedule.first:
        opening = datetime.combine(schedule.first, datetime.min.time(), schedule.zone).astimezone(UTC)
        after = max(after, opening - timedelta(seconds=1))
    if schedule.at:
        if schedule.at > after:
            yield schedule.at.astimezone(UTC)
    elif schedule.every:
        turns = (after - anchor) // schedule.every + 1
        moment = anchor.astimezone(UTC) + max(1, turns) * schedule.every
        while True:
            yield moment
            moment += schedule.every
    elif schedule.cron:
        for moment in CronSim(schedule.cron, after.astimezone(schedule.zone)):
            yield moment.astimezone(UTC)


def due(schedule: Schedule, anchor: datetime, since: datetime, now: datetime) -> datetime | None:
    """The newest fire time after `since` and not after `now`: what was missed is made up for once.

    `since` is the newest fire time that was run, or the anchor; one that lies far ahead of `now` counts as the
    mistake of a clock. None where nothing is due.
    """
    if not schedule.holds(now):
        return None
    for span in _LOOK_BACK:
        after = since if span is None else max(since, now - span)
        passed = list(takewhile(lambda moment: moment <= now, fires(schedule, anchor, after)))
        if passed:
            return passed[-1]
    return None
