"""Availability: spaced visits to home pages, kept in a table of their own, and what they say over a span of time.

The rule that they serve is the census's veto on a home page that does not open within 15 s in 5 % or more of
at least 20 spaced visits a day over a week. Visits on which we saw nothing of the site are counted apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy.engine import Engine

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

_metadata = sa.MetaData()
probe_table = sa.Table(
    "probe",
    _metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("site_id", sa.String(64), nullable=False),
    sa.Column("version", sa.String(35), nullable=False),
    sa.Column("url", sa.Text, nullable=False),
    sa.Column("visited", sa.String(32), nullable=False),  # ISO 8601, UTC, microseconds: sorts by time
    sa.Column("status", sa.Integer),
    sa.Column("failure", sa.String(16)),
    sa.Column("note", sa.Text, nullable=False),
    sa.Column("seconds", sa.Float, nullable=False),
    sa.Index("probe_by_version", "site_id", "version", "visited"),
)


@dataclass(frozen=True)
class Home:
    """A home page to visit: of a site's Chinese version (`zh`) or of a foreign one."""

    site_id: str
    version: str
    url: str


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


def store_visits(engine: Engine, visits: Sequence[Visit]) -> None:
    """Keep visits; the table is made where there is none yet."""
    _metadata.create_all(engine)
    if visits:
        with engine.begin() as connection:
            connection.execute(probe_table.insert(), [_row(visit) for visit in visits])


def availability(engine: Engine, site: str, version: str, since: datetime, until: datetime) -> Availability:
    """Sum up the visits to a site's version from `since` on and before `until` (aware)."""
    _metadata.create_all(engine)
    table = probe_table
    query = sa.select(table.c.visited, table.c.failure, table.c.seconds).where(
        table.c.site_id == site,
        table.c.version == version,
        table.c.visited >= _iso(since),
        table.c.visited < _iso(until),
    )
    with engine.connect() as connection:
        rows = [
            (row.visited, Failure(row.failure) if row.failure else None, row.seconds)
            for row in connection.execute(query)
        ]
    return _summed(rows)


def _summed(rows: Iterable[tuple[str, Failure | None, float]]) -> Availability:
    failed = slow = blocked = unseen = 0
    days: Counter[object] = Counter()
    for visited, failure, seconds in rows:
        if failure in UNSEEN:
            blocked += failure is Failure.BLOCKED
            unseen += failure is not Failure.BLOCKED
            continue
        days[datetime.fromisoformat(visited).astimezone(SITE_ZONE).date()] += 1
        if failure not in (None, Failure.TOO_LARGE):  # a page that is too large for us has opened
            failed += 1
        elif seconds >= SLOW:
            slow += 1
    visits = days.total()
    return Availability(
        visits=visits,
        failed=failed,
        slow=slow,
        share=(failed + slow) / visits if visits else None,
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


def _row(visit: Visit) -> dict[str, object]:
    return asdict(visit) | {"visited": _iso(visit.visited), "failure": visit.failure.value if visit.failure else None}


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
