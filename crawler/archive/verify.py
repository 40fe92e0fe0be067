"""Holds the archive against its index: every file's size and digest, every record that the index names."""

from __future__ import annotations

from crawler.archive.index import Archive
from crawler.archive.warc import file_sha256
from crawler.errors import ArchiveDamaged


def verify(archive: Archive) -> list[str]:
    """Re-read all; returns a sentence for each fault, none where all is well."""
    faults = []
    for row in archive.files():
        path = archive.folder / row["name"]
        if not path.is_file():
            faults.append(f"{row['name']}: gone from {archive.folder}")
        elif row["sha256"] is not None and file_sha256(path) != row["sha256"]:
            faults.append(f"{row['name']}: its digest is not the one that was noted when it was closed")
    for capture in archive.all_captures():
        if capture.warc_file:
            try:
                archive.raw_body(capture)
            except ArchiveDamaged as damage:
                faults.append(f"{capture.final_url}: {damage}")
    return faults
