"""Entries of dated lists against labels: `labels/lists.tsv` has date, title and link of a page's entries, read by eye.

Dates, titles and addresses are judged each on its own, and as whole entries, where all three must be right; each counts
as often as it stands there. Titles are compared without blanks.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from urllib.parse import urljoin

from date_pages import FETCHED, LABELS
from tables import COUNTS, Cell, Counts, Row, Skipped, Table

from crawler.extract.lists import list_items
from crawler.extract.page import Page

Entry = tuple[str, str, str]
"""Date, title without blanks, absolute address."""
_JUDGED = ("date", "title", "address")


def report(shared: Path | None) -> Iterator[Row]:
    """Yield precision and recall of whole entries by page, and of what entries hold over all."""
    if shared is None:
        yield Skipped("Entries of dated lists", "the folder of real pages is not there")
        return
    pages: dict[str, list[Entry]] = {}
    for row in csv.DictReader((LABELS / "lists.tsv").open(encoding="utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE):
        base = _address(row["file"])
        pages.setdefault(row["file"], []).append((row["date"], _plain(row["title"]), urljoin(base, row["href"])))
    rows: list[tuple[Cell, ...]] = []
    whole, parts = Counts(), {name: Counts() for name in _JUDGED}
    for file, truth in pages.items():
        if (shared / file).is_file():
            found = _entries(shared / file, _address(file))
            rows.append((file, *_add(Counts(), found, truth).cells()))
            _add(whole, found, truth)
            for number, name in enumerate(_JUDGED):
                _add(parts[name], [entry[number] for entry in found], [entry[number] for entry in truth])
    yield Table("Entries of dated lists", ("page", *COUNTS), [*rows, ("all", *whole.cells())])
    yield Table("What they hold", ("of an entry", *COUNTS), [(name, *part.cells()) for name, part in parts.items()])


def _address(file: str) -> str:
    return f"http://lists.test/{file}"


def _plain(title: str) -> str:
    return "".join(title.split())


def _entries(path: Path, url: str) -> list[Entry]:
    items = list_items(Page(path.read_bytes(), url, fetched=FETCHED))
    return [(item.date.isoformat(), _plain(item.title), item.url) for item in items if item.date]


def _add(counts: Counts, found: Sequence[object], truth: Sequence[object]) -> Counts:
    counts.right += (Counter(found) & Counter(truth)).total()
    counts.found += len(found)
    counts.there += len(truth)
    return counts
