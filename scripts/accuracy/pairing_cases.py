"""What the pairing is tried on: documentation sites on disk, the generated news, the demonstration sites.

A case is two sides of pages and what belongs together. The sites on disk are real pages that are no part of this
project: their folders are given on the command line, and what is missing is left out.
"""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from news.generate import generate
from ruamel.yaml import YAML

from crawler.extract.facts import Charset, Language, PageFacts
from crawler.extract.page import Page
from crawler.extract.read import read_page
from crawler.scope import Scope, owner_of, scope_of_home
from scoring.evidence import EvidenceRef, PageEvidence
from waiwen.demo import EXPECTED, ROSTER
from waiwen.demo.build import build_sites
from waiwen.demo.site import Edition, read_sites

NEWS = Path(__file__).parent / "news"
FIT_KINDS = frozenset(
    kind
    for kind, pattern in YAML(typ="safe", pure=True).load((NEWS / "patterns.yaml").read_text("utf-8"))["kinds"].items()
    if pattern.get("fit", False)
)
FETCHED = datetime(2026, 6, 30, tzinfo=UTC)
SHORT = 300  # characters of the main text that the short variant keeps


@dataclass(frozen=True, eq=False)
class Case:
    """`truth` are (foreign, Chinese) addresses; of several for one foreign page, any is right.

    `counted` are the pages whose pairs are judged, None for all: the demonstration also serves pages that are no
    text of either edition (a calendar, error pages).
    """

    name: str
    language: str
    foreign: tuple[PageEvidence, ...]
    chinese: tuple[PageEvidence, ...]
    truth: frozenset[tuple[str, str]]
    scopes: tuple[Scope, Scope]
    counted: frozenset[str] | None = None
    kinds: Mapping[str, str] = field(default_factory=dict, hash=False)  # address → kind of news

    def without_dates(self) -> Case:
        """The case with no page dated."""
        foreign, chinese = (
            tuple(replace(page, published=None) for page in side) for side in (self.foreign, self.chinese)
        )
        return replace(self, foreign=foreign, chinese=chinese)

    @property
    def family(self) -> str:
        """Where the case comes from."""
        return self.name.partition(":")[0]

    @property
    def row(self) -> str:
        """The row of a table that the case is part of: one for all demonstration sites."""
        return self.family if self.family in ("demo", "lists") else self.name


def evidence(facts: PageFacts, *, depth: int = 1, published: date | None = None) -> PageEvidence:
    """Return facts as a page that was captured."""
    ref = EvidenceRef(1, facts.url, FETCHED, "sha256:0", "case.warc.gz", 0)
    day = published or (facts.published.date if facts.published else None)
    return PageEvidence(ref, facts, 200, depth, day)


def site_cases(folders: Iterable[Path]) -> Iterator[Case]:
    """Yield the cases of the folders that are there."""
    for folder in folders:
        if folder.name == "seata" and folder.is_dir():
            yield _site("seata", "en", _read(folder / "en-us", "/en-us/"), _read(folder / "zh-cn", "/zh-cn/"))
        if folder.name == "hexo" and folder.is_dir():
            chinese = _read(folder / "zh-cn", "/zh-cn/")
            for language, pages in (("en", _read(folder, "/", ("zh-cn", "ru"))), ("ru", _read(folder / "ru", "/ru/"))):
                yield _site("hexo", language, pages, chinese)
        if folder.name == "nacos" and folder.is_dir():
            yield _nacos(folder)


def chinese_bodies(folder: Path) -> frozenset[str]:
    """Return the addresses of nacos' "English" pages whose body is Chinese, by its truth file."""
    rows = csv.DictReader((folder / "truth.tsv").open(encoding="utf-8"), delimiter="\t")
    return frozenset(f"http://nacos.test/{row['en_path']}" for row in rows if row["en_body_is"] == "zh")


