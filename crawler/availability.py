"""Availability: what spaced visits to a home page say of it over a span of time.

The rule that they serve is the census's veto on a home page that does not open within 15 s in 5 % or more of
at least 20 spaced visits a day over a week. Visits on which we saw nothing of the site are counted apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from crawler.manners import SITE_ZONE
from crawler.model import Failure
from crawler.scope import host_of, registered_domain

# 政府网站普查 2015, veto V1: seconds to open, visits a day.
SLOW = 15.0
VISITS_A_DAY = 20
# Of these we learn nothing about the site: it, or we, kept us from looking.
UNSEEN = frozenset({Failure.BLOCKED, Failure.ROBOTS, Failure.GUARD, Failure.OTHER})
# What every host seems to suffer at once is our own line's fault; so few hosts may suffer it by chance.
_OUR_LINE = frozenset({Failure.DNS, Failure.NO_ANSWER, Failure.TIMEOUT})
_HOSTS_FOR_OUTAGE = 3
OUTAGE_NOTE = "No site at all could be reached on this visit: our own connection was down."


@dataclass(frozen=True)
class Visit:
    """One look at a home page. `seconds` is what its answers took, redirects included, waits of ours not."""

    site_id: str
    version: str
    url: str
    visited: datetime
    status: int | None
    failure: Failure | None
    note: str
    seconds: float

    @property
    def blocked(self) -> bool:
        """Whether a firewall answered in the site's place."""
        return self.failure is Failure.BLOCKED


@dataclass(frozen=True)
class Availability:
    """How a home page could be reached over a span of time.

    `visits` are those that say something about the site; of these `failed` gave no page and `slow` took 15 s
    or more; `share` (0..1) is their part together, None without visits. `blocked` and `unseen` (robots.txt,
    the guard, our own faults) are counted apart. `full_days` is the number of calendar days (Asia/Shanghai)
    with at least 20 visits.
    """

    visits: int
    failed: int
    slow: int
    share: float | None
    blocked: int
    unseen: int
    full_days: int


def availability_of(visits: Iterable[Visit]) -> Availability:
    """Sum up visits to one version's home page."""
    failed = slow = blocked = unseen = 0
    days: Counter[date] = Counter()
    for visit in visits:
        if visit.failure in UNSEEN:
            blocked += visit.blocked
            unseen += not visit.blocked
            continue
        days[visit.visited.astimezone(SITE_ZONE).date()] += 1
        if visit.failure not in (None, Failure.TOO_LARGE):  # a page that is too large for us has opened
            failed += 1
        elif visit.seconds >= SLOW:
            slow += 1
    total = days.total()
    return Availability(
        visits=total,
        failed=failed,
        slow=slow,
        share=(failed + slow) / total if total else None,
        blocked=blocked,
        unseen=unseen,
        full_days=sum(count >= VISITS_A_DAY for count in days.values()),
    )


def without_our_outage(visits: Sequence[Visit]) -> list[Visit]:
    """The visits of one sweep; where none of three bodies or more could be reached, the fault is called ours."""
    bodies = {registered_domain(host_of(visit.url)) for visit in visits}
    if len(bodies) < _HOSTS_FOR_OUTAGE or any(visit.failure not in _OUR_LINE for visit in visits):
        return list(visits)
    return [replace(visit, failure=Failure.OTHER, note=OUTAGE_NOTE) for visit in visits]
