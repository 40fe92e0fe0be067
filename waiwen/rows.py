"""A database's rows out of one database into another, whatever kind each is: what a backup holds is an SQLite file."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from crawler.archive.database import connect_database, engine_name
from crawler.errors import BadInput
from waiwen.migrations import METADATA, bring_to_head

BATCH = 1000  # rows that are in memory at once


def save_database(engine: Engine, file: Path) -> None:
    """Copy a database as of one moment, whoever is writing, into a new SQLite file. Raises StorageError."""
    if engine.dialect.name == "sqlite":
        source = engine.url.database
        assert source is not None
        with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(file)) as copied:
            live.backup(copied)
        return
    copy = connect_database(f"sqlite:///{file}")
    try:
        bring_to_head(copy)
        # As pg_dump does: every table as of the moment of the first query.
        reading = engine.connect().execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        with reading as source_rows, copy.begin() as target:
            _copy(source_rows, target)
    finally:
        copy.dispose()


@contextmanager
def loaded_database(file: Path, url: str) -> Iterator[None]:
    """Copy an SQLite file's rows into an empty database; they stay only if the context ends well.

    The database gets its tables first. Raises BadInput where it holds anything already.
    """
    engine, saved = connect_database(url), connect_database(f"sqlite:///{file}")
    try:
        bring_to_head(engine)
        with saved.connect() as source, engine.begin() as target:
            full = [table.name for table in _tables() if target.execute(sa.select(table).limit(1)).first()]
            if full:
                raise BadInput(
                    f"{engine_name(url)}: is not empty (it has rows in {', '.join(full)}). "
                    "Give a new database; a restore overwrites nothing."
                )
            _copy(source, target)
            yield
    finally:
        saved.dispose()
        engine.dispose()


def _tables() -> list[sa.Table]:
    return [table for metadata in METADATA for table in metadata.sorted_tables]


def _copy(source: Connection, target: Connection) -> None:
    for table in _tables():
        rows = source.execute(sa.select(table), execution_options={"yield_per": BATCH}).mappings()
        for part in rows.partitions():
            target.execute(table.insert(), [dict(row) for row in part])
        if target.dialect.name == "postgresql":
            _count_on(table, target)


def _count_on(table: sa.Table, target: Connection) -> None:
    """Let a counted key go on after the highest one: PostgreSQL does not count keys that it did not give."""
    column = table.autoincrement_column
    highest = None if column is None else target.scalar(sa.select(sa.func.max(column)))
    if column is not None and highest is not None:
        counter = sa.func.pg_get_serial_sequence(table.name, column.name)
        target.execute(sa.select(sa.func.setval(counter, highest)))
