"""Navigation columns of real pages against labels made by hand: which are found, and what they are taken to be about.

`labels/columns.tsv` has, for each template of the pages, the entries of its navigation: file, set, level (1 the bar, 2
what hangs under it, `own` the column that the page's tags name), the words of the link, and a column type or `-` where
no type of the taxonomy fits. No page is copied. The glossary and the reading of menus were fitted on the set `fitted`
alone. One page of each template is labelled: pages of one template have one menu.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

from tables import COUNTS, Counts, Row, Skipped, Table, folder

from crawler.extract.columns import columns
from crawler.extract.facts import Column
from crawler.extract.page import Page

LABELS = Path(__file__).parent / "labels" / "columns.tsv"
FETCHED = datetime(2026, 11, 1, tzinfo=UTC)
NO_TYPE = "-"
BINS = (0.0, 0.6, 0.8, 0.9, 1.01)


@dataclass(frozen=True)
class Labelled:
    """A page of a set: its labels as name -> (level, type), and the columns found on it."""

    name: str
    set: str
    labels: dict[str, tuple[str, str]]
    found: tuple[Column, ...]


def report(shared: Path | None) -> Iterator[Row]:
    """Yield how many columns are found, how many types are right, and how often a confidence is."""
    pages = folder(shared, "gov_pages")
    if pages is None:
        yield Skipped("Columns of real pages", "their folder is not there")
        return
    labelled = list(_labelled(pages))
    yield _entries(labelled)
    yield _types(labelled)
    yield _confidence(labelled)


def _labelled(folder_: Path) -> Iterator[Labelled]:
    labels: dict[tuple[str, str], dict[str, tuple[str, str]]] = defaultdict(dict)
    with LABELS.open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            labels[row["page"], row["set"]].setdefault(row["name"], (row["level"], row["type"]))
    for (name, group), entries in labels.items():
        # So deep that no `../../` of the page meets the home page's address.
        url = f"http://gov.test/a/b/c/d/e/{Path(name).name}"
        yield Labelled(name, group, entries, columns(Page((folder_ / name).read_bytes(), url, fetched=FETCHED)))


def _sets(pages: list[Labelled]) -> list[tuple[str, list[Labelled]]]:
    names = dict.fromkeys(page.set for page in pages)
    return [*((name, [page for page in pages if page.set == name]) for name in names), ("all", pages)]


def _entries(pages: list[Labelled]) -> Table:
    rows = []
    for name, group in _sets(pages):
        found = [{column.name for column in page.found} for page in group]
        right = sum(len(names & page.labels.keys()) for names, page in zip(found, group, strict=True))
        counts = Counts(right, sum(map(len, found)), sum(len(page.labels) for page in group))
        rows.append((name, len(group), *counts.cells(), *(_recall(group, level) for level in ("1", "2"))))
    notes = [
        *_named("found, no column", ((p.name, c.name) for p in pages for c in p.found if c.name not in p.labels)),
        *_named("not found, level 1", _missed(pages, "1")),
    ]
    return Table("Entries found", ("set", "pages", *COUNTS, "recall 1st level", "recall 2nd level"), rows, notes)


def _recall(pages: list[Labelled], level: str) -> float | None:
    there = sum(own == level for page in pages for own, _ in page.labels.values())
    return 1 - sum(1 for _ in _missed(pages, level)) / there if there else None


def _missed(pages: Iterable[Labelled], level: str) -> Iterator[tuple[str, str]]:
    for page in pages:
        names = {column.name for column in page.found}
        yield from ((page.name, name) for name, (own, _) in page.labels.items() if own == level and name not in names)


def _named(what: str, entries: Iterable[tuple[str, str]]) -> list[str]:
    by_page: dict[str, dict[str, None]] = defaultdict(dict)
    for page, name in entries:
        by_page[page][name] = None
    return [f"{what}: {page}: {', '.join(names)}" for page, names in by_page.items()]


def _judged(pages: Iterable[Labelled]) -> Iterator[tuple[str, Column, str]]:
    """Yield page, column and its labelled type, for each entry found that is labelled."""
    for page in pages:
        for column in {column.name: column for column in reversed(page.found)}.values():
            if column.name in page.labels:
                yield page.name, column, page.labels[column.name][1]


def _types(pages: list[Labelled]) -> Table:
    rows = []
    for name, group in _sets(pages):
        judged = list(_judged(group))
        right = sum(column.type == kind for _, column, kind in judged)
        typed = sum(column.type is not None for _, column, _ in judged)
        counts = Counts(right, typed, sum(kind != NO_TYPE for _, _, kind in judged))
        rows.append((name, len(judged), *counts.cells()))
    wrong = (
        f"{page}: {column.name} is {kind}, taken for {column.type or '-'} ({column.cue or 'no cue'})"
        for page, column, kind in _judged(pages)
        if (column.type or NO_TYPE) != kind
    )
    return Table("Types of the entries found", ("set", "entries", *COUNTS), rows, list(dict.fromkeys(wrong)))


def _confidence(pages: list[Labelled]) -> Table:
    rows = []
    for low, high in pairwise(BINS):
        own = [(c, kind) for _, c, kind in _judged(pages) if c.type and low <= c.confidence < high]
        if own:
            right = sum(column.type == kind for column, kind in own)
            stated = sum(column.confidence for column, _ in own) / len(own)
            rows.append((f"{low} to {min(high, 1.0)}", len(own), stated, right / len(own)))
    return Table("Confidence of a type, beside the share that is right", ("confidence", "n", "mean", "right"), rows)
