"""Builders of small dossiers, handed to tests as the fixture `build`: one line a page, everything else filled in."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest

from crawler.extract.facts import Charset, Column, DateFact, Language, Link, ListItem, Onward, PageFacts
from crawler.extract.offers import Attachment, Contact, Form, SocialLink
from crawler.extract.page import Page
from crawler.extract.read import read_page
from crawler.model import Failure, ForeignVersion, Site, Verdict
from scoring.chinese.sentences import in_chinese
from scoring.evidence import (
    AttachmentEvidence,
    ColumnPair,
    Evidence,
    EvidenceRef,
    FailedFetch,
    LinkCheck,
    Measurement,
    Outcome,
    PageEvidence,
    Pair,
)
from scoring.registry import Indicator, registry
from scoring.ruleset.loading import default_rules_path, load_rules

CUTOFF = date(2026, 10, 31)
FETCHED = datetime(2026, 10, 31, 4, 0, tzinfo=UTC)
ROOT = "https://en.example.gov.cn"
PAGES = Path(__file__).parents[2] / "fixtures" / "pages"
LONG = "The municipal government explains this service to its foreign readers here. " * 5
SHORT = "Welcome."


class Build:
    """Evidence in small pieces. Paths are joined to the version's address; `zh` paths to the Chinese one."""

    cutoff = CUTOFF
    root = ROOT
    long, short = LONG, SHORT

    def __init__(self) -> None:
        self._captures = count(1)

    def url(self, path: str) -> str:
        return path if path.startswith("http") else ROOT + path

    def ref(self, path: str, cue: str = "") -> EvidenceRef:
        number = next(self._captures)
        return EvidenceRef(number, self.url(path), FETCHED, f"sha256:{number:064x}", "a.warc.gz", number * 100, cue)

    def page(
        self,
        path: str = "/page",
        *,
        text: str = LONG,
        body: str = "en",
        declared: str | None = "en",
        charset: tuple[str | None, str] = ("utf-8", "utf-8"),
        published: date | None = None,
        own_date: bool = True,
        status: int = 200,
        depth: int = 1,
        column_type: str | None = None,
        columns: dict[str, tuple[str, str | None]] | None = None,
        items: int | list[ListItem] = 0,
        title: str = "A page",
        **facts: object,
    ) -> PageEvidence:
        """Return a captured page. `columns` maps a menu name to (path, type); `items` is a number or the entries."""
        entries = items if isinstance(items, list) else [self.item(f"{path}/{i}") for i in range(items)]
        dated = DateFact(published, "day", "meta:PubDate", str(published)) if published and own_date else None
        known = PageFacts(
            url=self.url(path),
            title=title,
            charset=Charset(*charset),
            language=Language(body, "en", (), declared),
            published=dated,
            text=text,
            columns=tuple(Column(name, self.url(to), kind) for name, (to, kind) in (columns or {}).items()),
            items=tuple(entries),
        )
        known = replace(known, **facts)
        cue = "" if own_date else "list"
        return PageEvidence(self.ref(path), known, status, depth, published, cue if published else "", column_type)

    def saved(
        self, name: str, path: str = "/column", *, column_type: str | None = None, swap: tuple[str, str] = ("", "")
    ) -> PageEvidence:
        """Return a page of tests/fixtures/pages as extraction reads it; `swap` replaces one text of it by another."""
        html = (PAGES / f"{name}.html").read_text("utf-8")
        assert swap[0] in html, f"{name}.html does not hold {swap[0]!r}"
        body = html.replace(*swap).encode() if swap[0] else html.encode()
        facts = read_page(Page(body, self.url(path), fetched=FETCHED))
        return PageEvidence(self.ref(path), facts, 200, 1, column_type=column_type)

    def home(self, **options: object) -> PageEvidence:
        return self.page(**{"path": "/", "depth": 0, "title": "Home", **options})

    def chinese(self, path: str = "https://www.example.gov.cn/", **options: object) -> PageEvidence:
        return self.page(path, **{"body": "zh-Hans", "declared": "zh-CN", "text": "市人民政府网站" * 40, **options})

    def item(self, path: str, dated: date | None = None, title: str = "An entry") -> ListItem:
        return ListItem(title, self.url(path), dated)

    def form(self, kind: str = "mailbox", labels: str = "Your name Your message") -> Form:
        return Form(ROOT + "/send", "post", (("name", "text"),), labels, kind)

    def phone(self, value: str, *, international: bool = False) -> Contact:
        return Contact("phone", value, international)

    def email(self, value: str = "office@example.gov.cn") -> Contact:
        return Contact("email", value)

    def social(self, network: str) -> SocialLink:
        return SocialLink(network, f"https://{network}.example/office")

    def link(self, path: str, anchor: str = "A link", place: str = "body") -> Link:
        return Link(self.url(path), anchor, place)

    def attachment(self, path: str = "/form.pdf", anchor: str = "Form") -> Attachment:
        return Attachment(self.url(path), anchor, "pdf", None, "address .pdf")

    def file(self, page: PageEvidence, number: int = 0, *, opens: bool | None = True) -> AttachmentEvidence:
        """Return what came of a page's attachment; `opens` None: it was not tried."""
        link = page.facts.attachments[number]
        status, failure = (200, None) if opens else (404, Failure.HTTP_ERROR)
        check = LinkCheck(
            link.url, link.anchor, page.ref, self.ref(link.url), status, failure, "", "application/pdf", 9, False
        )
        return AttachmentEvidence(page.ref, link, None if opens is None else check)

    def onward(self, path: str) -> Onward:
        return Onward("refresh", self.url(path))

    def failed(
        self,
        path: str,
        failure: Failure = Failure.HTTP_ERROR,
        status: int | None = 404,
        *,
        archived: bool = True,
        referrer: str = "/",
    ) -> FailedFetch:
        ref = self.ref(path) if archived else None
        return FailedFetch(self.url(path), failure, status, self.url(referrer), "", ref)

    def pair(
        self,
        number: int,
        *,
        foreign: bool = True,
        translated: bool | None = True,
        dated: date | None = date(2026, 9, 1),
        lag: int = 3,
        kind: str | None = "news",
    ) -> Pair:
        """Return a core Chinese item and its counterpart, `lag` days after it. Without `foreign` there is none."""
        chinese = f"https://www.example.gov.cn/a/{number}"
        followed = dated + timedelta(days=lag) if dated and foreign else None
        return Pair(
            self.url(f"/a/{number}") if foreign else None,
            chinese,
            0.9,
            ("url shape",),
            followed,
            dated,
            translated=translated,
            core=True,
            column_type=kind,
            chinese_title=f"条目{number}",
        )

    def column_pair(self, number: int, *, alive: bool | None, foreign: bool = True) -> ColumnPair:
        name, url = (f"Column {number}", self.url(f"/c/{number}")) if foreign else (None, None)
        return ColumnPair("news", f"栏目{number}", f"https://www.example.gov.cn/c/{number}", name, url, alive, 0.9)

    def evidence(self, *pages: PageEvidence, home: PageEvidence | None = None, **parts: object) -> Evidence:
        """Return the dossier of an English version; `home`, where given, is the first of its pages."""
        every = (home, *pages) if home is not None else pages
        site = Site("s1", "Example city", "prefecture", "Example", "https://www.example.gov.cn/")
        version = ForeignVersion("s1", "en", ROOT + "/", "English", "link", Verdict.REAL, "")
        listed = {name: tuple(part) if isinstance(part, list) else part for name, part in parts.items()}
        return Evidence(site, version, CUTOFF, home, tuple(every), **listed)

    def column(self, kind: str, page: PageEvidence | None = None, **parts: object) -> Evidence:
        """Return a version whose home page offers one column of a type at /column, and the page behind it, if any."""
        home = self.home(columns={"The column": ("/column", kind)})
        return self.evidence(*([page] if page else []), home=home, **parts)


