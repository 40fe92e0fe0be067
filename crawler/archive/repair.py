"""Closes the WARC files whose writer was killed, so that the index never says what the files do not hold."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from crawler.archive import tables
from crawler.archive.index import Archive, capture_of_row
from crawler.archive.passes import reopen
from crawler.archive.warc import file_sha256
from crawler.errors import ArchiveDamaged, StorageError
from crawler.model import Capture

_CHUNK = 1 << 20  # bytes read, and unpacked, at a time


@dataclass(frozen=True)
class Whole:
    """The part of a WARC file that reads without fault: `starts` of its records, and where the last ends. Bytes."""

    starts: tuple[int, ...]
    end: int


def whole_records(path: Path) -> Whole:
    """Read a file record by record (a gzip member each, with its checksum) up to the first fault or the end."""
    starts: list[int] = []
    begin = end = 0
    with path.open("rb") as file:
        member = zlib.decompressobj(wbits=31)
        data = file.read(_CHUNK)
        while data:
            try:
                member.decompress(data, _CHUNK)
            except zlib.error:
                break
            if member.eof:
                begin, end = end, file.tell() - len(member.unused_data)
                starts.append(begin)
                data = member.unused_data or file.read(_CHUNK)
                member = zlib.decompressobj(wbits=31)
            else:
                data = member.unconsumed_tail or file.read(_CHUNK)
    return Whole(tuple(starts), end)


def mend_round(archive: Archive, round_name: str) -> list[str]:
    """Check and close every file of a round that was left open; returns a sentence for each.

    Only while nobody else works on the round. A torn tail is cut off; captures whose record is lost leave the
    index, and the round's steps are unfinished again, so that those pages are fetched anew. Raises
    ArchiveDamaged where a file is gone or damaged before its end, which no killed writer explains.
    """
    return [
        _mend(archive, round_name, row["name"])
        for row in archive.files()
        if row["round"] == round_name and row["records"] is None
    ]


def _mend(archive: Archive, round_name: str, name: str) -> str:
    path = archive.folder / name
    captures = _captures_in(archive, name)
    if not path.is_file():
        if captures:
            raise ArchiveDamaged(
                f"{path}: gone, and the index names {len(captures)} records in it. Mount its disk or restore it "
                "from a copy, then run the same command again."
            )
        _forget(archive, (), name)
        return f"{name}: its worker was killed before the first record; nothing was lost."
    whole = whole_records(path)
    lost = [capture for capture in captures if capture.offset + capture.length > whole.end]
    size = path.stat().st_size
    if lost and _reads_beyond(archive, lost):
        raise ArchiveDamaged(
            f"{path}: damaged at byte {whole.end}, with readable records behind it. Restore it from a copy, then "
            "run the same command again."
        )
    if lost:
        _forget(archive, lost)
        reopen(archive, round_name)
    if size > whole.end:
        _cut(path, whole.end)
    archive.close_file(name, records=len(whole.starts), size=whole.end, sha256=file_sha256(path))
    cut = f"; {size - whole.end} bytes of a torn record were cut off" if size > whole.end else ""
    again = f"; {len(lost)} captures were lost with it and are fetched again" if lost else ""
    return f"{name}: its worker ended without closing it. Closed now, with {len(whole.starts)} records{cut}{again}."


def _reads_beyond(archive: Archive, captures: Sequence[Capture]) -> bool:
    """Whether any of these captures can be read all the same."""
    for capture in captures:
        try:
            archive.raw_body(capture)
        except ArchiveDamaged:
            continue
        return True
    return False


def _cut(path: Path, size: int) -> None:
    try:
        with path.open("r+b") as file:
            file.truncate(size)
    except OSError as fault:
        raise StorageError(
            f"{path}: cannot be mended ({fault.strerror}). Mend its rights, then run it again."
        ) from fault


def _captures_in(archive: Archive, name: str) -> list[Capture]:
    query = sa.select(tables.captures).where(tables.captures.c.warc_file == name)
    with archive.engine.connect() as connection:
        return [capture_of_row(row) for row in connection.execute(query.order_by(tables.captures.c.id)).mappings()]


def _forget(archive: Archive, captures: Sequence[Capture], file_name: str = "") -> None:
    """Take captures whose records are lost out of the index, and the row of a file that was never made."""
    with archive.engine.begin() as connection:
        for capture in captures:
            connection.execute(tables.captures.delete().where(tables.captures.c.id == capture.id))
        if file_name:
            connection.execute(tables.warc_files.delete().where(tables.warc_files.c.name == file_name))
