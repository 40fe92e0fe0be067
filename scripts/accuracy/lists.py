"""Entries of dated lists against labels: `labels/lists.tsv` has the dates of a page's entries, read off it by eye.

An entry counts as found where an item with its date was read, each date as often as it stands there; titles and
addresses are not judged.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from date_pages import FETCHED, LABELS
from tables import COUNTS, Cell, Counts, Row, Skipped, Table

from crawler.extract.lists import list_items
from crawler.extract.page import Page


def report(shared: Path | None) -> Iterator[Row]:
    """Yield precision and recall by page and over all."""
    if shared is None:
        yield Skipped("Entries of dated lists", "the folder of real pages is not there")
        return
    rows: list[tuple[Cell, ...]] = []
    whole = Counts()
    for row in csv.DictReader((LABELS / "lists.tsv").open(encoding="utf-8"), delimiter="\t"):
        path = shared / row["file"]
        if not path.is_file():
            continue
        counts = _counts(path, Counter(row["dates"].split()))
        rows.append((row["file"], *counts.cells()))
        whole.right += counts.right
        whole.found += counts.found
        whole.there += counts.there
    yield Table("Entries of dated lists", ("page", *COUNTS), [*rows, ("all", *whole.cells())])


def _counts(path: Path, truth: Counter[str]) -> Counts:
    items = list_items(Page(path.read_bytes(), f"http://lists.test/a/{path.name}", fetched=FETCHED))
    found = Counter(item.date.isoformat() for item in items if item.date)
    return Counts((found & truth).total(), found.total(), truth.total())
