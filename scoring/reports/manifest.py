"""What a round's reports were made from: names and digests of everything that goes in."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from importlib.metadata import version
from pathlib import Path

import crawler
import scoring
from scoring.reports.bundle import RoundReport

CODE = {".py", ".yaml", ".html", ".css", ".js"}


def manifest(report: RoundReport, folder: Path, files: list[str]) -> str:
    """Return manifest.json: the round, its inputs by digest, and the SHA-256 of every table.

    Pages are left out: they are made from the same record, and there are thousands of them.
    """
    provenance = report.provenance
    content = {
        "round": report.round,
        "cutoff": report.cutoff.isoformat(),
        "edition": report.edition,
        "rules_digest": report.rules_digest,
        "roster_digest": provenance.roster_digest,
        "code_version": code_version(),
        "sites": len(report.sites),
        "captures": report.captures,
        "marks": [f"{mark.monitor}: {mark.sentence}" for mark in report.marks],
        "archive": dict(sorted(provenance.archive.items())),
        "tables": {name: _digest(folder / name) for name in sorted(files)},
    }
    return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@cache
def code_version() -> str:
    """Return the version of the distribution, and 16 digits of the SHA-256 over the code that scores and reports."""
    seen = hashlib.sha256()
    for package in (crawler, scoring):
        root = Path(package.__path__[0])
        for path in sorted(path for path in root.rglob("*") if path.suffix in CODE):
            seen.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return f"{version('waiwen')}+{seen.hexdigest()[:16]}"
