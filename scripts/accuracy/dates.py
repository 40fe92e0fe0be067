"""Publication dates against labels, beside htmldate's two modes on the same pages in the same run.

Sets of real pages and their truth are described where they stand (`date_pages.py`); the demonstration sites need none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from pathlib import Path

from date_pages import Labelled, demo_pages, shared_pages
from tables import Row, Skipped, Table

Reader = Callable[[Labelled], str | None]  # a page's publication date as YYYY-MM-DD, or None


def report(shared: Path | None) -> Iterator[Row]:
    """Yield how many dated pages are read right, and on how many undated ones a date is made up."""
    pages = [*demo_pages(), *shared_pages(shared)]
    answers = {name: [read(page) for page in pages] for name, read in _readers().items()}
    yield _dated(pages, answers)
    yield _undated(pages, answers)
    if shared is None:
        yield Skipped("real pages", "their folder is not there")


def _readers() -> dict[str, Reader]:
    from htmldate import find_date  # noqa: PLC0415 - a slow import, for this part alone

    def peer(extensive: bool) -> Reader:
        def read(page: Labelled) -> str | None:
            latest = (page.fetched + timedelta(days=1)).strftime("%Y-%m-%d")
            found = find_date(page.text, url=page.url, extensive_search=extensive, original_date=True, max_date=latest)
            return str(found) if found else None

        return read

    return {"waiwen": _ours, "htmldate fast": peer(False), "htmldate extensive": peer(True)}


def _ours(page: Labelled) -> str | None:
    fact = page.facts[0]
    return fact.date.isoformat() if fact else None


def _dated(pages: list[Labelled], answers: dict[str, list[str | None]]) -> Table:
    sets = _sets(page for page in pages if page.truth)
    rows = [
        (
            name,
            count,
            *(
                sum(page.set == name and page.is_right(given) for page, given in zip(pages, found, strict=True))
                for found in answers.values()
            ),
        )
        for name, count in sets.items()
    ]
    failing = [
        f"{page.set} {page.name}: {page.truth}, read as {given} ({_cue(page)})"
        for page, given in zip(pages, answers["waiwen"], strict=True)
        if page.truth and not page.is_right(given)
    ]
    return Table("Dated pages: right on how many", ("set", "n", *answers), rows, failing)


def _undated(pages: list[Labelled], answers: dict[str, list[str | None]]) -> Table:
    sets = _sets(page for page in pages if page.truth == "")
    rows = [
        (
            name,
            count,
            *(
                sum(
                    page.set == name and page.truth == "" and bool(given)
                    for page, given in zip(pages, found, strict=True)
                )
                for found in answers.values()
            ),
        )
        for name, count in sets.items()
    ]
    failing = [
        f"{page.set} {page.name}: no date, read as {given} ({_cue(page)})"
        for page, given in zip(pages, answers["waiwen"], strict=True)
        if page.truth == "" and given
    ]
    return Table("Undated pages: a date made up on how many", ("set", "n", *answers), rows, failing)


def _sets(pages: Iterable[Labelled]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for page in pages:
        counts[page.set] = counts.get(page.set, 0) + 1
    return counts


def _cue(page: Labelled) -> str:
    fact = page.facts[0]
    return f"{fact.cue}: {fact.snippet}"[:80] if fact else "no cue"
