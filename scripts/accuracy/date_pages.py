"""Pages whose publication date is known: the demonstration sites' articles and, where they are there, real pages.

`mfa`, `cleaneval_zh` and `htmldate` bring their own truth.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path

from tables import folder

from crawler.extract.dates import published
from crawler.extract.facts import DateFact
from crawler.extract.page import Page
from crawler.extract.text import text_of

FETCHED = datetime(2026, 11, 1, tzinfo=UTC)
"""When no set says when it was saved: later than all, so that no true date is in the future."""


@dataclass(frozen=True)
class Labelled:
    """A page and its date: `truth` is YYYY-MM-DD or YYYY-MM, empty where the page has none."""

    set: str
    name: str
    url: str
    body: bytes
    truth: str
    fetched: datetime = FETCHED

    @cached_property
    def page(self) -> Page:
        """The page, to be parsed once."""
        return Page(self.body, self.url, fetched=self.fetched)

    @property
    def text(self) -> str:
        """The decoded page: every reader gets the same."""
        return self.page.decoded.text

    @cached_property
    def facts(self) -> tuple[DateFact | None, DateFact | None]:
        """Our reading: published, updated."""
        return published(self.page, text_of(self.page).main)

    def is_right(self, given: str | None) -> bool:
        """Whether a reading has the true date; a truth without a day counts on the month."""
        return given is not None and self.truth != "" and given.startswith(self.truth)


def shared_pages(shared: Path | None) -> Iterator[Labelled]:
    """Yield the labelled real pages that are there."""
    if mfa := folder(shared, "gov_pages", "mfa"):
        for row in _truth(mfa):
            yield _real("mfa", mfa / row["file"], "http://www.fmprc.gov.cn/web/zyxw/", row["date"])
    if cleaneval := folder(shared, "dates", "cleaneval_zh"):
        for row in _truth(cleaneval):
            written = re.match(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?", row["gold_date_string"] or "")
            truth = "-".join(part.zfill(2) for part in written.groups() if part) if written else ""
            if not truth and row["gold_date_string"] != "UNKNOWN":
                continue  # not labelled
            yield _real("cleaneval_zh", cleaneval / row["file"], "http://cleaneval.test/", truth)
    if peers := folder(shared, "dates", "htmldate"):
        for row in _truth(peers):
            truth = row["date"] if row["date"] != "nan" else ""
            yield Labelled("htmldate", row["file"], row["url"], (peers / row["file"]).read_bytes(), truth)


def _truth(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader((path / "truth.tsv").open(encoding="utf-8"), delimiter="\t"))


def _real(name: str, path: Path, base: str, truth: str) -> Labelled:
    return Labelled(name, path.name, base + path.name, path.read_bytes(), truth)


def demo_pages() -> Iterator[Labelled]:
    """Yield the articles of the demonstration sites with the dates they were made with, and their list pages."""
    from waiwen.demo.build import build_sites  # noqa: PLC0415 - for this set alone
    from waiwen.demo.site import read_sites  # noqa: PLC0415

    dates = {
        edition.url(text.id): text.published[:10]
        for site in read_sites()
        for edition in site.editions.values()
        for _, text in edition.texts
    }
    for (host, path), answer in build_sites().answers.items():
        url = f"http://{host}{path}"
        if answer.content_type == "text/html" and answer.status == 200 and dates.get(url):
            yield Labelled("demo", url, url, answer.body, date.fromisoformat(dates[url]).isoformat())
