"""`waiwen backup` and `waiwen restore`: a whole workspace in one tar file, every member with its digest."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import IO, Annotated, Any

import sqlalchemy as sa
import typer
from rich.console import Console

from crawler.archive.database import connect_database
from crawler.archive.warc import file_sha256
from crawler.errors import ArchiveDamaged, BadInput, StorageError, WaiwenError, WorkspaceError
from scoring.reports.wording import counted
from waiwen.migrations import HEAD, bring_to_head
from waiwen.options import DEFAULT_WORKSPACE, WorkspaceOption
from waiwen.rows import loaded_database, save_database
from waiwen.screen import safe
from waiwen.workspace import ARCHIVE_VARIABLE, DATABASE_VARIABLE, Workspace, open_workspace

MANIFEST = "manifest.json"
DATABASE = "waiwen.db"
FORMAT = 1
_ROOMS = ("archive", "reports")  # folders of a workspace that a backup holds

FileArgument = Annotated[Path, typer.Argument(metavar="FILE.tar")]


def backup(file: FileArgument, workspace: WorkspaceOption = DEFAULT_WORKSPACE) -> None:
    """Write a workspace's database, WARC files and reports to one file. Rounds may be running meanwhile."""
    if file.exists():
        raise BadInput(f"{file}: exists. Give another name; a backup overwrites nothing.")
    if not file.absolute().parent.is_dir():
        raise BadInput(f"{file}: its folder does not exist. Make it first, or give another place.")
    place = open_workspace(workspace)
    count = write_backup(place, file, datetime.now(UTC))
    words = f"{file}: {counted(count, 'file')}, {file.stat().st_size} bytes."
    words += f" `waiwen restore {file} --workspace DIR` brings it back."
    Console(highlight=False).print(safe(words), markup=False, soft_wrap=True)


def restore(
    file: FileArgument, workspace: Annotated[Path, typer.Option(help="A new or empty folder.")] = DEFAULT_WORKSPACE
) -> None:
    """Bring a workspace back from a backup, every file checked against its digest; all or nothing.

    Its database goes where WAIWEN_DATABASE_URL says, if that is set: an empty one of either kind.
    """
    archive = os.environ.get(ARCHIVE_VARIABLE)
    count = read_backup(file, workspace, os.environ.get(DATABASE_VARIABLE), Path(archive) if archive else None)
    place = open_workspace(workspace)
    words = (
        f"{workspace}: {counted(count, 'file')}, {counted(len(place.archive.round_names()), 'round')}. "
        "`waiwen archive verify` re-reads all."
    )
    Console(highlight=False).print(safe(words), markup=False, soft_wrap=True)


def write_backup(place: Workspace, file: Path, now: datetime) -> int:
    """Write the tar file; returns how many files it holds. Raises ArchiveDamaged, StorageError; leaves nothing then."""
    partial = file.with_name(f".{file.name}.partial")
    try:
        with tempfile.TemporaryDirectory(dir=file.absolute().parent) as folder, tarfile.open(partial, "w") as tar:
            copy = Path(folder) / DATABASE
            save_database(place.archive.engine, copy)
            # The files after the database: they only grow, so they hold all that the copy names.
            members = {name: _add(tar, path, name, size) for name, path, size in _files(place, copy)}
            told = {"format": FORMAT, "schema": HEAD, "made": now.isoformat(timespec="seconds"), "files": members}
            content = json.dumps(told, indent=1, sort_keys=True).encode()
            info = tarfile.TarInfo(MANIFEST)
            info.size = len(content)
            tar.addfile(info, io.BytesIO(content))
        partial.rename(file)
    except OSError as fault:
        raise StorageError(f"{file}: cannot be written ({fault.strerror or fault}). Nothing is left of it.") from fault
    finally:
        partial.unlink(missing_ok=True)
    return len(members)