def _nacos(folder: Path) -> Case:
    rows = list(csv.DictReader((folder / "truth.tsv").open(encoding="utf-8"), delimiter="\t"))
    chinese = {row["zh_path"]: _page(folder / row["zh_path"], f"http://nacos.test/{row['zh_path']}") for row in rows}
    foreign = {row["zh_path"]: _page(folder / row["en_path"], f"http://nacos.test/{row['en_path']}") for row in rows}
    scopes = Scope("en", "nacos.test", "/en/"), Scope("zh", "nacos.test", "/")
    return _case("nacos", "en", foreign, chinese, scopes)


Pages = tuple[str, dict[str, PageEvidence]]  # the prefix of a version, its pages by path below it


def _site(name: str, language: str, foreign: Pages, chinese: Pages) -> Case:
    scopes = Scope(language, f"{name}.test", foreign[0]), Scope("zh", f"{name}.test", chinese[0])
    moved = [
        {path: _at(page, f"http://{name}.test{prefix}{path}") for path, page in pages.items()}
        for prefix, pages in (foreign, chinese)
    ]
    return _case(f"{name}:{language}", language, moved[0], moved[1], scopes)


def _case(
    name: str,
    language: str,
    foreign: dict[str, PageEvidence],
    chinese: dict[str, PageEvidence],
    scopes: tuple[Scope, Scope],
) -> Case:
    truth = frozenset((foreign[path].url, chinese[path].url) for path in foreign if path in chinese)
    return Case(name, language, tuple(foreign.values()), tuple(chinese.values()), truth, scopes)


def _read(folder: Path, prefix: str, skipped: tuple[str, ...] = ()) -> Pages:
    paths = sorted(path for path in folder.rglob("*.html") if path.relative_to(folder).parts[0] not in skipped)
    return prefix, {
        str(path.relative_to(folder)): _page(path, f"http://site.test{prefix}{path.name}") for path in paths
    }


def _page(path: Path, url: str) -> PageEvidence:
    return evidence(read_page(Page(path.read_bytes(), url, fetched=FETCHED), menus=False))


def _at(page: PageEvidence, url: str) -> PageEvidence:
    return replace(page, facts=replace(page.facts, url=url), ref=replace(page.ref, url=url))


def stored_news() -> Iterator[Case]:
    """Yield the committed news set, a case a language."""
    yield from news_cases(*_stored(""), "news")


def held_out_news() -> Iterator[Case]:
    """Yield the committed news of kinds and in languages that nothing was fitted on, a case a language."""
    yield from news_cases(*_stored("held_out_"), "held out")


def held_out_draw(seed: int) -> Iterator[Case]:
    """Yield another draw of the held out news."""
    yield from news_cases(*generate(seed, held_out=True), "held out")


def _stored(begin: str) -> tuple[list[dict[str, Any]], list[tuple[str, str]]]:
    pages = [json.loads(line) for line in (NEWS / f"{begin}pages.jsonl").read_text("utf-8").splitlines()]
    rows = csv.DictReader((NEWS / f"{begin}truth.tsv").read_text("utf-8").splitlines(), delimiter="\t")
    return pages, [(row["foreign"], row["chinese"]) for row in rows]


def news_cases(pages: list[dict[str, Any]], truth: list[tuple[str, str]], family: str = "news") -> Iterator[Case]:
    """Yield generated news as cases, one a language."""
    sides: dict[str, list[PageEvidence]] = {}
    for page in pages:
        sides.setdefault(page["language"], []).append(_news_page(page))
    for language in sorted(set(sides) - {"zh"}):
        urls = {page.url for page in sides[language]}
        scopes = Scope(language, "news.example", f"/{language}/"), Scope("zh", "news.example", "/zh/")
        own = frozenset(pair for pair in truth if pair[0] in urls)
        kinds = {page["url"]: page["kind"] for page in pages}
        sides_ = tuple(sides[language]), tuple(sides["zh"])
        yield Case(f"{family}:{language}", language, *sides_, own, scopes, kinds=kinds)


def _news_page(page: dict[str, Any]) -> PageEvidence:
    body = "zh-Hans" if page["language"] == "zh" else page["language"]
    facts = PageFacts(
        url=page["url"],
        title=page["title"],
        charset=Charset("utf-8", "utf-8"),
        language=Language(body, body, (), None),
        text=page["text"],
    )
    return evidence(facts, published=date.fromisoformat(page["published"]) if page["published"] else None)


