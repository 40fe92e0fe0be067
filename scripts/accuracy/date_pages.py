"""Pages whose dates are known: the demonstration sites' articles and, where they are there, real pages.

`mfa`, `cleaneval_zh` and `htmldate` bring their own truth; `labels/dates.tsv` holds what was read off other pages by
eye: publication (`none` where the page states none), update, and why. No page is stored with this project.
"""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from tables import folder

from crawler.extract.dates import published
from crawler.extract.facts import DateFact
from crawler.extract.page import Page
from crawler.extract.text import text_of

LABELS = Path(__file__).parent / "labels"
NONE = "none"
FETCHED = datetime(2026, 11, 1, tzinfo=UTC)
"""When no set says when it was saved: later than all, so that no true date is in the future."""


@dataclass(frozen=True)
class Labelled:
    """A page and its dates: YYYY-MM-DD or YYYY-MM, NONE where it has none, empty where that is not judged."""

    set: str
    name: str
    url: str
    body: bytes
    published: str
    updated: str = ""

    @cached_property
    def page(self) -> Page:
        """The page, to be parsed once."""
        return Page(self.body, self.url, fetched=FETCHED)

    @property
    def text(self) -> str:
        """The decoded page: every reader gets the same."""
        return self.page.decoded.text

    @cached_property
    def facts(self) -> tuple[DateFact | None, DateFact | None]:
        """Our reading: published, updated."""
        return published(self.page, text_of(self.page).main)


def shared_pages(shared: Path | None) -> Iterator[Labelled]:
    """Yield the labelled real pages that are there."""
    if shared is None:
        return
    if mfa := folder(shared, "gov_pages", "mfa"):
        for row in _rows(mfa / "truth.tsv"):
            yield _page("mfa", mfa / row["file"], f"http://www.fmprc.gov.cn/web/zyxw/{row['file']}", row["date"])
    if cleaneval := folder(shared, "dates", "cleaneval_zh"):
        for row in _rows(cleaneval / "truth.tsv"):
            if truth := _cleaneval_truth(row["gold_date_string"] or ""):
                yield _page("cleaneval_zh", cleaneval / row["file"], f"http://cleaneval.test/{row['file']}", truth)
    if peers := folder(shared, "dates", "htmldate"):
        for row in _rows(peers / "truth.tsv"):
            if row["date"] != "nan":
                yield _page(f"htmldate, half {_half(row['file'])}", peers / row["file"], row["url"], row["date"])
    for row in _rows(LABELS / "dates.tsv"):
        kind, source, _ = row["files"].split("/", 2)
        for path in sorted(shared.glob(row["files"])):
            url = f"http://{source}.test/{path.relative_to(shared / kind / source)}"
            yield _page(f"{kind}/{source} by eye", path, url, row["published"], row["updated"])


def _half(name: str) -> str:
    """Split a set by a hash of its pages' names: a rule fitted to one half shows in the other."""
    return "AB"[hashlib.sha256(name.encode()).digest()[1] % 2]


def _cleaneval_truth(written: str) -> str:
    if written == "UNKNOWN":
        return NONE
    match = re.match(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?", written)
    return "-".join(part.zfill(2) for part in match.groups() if part) if match else ""


def _rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.open(encoding="utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE))


def _page(name: str, path: Path, url: str, when: str, updated: str = "") -> Labelled:
    return Labelled(name, path.name, url, path.read_bytes(), when, updated)


def demo_pages() -> Iterator[Labelled]:
    """Yield the articles of the demonstration sites with the days they were made with."""
    from waiwen.demo.build import build_sites  # noqa: PLC0415 - for this set alone
    from waiwen.demo.site import read_sites  # noqa: PLC0415

    days = {
        edition.url(text.id): text.published[:10]
        for site in read_sites()
        for edition in site.editions.values()
        for _, text in edition.texts
    }
    for (host, path), answer in build_sites().answers.items():
        url = f"http://{host}{path}"
        if answer.content_type == "text/html" and answer.status == 200 and days.get(url):
            yield Labelled("demo", url, url, answer.body, days[url])
