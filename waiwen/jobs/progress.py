"""How far a running round is: one snapshot of the archive's index, for a terminal and for machines."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa

from crawler.archive import tables
from crawler.archive.index import Archive
from crawler.model import Failure
from waiwen.jobs.round_counts import earlier_rounds

RECENT = timedelta(minutes=2)  # over which the rate is told
SILENCE = timedelta(seconds=90)  # after which a site that was asked counts as done
_STEPS = ("discover", "crawl", "measure", "score", "report")


@dataclass(frozen=True)
class Snapshot:
    """A round at a moment. `rate`: captures a second over the last minutes; `left`: seconds, where they can be told.

    While a step fetches, a site counts as done when nothing has come from it for 90 seconds; `left` is what the round
    before it of the same roster held more, at this rate.
    """

    round: str
    step: str  # the step that runs or comes next; empty when all are done
    sites: int
    sites_done: int
    captures: int
    blocked: int
    failed: int
    rate: float
    left: float | None
    at: str  # ISO 8601, UTC

    def record(self) -> dict[str, object]:
        """The snapshot as a JSON object."""
        return asdict(self)


def snapshot(archive: Archive, round_name: str, now: datetime) -> Snapshot:
    """Look at a round. `now` is aware."""
    record = archive.round_record(round_name)
    finished = list(record["finished_steps"])
    step = next((name for name in _STEPS if name not in finished), "")
    table = tables.captures
    of_round = table.c.round == round_name
    since = (now - RECENT).astimezone(UTC).isoformat(timespec="microseconds")
    with archive.engine.connect() as connection:
        sites = connection.scalar(sa.select(sa.func.count()).where(tables.sites.c.round == round_name)) or 0
        captures, blocked, failed, first, recent = connection.execute(
            sa.select(
                sa.func.count(),
                sa.func.count(sa.case((table.c.failure == Failure.BLOCKED.value, 1))),
                sa.func.count(table.c.failure),
                sa.func.min(table.c.fetched),
                sa.func.count(sa.case((table.c.fetched > since, 1))),
            ).where(of_round)
        ).one()
        done = _sites_done(connection, round_name, now)
    span = RECENT.total_seconds()
    if first:
        span = min(span, max(1.0, (now - datetime.fromisoformat(first)).total_seconds()))
    rate = recent / span
    left = None if step in ("", "measure", "score", "report") else _left(archive, round_name, captures, rate)
    return Snapshot(
        round=round_name,
        step=step,
        sites=sites,
        sites_done=sites if step in ("measure", "score", "report", "") else done,
        captures=captures,
        blocked=blocked,
        failed=failed - blocked,
        rate=round(rate, 3),
        left=left,
        at=now.astimezone(UTC).isoformat(timespec="seconds"),
    )


def _sites_done(connection: sa.Connection, round_name: str, now: datetime) -> int:
    """Sites that this pass asked, and that nothing came from of late."""
    table = tables.captures
    passes = sa.select(sa.func.max(tables.passes.c.since)).where(tables.passes.c.round == round_name)
    begun = connection.scalar(passes) or 0
    silent = (now - SILENCE).astimezone(UTC).isoformat(timespec="microseconds")
    idle = (
        sa.select(table.c.site_id)
        .where(table.c.round == round_name, table.c.id > begun)
        .group_by(table.c.site_id)
        .having(sa.func.max(table.c.fetched) < silent)
    )
    return connection.scalar(sa.select(sa.func.count()).select_from(idle.subquery())) or 0


def _left(archive: Archive, round_name: str, captures: int, rate: float) -> float | None:
    """Seconds until the round holds as much as the one before it of the same roster; None where nothing tells."""
    earlier = earlier_rounds(archive.engine, round_name, reported=True)
    if not earlier or not rate:
        return None
    return round(max(0, archive.count_captures(earlier[-1]) - captures) / rate)
