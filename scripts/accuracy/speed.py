"""The cost of all facts of a page beside the naive stack's, measured in turn on the same pages in the same run.

The naive stack is what one writes first: BeautifulSoup on lxml, htmldate in its extensive mode, trafilatura for the
main text, langdetect on the full text, Scrapy's LinkExtractor for the links. It reads fewer facts than `read_page`.
Seconds belong to the machine; only the ratio counts.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from date_pages import FETCHED, demo_pages, shared_pages
from tables import Row, Skipped, Table, folder

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
    """Yield milliseconds a page by set of pages, and what each part of the naive stack takes."""
    stack = _naive_stack()
    costs: dict[str, Cost] = {}
    for name, url, body in _pages(shared):
        cost = costs.setdefault(name, Cost())
        cost.pages += 1
        cost.ours += _seconds(lambda: read_page(Page(body, url, fetched=FETCHED)))  # noqa: B023 - called at once
        text = Page(body, url, fetched=FETCHED).decoded.text
        for part, run in stack.items():
            cost.naive[part] = cost.naive.get(part, 0.0) + _seconds(lambda: run(text, url))  # noqa: B023
    yield _table(costs, list(stack))
    if shared is None:
        yield Skipped("Real pages", "their folder is not there")


def _pages(shared: Path | None) -> Iterator[tuple[str, str, bytes]]:
    """Yield set, address and bytes: every labelled page, every other page of government sites, some of the rest."""
    warm = next(demo_pages())
    read_page(warm.page)  # what is loaded once a process is no page's cost
    demo = list(demo_pages())
    for page in [*demo[:: max(1, len(demo) // DEMO)], *shared_pages(shared)]:
        yield page.set.split(",")[0], page.url, page.body
    for name in ("home", "other"):
        if pages := folder(shared, "gov_pages", name):
            for path in sorted(pages.glob("*.html")):
                yield f"gov_pages/{name}", f"http://{name}.gov.test/{path.name}", path.read_bytes()
    for name in SITES:
        if site := folder(shared, "sites", name):
            for path in sorted(site.rglob("*.html"))[::EACH]:
                yield name, f"http://{name}.test/{path.relative_to(site)}", path.read_bytes()


def _naive_stack() -> dict[str, Callable[[str, str], object]]:
    # Slow imports, for this part alone; each of them read one page before the clock starts.
    import htmldate  # noqa: PLC0415
    import langdetect  # noqa: PLC0415
    import trafilatura  # noqa: PLC0415
    from bs4 import BeautifulSoup  # noqa: PLC0415
    from scrapy.http import HtmlResponse  # noqa: PLC0415
    from scrapy.linkextractors import LinkExtractor  # noqa: PLC0415

    def language(text: str, _: str) -> object:
        try:
            return langdetect.detect(BeautifulSoup(text, "lxml").get_text(" "))
        except langdetect.LangDetectException:
            return None

    extractor = LinkExtractor()
    stack: dict[str, Callable[[str, str], object]] = {
        "BeautifulSoup, langdetect": language,
        "htmldate": lambda text, url: htmldate.find_date(text, url=url, extensive_search=True),
        "trafilatura": lambda text, url: trafilatura.extract(text, url=url),
        "LinkExtractor": lambda text, url: extractor.extract_links(HtmlResponse(url, body=text, encoding="utf-8")),
    }
    first = next(demo_pages())
    for run in stack.values():
        run(first.text, first.url)
    return stack


def _seconds(run: Callable[[], object]) -> float:
    start = time.process_time()
    run()
    return time.process_time() - start


def _table(costs: dict[str, Cost], parts: list[str]) -> Table:
    whole = Cost(
        sum(cost.pages for cost in costs.values()),
        sum(cost.ours for cost in costs.values()),
        {part: sum(cost.naive[part] for cost in costs.values()) for part in parts},
    )
    rows = []
    for name, cost in [*costs.items(), ("all", whole)]:
        naive = sum(cost.naive.values())
        figures = (cost.ours, naive, *(cost.naive[part] for part in parts))
        rows.append((name, cost.pages, *(f"{1000 * value / cost.pages:.1f}" for value in figures), cost.ours / naive))
    notes = [f"CPU milliseconds a page; ratio is waiwen / naive, the goal {GOAL}"]
    return Table("All facts of a page", ("set", "n", "waiwen", "naive", *parts, "ratio"), rows, notes)