def demo_cases() -> Iterator[Case]:
    """Yield the versions of the demonstration sites, as served, without crawling them."""
    expected = YAML(typ="safe", pure=True).load(EXPECTED)["sites"]
    homes = {row["id"]: row["url"] for row in csv.DictReader(ROSTER.open(encoding="utf-8-sig"))}
    sites = {site.id: site for site in read_sites()}
    articles = frozenset(
        edition.url(text.id)
        for site in sites.values()
        for edition in site.editions.values()
        for _, text in edition.texts
    )
    lists = frozenset(
        url for site in sites.values() for edition in site.editions.values() for _, url in _demo_lists(edition)
    )
    pages = {
        url: evidence(read_page(Page(answer.body, url, fetched=FETCHED), menus=True))
        for (host, path), answer in build_sites().answers.items()
        if answer.content_type == "text/html" and answer.status == 200
        for url in (f"http://{host}{path}",)
    }
    for name, site in expected.items():
        listed = {language: version for language, version in site["versions"].items() if version.get("pairs")}
        scopes = {"zh": scope_of_home("zh", homes[name], base=True)}
        for language, version in listed.items():
            scopes[language] = scope_of_home(language, version["url"], base=False, site_url=homes[name])
        sides: dict[str, list[PageEvidence]] = {language: [] for language in scopes}
        for url, page in pages.items():
            owner = owner_of(url, scopes.values())
            if owner is not None:
                sides[owner.language].append(page)
        for language, version in listed.items():
            texts = frozenset((foreign, chinese) for foreign, chinese in version["pairs"])
            columns = _demo_columns(sites[name].editions[language], sites[name].editions["zh"])
            for family, truth, counted in (("demo", texts, articles), ("lists", columns, lists)):
                yield Case(
                    f"{family}:{name} {language}",
                    language,
                    tuple(sides[language]),
                    tuple(sides["zh"]),
                    truth,
                    (scopes[language], scopes["zh"]),
                    counted,
                )


def _demo_lists(edition: Edition) -> Iterator[tuple[str, str]]:
    """Yield (what it is, address) of an edition's columns and of the gateway before its home page."""
    for column in edition.columns:
        yield column.slug, edition.url(column.slug)
    yield "gateway", f"http://{edition.host}{edition.base}"


def _demo_columns(foreign: Edition, chinese: Edition) -> frozenset[tuple[str, str]]:
    """Columns of one name, home pages and gateways belong together; articles are listed in expected.yaml."""
    there = dict(_demo_lists(chinese))
    return frozenset((url, there[key]) for key, url in _demo_lists(foreign) if key in there)


def hidden(case: Case, *, short: bool = False, seed: int = 1) -> Case:
    """Return the case without addresses, declared links and files; `short` keeps SHORT characters of text, no title."""
    rng = random.Random(seed)  # noqa: S311 - a fixed draw
    names: dict[str, str] = {}

    def blind(page: PageEvidence) -> PageEvidence:
        url = names.setdefault(page.url, f"http://hidden.test/{rng.randrange(10**12):012x}")
        told = page.published if page.facts.published is None or page.facts.published.cue != "url" else None
        bare = replace(page.facts, url=url, links=(), alternates=(), versions=(), columns=(), published=None)
        facts = replace(bare, images=(), attachments=())
        if short:
            facts = replace(facts, title="", text=facts.text[:SHORT])
        return replace(page, facts=facts, ref=replace(page.ref, url=url), depth=1, published=told)

    foreign, chinese = tuple(map(blind, case.foreign)), tuple(map(blind, case.chinese))
    truth = frozenset((names[one], names[other]) for one, other in case.truth if one in names and other in names)
    counted = None if case.counted is None else frozenset(names[url] for url in case.counted if url in names)
    kinds = {names[url]: kind for url, kind in case.kinds.items() if url in names}
    scopes = Scope(case.language, "hidden.test", "/none/"), Scope("zh", "hidden.test", "/")
    return replace(case, foreign=foreign, chinese=chinese, truth=truth, counted=counted, scopes=scopes, kinds=kinds)