@pytest.fixture(scope="session")
def weighed() -> frozenset[str]:
    return frozenset(rule.id for rule in load_rules(default_rules_path(), registry()).indicators)


@pytest.fixture(autouse=True)
def notes_read_in_chinese(monkeypatch, weighed):
    """Whatever an indicator with a weight says in a test has its Chinese."""
    said: set[tuple[str, str]] = set()
    run = Indicator.run

    def listened(indicator: Indicator, *arguments: object) -> Measurement:
        found = run(indicator, *arguments)
        if indicator.id in weighed and found.outcome is not Outcome.ERROR:
            said.add((indicator.id, found.note))
        return found

    monkeypatch.setattr(Indicator, "run", listened)
    yield
    untold = sorted(note for name, note in said if in_chinese(note) is None)
    assert not untold, f"write their patterns in scoring/chinese/measurements.yaml: {untold}"


@pytest.fixture(scope="session")
def build() -> Build:
    return Build()


def _outcome(measurement: object) -> tuple[str, float | None]:
    if measurement.outcome is Outcome.MEASURED:
        assert measurement.evidence, "a measured value cites what it rests on"
        assert len(measurement.evidence) <= 5
        assert all(ref.cue for ref in measurement.evidence), "every citation names the words or signs that count"
    assert measurement.note, "every outcome is explained in a sentence"
    return measurement.outcome.value, measurement.value


@pytest.fixture(scope="session")
def outcome():
    """Return (outcome, value) of a measurement, once its note and its citations are found to be in order."""
    return _outcome
