"""`waiwen backup` and `waiwen restore`: a whole workspace in one tar file, every member with its digest."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import IO, Annotated, Any

import typer
from rich.console import Console

from crawler.archive.warc import file_sha256
from crawler.errors import ArchiveDamaged, BadInput, StorageError
from waiwen.migrations import HEAD
from waiwen.options import WorkspaceOption
from waiwen.screen import safe
from waiwen.workspace import Workspace, open_workspace

MANIFEST = "manifest.json"
DATABASE = "waiwen.db"
FORMAT = 1
_ROOMS = ("archive", "reports")  # folders of a workspace that a backup holds

FileArgument = Annotated[Path, typer.Argument(metavar="FILE.tar")]


def backup(file: FileArgument, workspace: WorkspaceOption = Path("workspace")) -> None:
    """Write a workspace's database, WARC files and reports to one file. Rounds may be running meanwhile."""
    if file.exists():
        raise BadInput(f"{file}: exists. Give another name; a backup overwrites nothing.")
    place = open_workspace(workspace)
    count = write_backup(place, file, datetime.now(UTC))
    words = (
        f"{file}: {count} files, {file.stat().st_size} bytes. `waiwen restore {file} --workspace DIR` brings it back."
    )
    Console(highlight=False).print(safe(words), markup=False, soft_wrap=True)


def restore(
    file: FileArgument, workspace: Annotated[Path, typer.Option(help="A new or empty folder.")] = Path("workspace")
) -> None:
    """Bring a workspace back from a backup, every file checked against its digest; all or nothing."""
    count = read_backup(file, workspace)
    place = open_workspace(workspace)
    words = (
        f"{workspace}: {count} files, {len(place.archive.round_names())} rounds. `waiwen archive verify` re-reads all."
    )
    Console(highlight=False).print(safe(words), markup=False, soft_wrap=True)


def write_backup(place: Workspace, file: Path, now: datetime) -> int:
    """Write the tar file; returns how many files it holds. Raises ArchiveDamaged, StorageError; leaves nothing then."""
    if not place.database.startswith("sqlite"):
        raise BadInput("backup: copies SQLite databases. For PostgreSQL use pg_dump, and copy the archive's folder.")
    partial = file.with_name(f".{file.name}.partial")
    try:
        with tempfile.TemporaryDirectory(dir=file.absolute().parent) as folder, tarfile.open(partial, "w") as tar:
            copy = Path(folder) / DATABASE
            _copy_database(place, copy)
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


def _copy_database(place: Workspace, copy: Path) -> None:
    """A copy of one moment, whoever is writing: SQLite's backup interface."""
    source = place.archive.engine.url.database
    assert source is not None
    with closing(sqlite3.connect(source)) as live, closing(sqlite3.connect(copy)) as target:
        live.backup(target)


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


def read_backup(file: Path, folder: Path) -> int:
    """Bring a backup's files into a new or empty folder; returns how many. Raises BadInput, and leaves nothing then."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BadInput(f"{folder}: is not empty. Give a new --workspace; a restore overwrites nothing.")
    partial = folder.absolute().with_name(f".{folder.absolute().name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    try:
        partial.mkdir(parents=True)
        with tarfile.open(file, "r:") as tar:
            members = _manifest(tar, file)
            for name, stated in members.items():
                _extract(tar, name, stated, partial / PurePosixPath(name), file)
        if folder.exists():
            folder.rmdir()
        partial.rename(folder)
    except (OSError, tarfile.TarError) as fault:
        raise BadInput(f"{file}: cannot be restored to {folder} ({fault}).") from fault
    finally:
        shutil.rmtree(partial, ignore_errors=True)
    return len(members)


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


def _extract(tar: tarfile.TarFile, name: str, stated: dict[str, Any], path: Path, file: Path) -> None:
    """Write one member, by its content alone: neither its links nor its rights are taken over."""
    try:
        member = tar.getmember(name)
    except KeyError:
        raise BadInput(f"{file}: {name} is missing from it. Nothing was restored.") from None
    content = tar.extractfile(member) if member.isreg() else None
    if content is None:
        raise BadInput(f"{file}: {name} is no plain file. Nothing was restored.")
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as target:
        shutil.copyfileobj(content, target)
    if path.stat().st_size != stated.get("bytes") or file_sha256(path) != stated.get("sha256"):
        raise BadInput(f"{file}: {name} is not what its digest says. Take another copy. Nothing was restored.")
