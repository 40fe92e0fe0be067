"""A workspace folder: the database, the archive's WARC files, logs and reports."""

from __future__ import annotations

import os
import uuid
from dataclasses import dataclass
from pathlib import Path

from crawler.archive.database import connect_database
from crawler.archive.index import Archive
from crawler.errors import WorkspaceError
from scoring.store import Store
from waiwen.migrations import bring_to_head

DATABASE_VARIABLE = "WAIWEN_DATABASE_URL"
ARCHIVE_VARIABLE = "WAIWEN_ARCHIVE"


@dataclass(frozen=True)
class Workspace:
    """An open workspace. `database` is an SQLAlchemy URL."""

    folder: Path
    database: str
    archive: Archive
    store: Store

    @property
    def logs(self) -> Path:
        """Where the workers write their logs."""
        return self.folder / "logs"

    def prepare(self) -> None:
        """Make the folders that a crawl writes to. Raises WorkspaceError where they cannot be written."""
        for folder in (self.logs, self.archive.folder):
            require_writable(folder)

    def reports(self, round_name: str) -> Path:
        """Where a round's reports go."""
        return self.folder / "reports" / round_name


def open_workspace(folder: Path, *, create: bool = False) -> Workspace:
    """Open a workspace; with `create`, make it where there is none.

    An older database is upgraded. Raises WorkspaceError when it is missing, no folder, cannot be written, or was
    made by a newer waiwen.
    """
    database = os.environ.get(DATABASE_VARIABLE) or f"sqlite:///{folder.absolute() / 'waiwen.db'}"
    if folder.exists() and not folder.is_dir():
        raise WorkspaceError(f"{folder}: is a file, not a folder. Give another --workspace.")
    if not create and not (folder / "waiwen.db").exists() and DATABASE_VARIABLE not in os.environ:
        raise WorkspaceError(
            f"{folder}: no workspace here (no waiwen.db). Start one with `waiwen audit SITES.csv` or `waiwen jobs add`."
        )
    require_writable(folder)
    engine = connect_database(database)
    bring_to_head(engine)
    archive = Path(os.environ.get(ARCHIVE_VARIABLE) or folder / "archive")
    return Workspace(folder, database, Archive(engine, archive), Store(engine))


def require_writable(folder: Path) -> None:
    """Make a folder where there is none. Raises WorkspaceError where it cannot be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / f".probe-{uuid.uuid4().hex}"
        probe.touch()
        probe.unlink()
    except OSError as fault:
        raise WorkspaceError(
            f"{folder}: cannot be written ({fault.strerror}). Give another --workspace, or mend its rights."
        ) from fault
