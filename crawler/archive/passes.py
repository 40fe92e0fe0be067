"""Passes: one run of a fetching step to its end, over however many interruptions.

Within a pass nothing is asked for again that was answered or has failed; a new pass asks again for what failed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime
from typing import NamedTuple

import sqlalchemy as sa

from crawler.archive import tables
from crawler.archive.index import Archive


def begin_pass(archive: Archive, round_name: str, step: str, stale: Collection[str]) -> int:
    """Begin a pass of a fetching step, or go on with the one that was interrupted.

    Returns the id after which the pass's captures lie. A new pass makes the `stale` steps (this one and those
    that build on it) unfinished.
    """
    table = tables.passes
    done = list(archive.round_record(round_name)["finished_steps"])
    query = sa.select(table).where(table.c.round == round_name).order_by(table.c.number.desc()).limit(1)
    with archive.engine.begin() as connection:
        newest = connection.execute(query).mappings().first()
        if newest is not None and newest["step"] == step and step not in done:
            return int(newest["since"])
        since = _newest_id(connection)
        number = newest["number"] + 1 if newest is not None else 1
        connection.execute(table.insert().values(round=round_name, number=number, step=step, since=since))
        _set_finished(connection, round_name, [name for name in done if name not in stale])
    return since


def reopen(archive: Archive, round_name: str) -> None:
    """Make every step of a round unfinished, where something that they rest on is gone."""
    with archive.engine.begin() as connection:
        _set_finished(connection, round_name, [])


def newest_id(archive: Archive) -> int:
    """The id of the newest capture of any round, 0 where there is none."""
    with archive.engine.connect() as connection:
        return _newest_id(connection)


class Asked(NamedTuple):
    """When an address was last asked for, and what came of it. `elapsed` in seconds."""

    url: str
    status: int | None
    failure: str | None
    fetched: datetime
    elapsed: float
    retry_after: str | None


def asked_since(archive: Archive, moment: datetime) -> Iterator[Asked]:
    """What was asked for in any round since a moment, newest first."""
    table = tables.captures
    columns = (table.c.final_url, table.c.status, table.c.failure, table.c.fetched, table.c.elapsed, table.c.headers)
    query = sa.select(*columns).order_by(table.c.id.desc())
    with archive.engine.connect() as connection:
        for url, status, failure, fetched, elapsed, headers in connection.execution_options(yield_per=200).execute(
            query
        ):
            at = datetime.fromisoformat(fetched)
            if at < moment:
                return
            pause = next((value for name, value in headers if name.lower() == "retry-after"), None)
            yield Asked(url, status, failure, at, elapsed, pause)


def _newest_id(connection: sa.Connection) -> int:
    return connection.scalar(sa.select(sa.func.max(tables.captures.c.id))) or 0


def _set_finished(connection: sa.Connection, round_name: str, steps: list[str]) -> None:
    where = tables.rounds.c.name == round_name
    connection.execute(tables.rounds.update().where(where).values(finished_steps=steps))
