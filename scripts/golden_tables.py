"""The demonstration round's tables, less what differs from run to run: `make golden` writes them, a test compares."""

from __future__ import annotations

import csv
import io
import sys
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "tests" / "golden" / "demo"
TABLES = ("ranking", "measurements", "versions", "pairs", "columns", "statistics", "failures", "robustness")
# Clock, file offsets, and the digest of a rule file whose comments may change.
VOLATILE = {"warc_addresses", "fetched", "rules_digest"}
# Measured in seconds on the machine at hand.
TIMED = {"load_seconds"}
TIMED_COLUMNS = ("value", "note", "low", "high", "evidence_urls")


def normal(path: Path) -> str:
    """Return a table as it is kept: volatile columns left out, timed values blanked."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    columns = [name for name in (rows[0] if rows else {}) if name not in VOLATILE]
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    for row in rows:
        timed = row.get("indicator") in TIMED
        writer.writerow(row | {name: "(timed)" for name in TIMED_COLUMNS if timed and name in row})
    return text.getvalue()


def renew(reports: Path) -> None:
    """Write the golden files anew from the reports of a demonstration round."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in TABLES:
        (FOLDER / f"{name}.csv").write_text(normal(reports / f"{name}.csv"), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    renew(Path(sys.argv[1]))
