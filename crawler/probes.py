"""The visits to home pages, kept in a table of their own beside the archive."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy.engine import Engine, RowMapping

from crawler.availability import Availability, Visit, availability_of
from crawler.model import Failure

metadata = sa.MetaData()  # whoever changes the table adds a revision to waiwen/migrations
probe_table = sa.Table(
    "probe",
    metadata,
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


def store_visits(engine: Engine, visits: Sequence[Visit]) -> None:
    """Keep visits."""
    if visits:
        with engine.begin() as connection:
            connection.execute(probe_table.insert(), [_row(visit) for visit in visits])


def stored_visits(engine: Engine, site: str, version: str, since: datetime, until: datetime) -> tuple[Visit, ...]:
    """The visits to a site's version from `since` on and before `until` (aware), oldest first."""
    table = probe_table
    query = sa.select(table).where(
        table.c.site_id == site,
        table.c.version == version,
        table.c.visited >= _iso(since),
        table.c.visited < _iso(until),
    )
    with engine.connect() as connection:
        rows = connection.execute(query.order_by(table.c.visited, table.c.id)).mappings()
        return tuple(_visit(row) for row in rows)


def availability(engine: Engine, site: str, version: str, since: datetime, until: datetime) -> Availability:
    """Sum up the visits to a site's version from `since` on and before `until` (aware)."""
    return availability_of(stored_visits(engine, site, version, since, until))


def _row(visit: Visit) -> dict[str, object]:
    return asdict(visit) | {"visited": _iso(visit.visited), "failure": visit.failure.value if visit.failure else None}


def _visit(row: RowMapping) -> Visit:
    failure = None if row["failure"] is None else Failure(row["failure"])
    values = {name: row[name] for name in ("site_id", "version", "url", "status", "note", "seconds")}
    return Visit(**values, visited=datetime.fromisoformat(row["visited"]), failure=failure)


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
