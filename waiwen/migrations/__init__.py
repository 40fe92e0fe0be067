"""The database's schema through time: every change of a table is a revision, run when a workspace is opened."""

from __future__ import annotations

import logging
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from crawler import probes
from crawler.archive import tables as archive_tables
from crawler.archive.database import engine_name
from crawler.errors import WorkspaceError
from scoring import store
from scoring.review import store as review
from waiwen.alerts import table as alerts_table
from waiwen.jobs import table as jobs_table

logger = logging.getLogger(__name__)

# All tables of the database. A test holds the newest revision against them.
METADATA = [
    archive_tables.metadata,
    probes.metadata,
    store.metadata,
    review.metadata,
    jobs_table.metadata,
    alerts_table.metadata,
]
# The newest revision. Written here so that a workspace at head is opened without reading the revisions.
HEAD = "0007"

_VERSIONS = sa.table("alembic_version", sa.column("version_num", sa.String))
# Any number, the same for all of us: who holds it on a PostgreSQL server is the one that migrates.
_ADVISORY_LOCK = 7_916_233
_FOLDER = Path(__file__).parent


def revision_of(engine: Engine) -> str | None:
    """The revision that a database stands at: None where it is new, or older than revisions are."""
    if not sa.inspect(engine).has_table(_VERSIONS.name):
        return None
    with engine.connect() as connection:
        return connection.scalar(sa.select(_VERSIONS.c.version_num))


def bring_to_head(engine: Engine) -> None:
    """Make the schema of a new database, and upgrade that of an older one; all or nothing.

    An upgrade is said in the log. Raises WorkspaceError for a database that a newer waiwen made, or (on
    PostgreSQL) one whose collation or encoding would change what is written.
    """
    found = revision_of(engine)
    if found == HEAD:
        return
    if found is not None and found not in _known():
        raise WorkspaceError(
            f"{_name(engine)}: made by a newer waiwen (schema {found}; this one knows schemas up to {HEAD}). "
            "Use that version, or another --workspace."
        )
    existed = sa.inspect(engine).has_table("round")
    with engine.connect() as connection:
        _begin_alone(connection)
        _require_byte_order(connection)
        _alembic("upgrade", connection, HEAD)
        connection.commit()
    if existed:
        logger.warning("%s: schema upgraded from %s to %s.", _name(engine), found or "before revisions", HEAD)


def downgrade(engine: Engine, revision: str) -> None:
    """Take the schema back to an older revision, `base` for an empty database. What newer tables held is lost."""
    if revision not in ("base", *_known()):
        raise WorkspaceError(f"{revision!r}: no schema of this waiwen. It knows base, {', '.join(_known())}.")
    with engine.connect() as connection:
        _begin_alone(connection)
        _alembic("downgrade", connection, revision)
        connection.commit()


def _begin_alone(connection: Connection) -> None:
    """Begin the transaction of a migration: nobody else migrates or, on SQLite, writes meanwhile."""
    if connection.dialect.name == "sqlite":
        # A table that is changed is copied and dropped; with foreign keys on, its rows' references would go with it.
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.exec_driver_sql("BEGIN IMMEDIATE")  # the driver begins none for statements that change tables
    else:
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_ADVISORY_LOCK)))


def _require_byte_order(connection: Connection) -> None:
    """Refuse a PostgreSQL database that sorts by a country's rules: reports would differ from machine to machine."""
    if connection.dialect.name != "postgresql":
        return
    by_bytes = connection.scalar(sa.text("SELECT 'B' < 'a' AND current_setting('server_encoding') = 'UTF8'"))
    if not by_bytes:
        raise WorkspaceError(
            f"{_name(connection.engine)}: sorts text by a country's rules or is not in UTF-8, so that reports would "
            "differ from those of other machines. Make the database with "
            "`createdb --template=template0 --encoding=UTF8 --locale=C.UTF-8 NAME`."
        )


def _known() -> list[str]:
    from alembic.script import ScriptDirectory  # noqa: PLC0415 - only where there is something to migrate

    revisions = ScriptDirectory(str(_FOLDER)).walk_revisions()
    return [revision.revision for revision in revisions][::-1]


def _alembic(command: str, connection: Connection, revision: str) -> None:
    from alembic import command as commands  # noqa: PLC0415 - only where there is something to migrate
    from alembic.config import Config  # noqa: PLC0415

    config = Config(attributes={"connection": connection, "metadata": METADATA})
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    getattr(commands, command)(config, revision)


def _name(engine: Engine) -> str:
    return engine_name(engine.url.render_as_string(hide_password=False))
