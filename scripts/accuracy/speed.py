"""The cost of all facts of a page beside two naive stacks', measured in turn on the same pages in the same run.

What the stacks are stands in `naive`: the named one reads date, language, main text and links, the other the same facts
as `read_page`. Seconds belong to the machine; only the ratios count.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from date_pages import FETCHED, Labelled, demo_pages, shared_pages
from progress import watched
from tables import Cell, Row, Skipped, Table, folder

from crawler.extract.labels import same_body
from crawler.extract.language_ngrams import PRIOR, by_ngrams
from crawler.extract.page import Page
from crawler.extract.read import read_page

EACH = 8  # of the pages of a documentation site, whose pages are alike, one in so many
SITES = ("seata", "hexo", "nacos")
DEMO = 12
GOAL = 0.1


@dataclass
class Cost:
    """Seconds over a set of pages."""

    pages: int = 0
    ours: float = 0.0
    naive: dict[str, float] = field(default_factory=dict)


def report(shared: Path | None) -> Iterator[Row]:
    """Yield milliseconds a page by set of pages, and what each part of the naive stacks takes."""
    from naive import NAMED, REST, NaivePage  # noqa: PLC0415 - slow imports, for this part alone

    stack = NAMED | REST
    _warm(lambda page: [run(NaivePage(page.body, page.url)) for run in stack.values()])
    costs: dict[str, Cost] = {}
    for name, url, body in watched(list(_pages(shared)), "pages"):
        cost = costs.setdefault(name, Cost())
        cost.pages += 1
        cost.ours += _seconds(lambda: _read(url, body))  # noqa: B023 - called at once
        page = NaivePage(body, url)
        for part, run in stack.items():
            cost.naive[part] = cost.naive.get(part, 0.0) + _seconds(lambda: run(page))  # noqa: B023
    yield from _tables(costs, list(NAMED), list(REST))
    if shared is None:
        yield Skipped("Real pages", "their folder is not there")


def _read(url: str, body: bytes) -> None:
    """Read a page and clear what it leaves, which the next would pay for else: the collector rests while we read."""
    read_page(Page(body, url, fetched=FETCHED))
    gc.collect(0)


def _warm(others: Callable[[Labelled], object]) -> None:
    """Load what is loaded once a process, models of languages among it: that is no page's cost."""
    page = next(demo_pages())
    read_page(page.page)
    for script in PRIOR:
        by_ngrams("x y z", script, ())
    same_body(page.url, page.url)  # the list of public suffixes
    others(page)


def _pages(shared: Path | None) -> Iterator[tuple[str, str, bytes]]:
    """Yield set, address and bytes: every labelled page, every other page of government sites, some of the rest."""
    demo = list(demo_pages())
    for page in [*demo[:: max(1, len(demo) // DEMO)], *shared_pages(shared)]:
        if not page.set.startswith(("sites/", "gov_pages/")):  # these follow, labelled or not
            yield page.set.split(",")[0].removesuffix(" by eye").removeprefix("dates/"), page.url, page.body
    for name in ("home", "other"):
        if pages := folder(shared, "gov_pages", name):
            for path in sorted(pages.glob("*.html")):
                yield f"gov_pages/{name}", f"http://{name}.gov.test/{path.name}", path.read_bytes()
    for name in SITES:
        if site := folder(shared, "sites", name):
            for path in sorted(site.rglob("*.html"))[::EACH]:
                yield name, f"http://{name}.test/{path.relative_to(site)}", path.read_bytes()


def _seconds(run: Callable[[], object]) -> float:
    start = time.process_time()
    run()
    return time.process_time() - start


def _tables(costs: dict[str, Cost], named: list[str], rest: list[str]) -> Iterator[Table]:
    whole = Cost(
        sum(cost.pages for cost in costs.values()),
        sum(cost.ours for cost in costs.values()),
        {part: sum(cost.naive[part] for cost in costs.values()) for part in named + rest},
    )
    rows: list[tuple[Cell, ...]] = []
    for name, cost in [*costs.items(), ("all", whole)]:
        some = sum(cost.naive[part] for part in named)
        same = some + sum(cost.naive[part] for part in rest)
        figures = (_milliseconds(value, cost) for value in (cost.ours, some, same))
        rows.append((name, cost.pages, *figures, cost.ours / some, cost.ours / same))
    notes = [f"CPU milliseconds a page; the goal is a ratio of {GOAL}"]
    header = ("set", "n", "waiwen", "named stack", "same facts", "ratio to named", "ratio to same facts")
    yield Table("All facts of a page", header, rows, notes)
    parts = [(part, _milliseconds(seconds, whole)) for part, seconds in whole.naive.items()]
    yield Table("The naive stacks by part (the named one ends with LinkExtractor)", ("part", "ms a page"), parts)


def _milliseconds(seconds: float, cost: Cost) -> str:
    return f"{1000 * seconds / cost.pages:.1f}"
