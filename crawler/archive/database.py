"""Opening the database, and saying in plain words what is wrong when it can be neither read nor written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine, ExceptionContext

from crawler import probes
from crawler.archive import tables
from crawler.errors import StorageError, WorkspaceError

BUSY_TIMEOUT = 30.0  # seconds that a writer waits for another before it gives up

# SQLite's name of an error → what to do about it; first prefix wins.
_ADVICE = (
    ("SQLITE_BUSY", "Another program keeps it locked. Let that end"),
    ("SQLITE_LOCKED", "Another program keeps it locked. Let that end"),
    ("SQLITE_FULL", "Make room on that disk"),
    ("SQLITE_IOERR", "Make room on that disk, or see what is wrong with it"),
    ("SQLITE_READONLY", "Mend the rights of the file and its folder"),
    ("SQLITE_CANTOPEN", "Mend the rights of the file and its folder"),
    ("SQLITE_CORRUPT", "The file is damaged: restore it from a copy"),
    ("SQLITE_NOTADB", "The file is damaged: restore it from a copy"),
)


def open_database(url: str, busy_timeout: float = BUSY_TIMEOUT) -> Engine:
    """Open a database as `connect_database` does; one that holds nothing gets the tables that a crawl fills.

    The database of a workspace has all of its tables by then: `waiwen.migrations` made them.
    """
    engine = connect_database(url, busy_timeout)
    if not sa.inspect(engine).has_table(tables.rounds.name):
        for metadata in (tables.metadata, probes.metadata):
            metadata.create_all(engine)
    return engine


def connect_database(url: str, busy_timeout: float = BUSY_TIMEOUT) -> Engine:
    """Connect to a database, whatever it holds. SQLite runs in WAL mode with foreign keys.

    `busy_timeout` is how long a writer waits for another, in seconds; the address of an SQLite database may say
    otherwise (`?timeout=120`). Raises WorkspaceError when the database cannot be opened; whatever fails later raises
    StorageError.
    """
    try:
        address = sa.engine.make_url(url)
        patient = address.get_backend_name() == "sqlite" and "timeout" not in address.query
        engine = sa.create_engine(address, connect_args={"timeout": busy_timeout} if patient else {})
        if engine.dialect.name == "sqlite":
            sa.event.listen(engine, "connect", _tune_sqlite)
        with engine.connect():
            pass
    except ModuleNotFoundError as fault:
        raise WorkspaceError(
            f"{engine_name(url)}: needs the Python package {fault.name}. For PostgreSQL: "
            "pip install 'waiwen[postgres]'."
        ) from fault
    except (sa.exc.SQLAlchemyError, OSError) as fault:
        cause = getattr(fault, "orig", None) or fault
        if _error_name(cause).startswith(("SQLITE_BUSY", "SQLITE_FULL", "SQLITE_IOERR")):
            raise _storage_error(engine_name(url), cause) from fault
        words = " ".join(str(cause).split())
        raise WorkspaceError(f"{engine_name(url)}: cannot be used as a database ({words})") from fault
    sa.event.listen(engine, "handle_error", _translate)
    return engine


@contextmanager
def within(engine: Engine, connection: Connection | None) -> Iterator[Connection]:
    """Write in the transaction that is under way on a connection; without one, in a transaction of its own."""
    if connection is not None:
        yield connection
        return
    with engine.begin() as own:
        yield own


def engine_name(url: str) -> str:
    """The database's address without a password."""
    return sa.engine.make_url(url).render_as_string(hide_password=True)


def _tune_sqlite(connection: Any, _record: object) -> None:
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def _translate(context: ExceptionContext) -> None:
    """Turn what the disk, another program or the database's server does to us into a StorageError."""
    fault = context.original_exception
    name = _error_name(fault)
    ours = name == "SQLITE_ERROR" or (
        not name and not isinstance(context.sqlalchemy_exception, sa.exc.OperationalError)
    )
    if not ours and (not name or any(name.startswith(prefix) for prefix, _ in _ADVICE)):
        assert context.engine is not None
        raise _storage_error(engine_name(str(context.engine.url)), fault) from fault


def _error_name(fault: BaseException) -> str:
    return str(getattr(fault, "sqlite_errorname", ""))


def _storage_error(database: str, cause: BaseException) -> StorageError:
    name = _error_name(cause)
    advice = next((words for prefix, words in _ADVICE if name.startswith(prefix)), "See that its server is up")
    words = " ".join(str(cause).split())
    return StorageError(
        f"{database}: {words}. {advice}, then run the same command again: it goes on from here, nothing is lost."
    )
