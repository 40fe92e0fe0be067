"""Holds the archive against its index: every file's size and digest, every record that the index names."""

from __future__ import annotations

from sqlalchemy.engine import RowMapping

from crawler.archive.index import Archive
from crawler.archive.warc import file_sha256
from crawler.errors import ArchiveDamaged


def verify(archive: Archive) -> list[str]:
    """Re-read all; returns a sentence for each fault, none where all is well.

    A file that is gone is one fault, not one for each of its records.
    """
    rows = {row["name"]: row for row in archive.files()}
    sizes: dict[str, int | None] = {}
    faults = []
    for name, row in rows.items():
        path = archive.folder / name
        sizes[name] = path.stat().st_size if path.is_file() else None
        faults += _file_faults(archive, row, sizes[name])
    unlisted: set[str] = set()
    for capture in archive.all_captures():
        name = capture.warc_file
        if not name or (name in sizes and sizes[name] is None):
            continue
        if name not in rows and name not in unlisted:
            unlisted.add(name)
            faults.append(f"{name}: captures lie in it, but the index does not list it")
        size, end = sizes.get(name), capture.offset + capture.length
        if size is not None and end > size:
            faults.append(
                f"{capture.final_url}: the index points past the end of {name} (bytes {capture.offset} to {end}, "
                f"the file has {size})"
            )
            continue
        try:
            archive.raw_body(capture)
        except ArchiveDamaged as damage:
            faults.append(f"{capture.final_url}: {damage}")
    return faults


def _file_faults(archive: Archive, row: RowMapping, size: int | None) -> list[str]:
    """What is wrong with a file as a whole; `size` in bytes, None where it is gone."""
    name = row["name"]
    if size is None:
        return [f"{name}: gone from {archive.folder}"]
    if row["records"] is None:
        return [
            f"{name}: not closed; its writer is at work, or was killed. If it was, run the round's command again: "
            "it checks and closes the file"
        ]
    if size != row["bytes"]:
        return [f"{name}: has {size} bytes, not the {row['bytes']} that it was closed with"]
    if file_sha256(archive.folder / name) != row["sha256"]:
        return [f"{name}: its digest is not the one that was noted when it was closed"]
    return []
