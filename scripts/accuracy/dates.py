"""Publication and update dates against labels, beside htmldate's two modes on the same pages in the same run.

What the labels are is told in `date_pages.py`. A truth without a day counts on the month. A page that states only when
it was last changed may count as published then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

from date_pages import FETCHED, NONE, Labelled, demo_pages, shared_pages
from progress import watched
from tables import Cell, Row, Skipped, Table

from crawler.extract.facts import DateFact

Answer = str | None  # a day, YYYY-MM-DD
Answers = dict[str, list[Answer]]  # reader → its answers, in the order of the pages


def report(shared: Path | None) -> Iterator[Row]:
    """Yield how many dated pages are read right, and on how many undated ones a date is made up."""
    pages = [*demo_pages(), *shared_pages(shared)]
    judged = [page for page in pages if page.published]
    answers = {name: [read(page) for page in watched(judged, name)] for name, read in _readers().items()}
    dated = [index for index, page in enumerate(judged) if page.published != NONE]
    undated = [index for index, page in enumerate(judged) if page.published == NONE]
    yield _table("Dated pages: right on how many", judged, dated, answers, _is_right, failing=False)
    yield _table("Undated pages: a date made up on how many", judged, undated, answers, _is_made_up, failing=True)
    updated = [page for page in pages if page.updated]
    if updated:
        own: Answers = {"waiwen": [_day(page.facts[1]) for page in updated]}
        indices = list(range(len(updated)))
        yield _table("Update dates: right on how many", updated, indices, own, _is_updated, failing=False)
    if shared is None:
        yield Skipped("Real pages", "their folder is not there")


def _readers() -> dict[str, Callable[[Labelled], Answer]]:
    from htmldate import find_date  # noqa: PLC0415 - a slow import, for this part alone

    latest = (FETCHED + timedelta(days=1)).strftime("%Y-%m-%d")

    def peer(*, extensive: bool) -> Callable[[Labelled], Answer]:
        options = {"extensive_search": extensive, "original_date": True, "max_date": latest}
        return lambda page: find_date(page.text, url=page.url, **options)

    return {
        "waiwen": lambda page: _day(page.facts[0]),
        "htmldate fast": peer(extensive=False),
        "htmldate extensive": peer(extensive=True),
    }


def _day(fact: DateFact | None) -> Answer:
    return fact.date.isoformat() if fact else None


def _is_right(page: Labelled, given: Answer) -> bool:
    return given is not None and given.startswith(page.published)


def _is_made_up(_: Labelled, given: Answer) -> bool:
    return given is not None


def _is_updated(page: Labelled, given: Answer) -> bool:
    return given == page.updated


def _table(
    title: str,
    pages: list[Labelled],
    indices: list[int],
    answers: Answers,
    holds: Callable[[Labelled, Answer], bool],
    *,
    failing: bool,
) -> Table:
    """Count by set on how many pages each reader's answer `holds`; the notes are the pages that failed with us."""
    sets: dict[str, list[int]] = {}
    for index in indices:
        sets.setdefault(pages[index].set, []).append(index)
    rows: list[tuple[Cell, ...]] = []
    for name, members in [*sets.items(), ("all", indices)]:
        counts = [sum(holds(pages[index], given[index]) for index in members) for given in answers.values()]
        rows.append((name, len(members), *counts, counts[0] / len(members)))
    ours = answers["waiwen"]
    notes = [
        f"{pages[index].set} {pages[index].name}: {pages[index].published}, read as {ours[index]} {_cue(pages[index])}"
        for index in indices
        if holds(pages[index], ours[index]) == failing
    ]
    return Table(title, ("set", "n", *answers, "share, waiwen"), rows, notes)


def _cue(page: Labelled) -> str:
    fact = page.facts[0]
    return f"({fact.cue}: {' '.join(fact.snippet.split())})"[:80] if fact else ""