def _files(place: Workspace, copy: Path) -> Iterator[tuple[str, Path, int]]:
    """What a backup holds: name in it, path, size in bytes (of a file that is being written: as of now)."""
    yield DATABASE, copy, copy.stat().st_size
    with closing(sqlite3.connect(copy)) as database:
        listed = database.execute("SELECT name, records, bytes FROM warc_file ORDER BY name").fetchall()
    for name, records, size in listed:
        path = place.archive.folder / name
        if path.is_file():
            yield f"archive/{name}", path, path.stat().st_size if records is None else size
        elif records is not None:
            raise ArchiveDamaged(
                f"{path}: the index names this WARC file, but it is gone. Run `waiwen archive verify`."
            )
    reports = place.folder / "reports"
    for path in sorted(reports.rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield f"reports/{path.relative_to(reports).as_posix()}", path, path.stat().st_size


class _Hashing:
    """Reads a file and takes its digest on the way."""

    def __init__(self, file: IO[bytes]) -> None:
        self.digest = hashlib.sha256()
        self._file = file

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        self.digest.update(data)
        return data


def _add(tar: tarfile.TarFile, path: Path, name: str, size: int) -> dict[str, Any]:
    info = tarfile.TarInfo(name)
    info.size, info.mode, info.mtime = size, 0o644, int(path.stat().st_mtime)
    with path.open("rb") as file:
        hashing = _Hashing(file)
        tar.addfile(info, hashing)
    return {"bytes": size, "sha256": hashing.digest.hexdigest()}


def read_backup(file: Path, folder: Path, database: str | None = None, archive: Path | None = None) -> int:
    """Bring a backup's files into a new or empty folder; returns how many. Raises BadInput, and leaves nothing then.

    The rows go into `database` (SQLAlchemy's URL of an empty one), else stay `waiwen.db` in the folder; the WARC files
    go into `archive`, else into the folder.
    """
    rooms = _Rooms.of(folder.absolute(), archive.absolute() if archive else None)
    rooms.require_empty()
    moved = False
    try:
        with tarfile.open(file, "r:") as tar:
            members = _manifest(tar, file)
            held = {member.name: member for member in tar}  # asked one by one, it would search all for each
            rooms.prepare()
            for name, stated in members.items():
                _extract(tar, held.get(name), name, stated, rooms.partial(name), file)
        saved = rooms.partial(DATABASE)
        _require_database(saved, file)
        with _rows_in(database, saved):
            moved = True
            rooms.move()
        return len(members)
    except BaseException as fault:
        if moved:
            rooms.undo()
        if isinstance(fault, OSError | tarfile.TarError):
            raise BadInput(f"{file}: cannot be restored to {folder} ({fault}).") from fault
        raise
    finally:
        rooms.clear()


@dataclass(frozen=True)
class _Rooms:
    """Where a restored workspace goes: everything is made beside its place, and moved there at the end.

    `archive` is the place of the WARC files where that is outside the folder.
    """

    folder: Path
    archive: Path | None
    warc_folder: str  # within the folder, where it is inside

    @classmethod
    def of(cls, folder: Path, archive: Path | None) -> _Rooms:
        if archive is None or archive == folder:
            return cls(folder, None, "archive")
        inside = archive.is_relative_to(folder)
        return cls(folder, None if inside else archive, str(archive.relative_to(folder)) if inside else "")

    def _places(self) -> list[Path]:
        return [self.folder, *([self.archive] if self.archive else [])]

    def partial(self, name: str) -> Path:
        """Where a file of the backup is made."""
        parts = PurePosixPath(name).parts
        if parts[0] != "archive":
            return _beside(self.folder).joinpath(*parts)
        root = _beside(self.archive) if self.archive else _beside(self.folder) / self.warc_folder
        return root.joinpath(*parts[1:])

    def require_empty(self) -> None:
        for place in self._places():
            if place.exists() and (not place.is_dir() or any(place.iterdir())):
                raise BadInput(f"{place}: is not empty. Give a new place; a restore overwrites nothing.")

    def prepare(self) -> None:
        self.clear()
        for place in self._places():
            _beside(place).mkdir(parents=True)

    def move(self) -> None:
        for place in self._places():
            if place.exists():
                place.rmdir()
            _beside(place).rename(place)

    def undo(self) -> None:
        """Take back what was moved."""
        for place in self._places():
            shutil.rmtree(place, ignore_errors=True)

    def clear(self) -> None:
        for place in self._places():
            shutil.rmtree(_beside(place), ignore_errors=True)


def _beside(place: Path) -> Path:
    return place.with_name(f".{place.name}.partial")


def _require_database(path: Path, file: Path) -> None:
    """Refuse a backup whose database cannot be used, and bring an older one to today's schema. Raises BadInput."""
    try:
        engine = connect_database(f"sqlite:///{path}")
        try:
            if not sa.inspect(engine).has_table("round"):
                raise WorkspaceError(f"{path}: has no rounds' table.")
            bring_to_head(engine)
        finally:
            engine.dispose()
    except WaiwenError as fault:
        words = str(fault).replace(str(path), DATABASE)
        raise BadInput(f"{file}: its database cannot be used. {words} Nothing was restored.") from fault


@contextmanager
def _rows_in(database: str | None, saved: Path) -> Iterator[None]:
    """The rows in the database that was named, if any: then they are in no file of the workspace."""
    if database is None:
        yield
        return
    with loaded_database(saved, database):
        saved.unlink()
        yield


def _manifest(tar: tarfile.TarFile, file: Path) -> dict[str, dict[str, Any]]:
    """The files that the manifest names, each with its size and digest. Raises BadInput for a name that leads out."""
    try:
        content = tar.extractfile(MANIFEST)
        assert content is not None
        told = json.load(content)
        members: dict[str, dict[str, Any]] = told["files"]
        names = [PurePosixPath(name) for name in members]
    except (KeyError, ValueError, TypeError, AssertionError) as fault:
        raise BadInput(f"{file}: no backup of a workspace, or cut off (it has no readable {MANIFEST}).") from fault
    if told.get("format") != FORMAT:
        raise BadInput(f"{file}: a backup of format {told.get('format')}; this waiwen reads format {FORMAT}.")
    for name in names:
        inside = name.parts == (DATABASE,) or (len(name.parts) > 1 and name.parts[0] in _ROOMS)
        if not inside or ".." in name.parts or name.is_absolute():
            raise BadInput(f"{file}: names {str(name)!r}, which is no file of a workspace. Nothing was restored.")
    return members


def _extract(
    tar: tarfile.TarFile, member: tarfile.TarInfo | None, name: str, stated: dict[str, Any], path: Path, file: Path
) -> None:
    """Write one member, by its content alone: neither its links nor its rights are taken over."""
    if member is None:
        raise BadInput(f"{file}: {name} is missing from it. Nothing was restored.")
    content = tar.extractfile(member) if member.isreg() else None
    if content is None:
        raise BadInput(f"{file}: {name} is no plain file. Nothing was restored.")
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as target:
        shutil.copyfileobj(content, target)
    if path.stat().st_size != stated.get("bytes") or file_sha256(path) != stated.get("sha256"):
        raise BadInput(f"{file}: {name} is not what its digest says. Take another copy. Nothing was restored.")
