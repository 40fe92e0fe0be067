"""A small round, made by hand, with everything in it that reports must bear: hostile names, gaps, failures, ties."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from crawler.errors import ArchiveDamaged
from crawler.model import ForeignVersion, Site, Verdict
from scoring.evidence import (
    ColumnPair,
    EvidenceRef,
    FailureRow,
    Measurement,
    Outcome,
    Pair,
    measured,
    not_applicable,
    not_measured,
)
from scoring.gains import Fix
from scoring.registry import registry
from scoring.reports import RoundReport, Titles, write_reports
from scoring.robustness.model import Assumptions, CohortRobustness, Correlation, SiteRobustness, SourceEffect
from scoring.ruleset.loading import default_rules_path, load_rules
from scoring.scorecard import CategoryScore, Entry, GateResult, Line, Ranking, Scorecard

FETCHED = datetime(2026, 3, 1, 0, 30, tzinfo=UTC)
EVIL_NAME = '=HYPERLINK("https://evil.example/","<script>alert(1)</script>")'
EVIL_PAGE = (
    '<html><head><title>x</title><link rel="preconnect" href="https://evil.example/">'
    '<meta http-equiv="refresh" content="0;url=https://evil.example/"></head><body onload="alert(1)">'
    "<script>document.body.style.background='red'</script><h1>City News</h1>"
    '<p>Industry grew by 5% \u202eesrever\u202c</p><img src="https://evil.example/x.png">"</iframe><b>bold</b></body></html>'
)


# What a hostile site may call itself, a page or a column.
HOSTILE = (
    '=HYPERLINK("https://evil.example/","click")',
    "</td></tr></table><script>document.title='taken'</script>",
    "<img src=x onerror=\"document.title='taken'\">",
    "\u202eسيزيف\u2066 \u200f\u200e rtl",
    "bell \x07 escape \x1b[31m null \x00",
    "emoji 👩‍👩‍👧‍👦 🇨🇳 \U0001f4a9",
    "+cmd|' /C calc'!A0",
    "javascript:alert(1)",
    "\t@SUM(1+1)*cmd|' /C calc'!A0",
    "＝1+1",
    '"quoted", and;more\r\nin two lines',
    "_x0041_ \ufffe\uffff \ud800",
    "-2+3",
)


def ref(capture: int, url: str = "https://en.a.gov.cn/", cue: str = "") -> EvidenceRef:
    digest = "sha256:" + f"{capture:02x}" * 32
    return EvidenceRef(capture, url, FETCHED, digest, "archive/2026-000.warc.gz", 1000 * capture, cue)


def line(indicator: str, category: str, unit: str, weight: float, found: Measurement, scaled: float | None) -> Line:
    points = None if scaled is None else weight * scaled / 100
    return Line(indicator, category, f"{category}_group", unit, weight, "proposed", found, scaled, points)


def scorecard(site_id: str, language: str, total: float | None, news: float, errors: bool = False) -> Scorecard:
    home, article = ref(1, cue="\u202elast updated\u202c"), ref(2, "javascript:alert(1)", "=1+1 <b>2026-02-20</b>")
    newest = measured(9, note="newest page\n is <i>new</i>", evidence=[home, article], n=12)
    broken = measured(0.6345, note="links fail", evidence=[home], n=52)
    lines = (
        line("days_since_update", "disclosure", "days", 30, newest, news),
        line("broken_link_share", "disclosure", "share", 20, broken, 0.0),
        line("mailbox", "interaction", "boolean", 30, not_measured("the mailbox page timed out"), None),
        line("visa_guide", "interaction", "boolean", 20, not_applicable("no visa service here", [ref(3)]), None),
    )
    if errors:
        lines += (line("icp", "interaction", "count", 0, Measurement(Outcome.ERROR, note="KeyError: 'x'"), None),)
    categories = (
        CategoryScore("disclosure", 50, 0.6 * news, 1.0),
        CategoryScore("interaction", 50, None, 0.0),
    )
    gates = (GateResult("home_dead", "home_status", "the home page did not <open>"),) if site_id == "b" else ()
    return Scorecard(site_id, language, total, 0.5, categories, lines, gates, "" if total else "half could not be seen")


def site(site_id: str, name: str, cohort: str = "province") -> Site:
    return Site(site_id, name, cohort, "华东", f"https://www.{site_id}.gov.cn/")


def version(site_id: str, verdict: Verdict, language: str = "en", anchor: str = "English") -> ForeignVersion:
    return ForeignVersion(
        site_id, language, f"https://en.{site_id}.gov.cn/", anchor, "link", verdict, f"it is {verdict}"
    )


def failure(site_id: str, language: str, url: str, kind: str, status: int | None, note: str) -> FailureRow:
    return FailureRow(site_id, language, url, kind, status, note, FETCHED, "try again later")


def body_of(wanted: EvidenceRef) -> tuple[bytes, str | None]:
    if wanted.capture == 3:
        raise ArchiveDamaged("2026-000.warc.gz: the record at 3000 ends early")
    return EVIL_PAGE.encode(), "text/html; charset=utf-8"


def robustness(entries: tuple[Entry, ...]) -> tuple[CohortRobustness, ...]:
    sites = tuple(SiteRobustness(entry.site.id, entry.rank, 1, 2, 0.85) for entry in entries if entry.rank)
    correlations = (Correlation("days_since_update", 0.3, 0.91, 2), Correlation("mailbox", 0.3, None, 0))
    sources = (SourceEffect("weights", 0.25, 1, 0.5), SourceEffect("missing_data", 0.0, 0, 0.0))
    return (CohortRobustness("province", Assumptions(), sites, correlations, sources),)


def small_round() -> RoundReport:
    sites = (
        site("a", "甲省人民政府"),
        site("b", EVIL_NAME),
        site("c", "丙省人民政府"),
        site("d", "丁省人民政府"),
        site("e/../e", "戊市人民政府", "city"),
    )
    cards = (
        scorecard("a", "en", 61.2345, 100),
        scorecard("a", "fr", 40.0, 60),
        scorecard("b", "en", 54.0, 90, errors=True),
        scorecard("c", "en", None, 10),
    )
    entries = (
        Entry(sites[0], cards[0], 1, (("disclosure", 1),), (1, 2), "leading"),
        Entry(sites[1], cards[2], 2, (("disclosure", 2),), (1, 2)),
        Entry(sites[2], cards[3], None, reason="less than half of the weight was measured"),
        Entry(sites[3], None, None, reason="a firewall answered us"),
    )
    return RoundReport(
        round="2026-spring",
        cutoff=date(2026, 3, 1),
        edition="2026",
        rules_digest="sha256:0123456789abcdef",
        sites=sites,
        versions=(
            version("a", Verdict.REAL),
            version("a", Verdict.REAL, "fr", "-Français\t"),
            ForeignVersion("a", "en", "https://a.gov.cn/en/", "EN", "guess", Verdict.DEAD, "answers 404"),
            version("b", Verdict.REAL, anchor="+1"),
            version("c", Verdict.STUB),
            version("d", Verdict.BLOCKED),
        ),
        ranking=Ranking(entries, cards, robustness(entries)),
        pairs={
            ("a", "en"): (
                Pair(
                    "https://en.a.gov.cn/1",
                    "https://www.a.gov.cn/1",
                    0.9,
                    ("hreflang", "url shape"),
                    date(2026, 2, 5),
                    date(2026, 2, 8),
                    True,
                ),
                Pair(None, "https://www.a.gov.cn/core", 0.0, (), chinese_date=date(2026, 2, 1), core=True),
                Pair("javascript:alert(2)", None, 0.0, (), translated=False),
            )
        },
        column_pairs={
            ("a", "en"): (
                ColumnPair(
                    "政策文件", "政策", "https://www.a.gov.cn/zc/", "Policy", "https://en.a.gov.cn/p/", True, 0.8
                ),
                ColumnPair("在线访谈", "访谈", "https://www.a.gov.cn/ft/", None, None, None, 0.0),
            )
        },
        failures=(
            failure("e/../e", "zh", "https://www.e/../e.gov.cn", "timeout", None, "no answer\r\nin 30 s"),
            failure("d", "en", "https://en.d.gov.cn/", "blocked", 412, "@challenge"),
        ),
        captures=17,
        titles=Titles(
            rules=("International reach of foreign versions", "外文版国际化程度评估"),
            categories={"disclosure": ("Disclosure", "信息公开"), "interaction": ("Interaction", "互动交流")},
            groups={"disclosure_group": ("Local news", "本地新闻")},
            indicators={"days_since_update": ("Days since update", "最近更新"), "mailbox": ("Mailbox", "在线信箱")},
            cohorts={"city": ("Cities", "地市"), "ministry": ("Ministries", "部委"), "province": ("Provinces", "省级")},
            tiers={"leading": ("Leading", "领先奖")},
        ),
        body_of=body_of,
        fixes={
            ("a", "en"): (
                Fix("mailbox", 15.0, 1, 1),
                Fix("broken_link_share", 10.0, 2, 0),
                Fix("visa_guide", 1.0, 2, 0),
                Fix("days_since_update", 0.5, 2, 0),
            )
        },
        statuses={1: 200},
    )


def hostile_round() -> RoundReport:
    """The small round with names, notes, reasons and titles that are all hostile."""
    small = small_round()
    sites = [replace(s, name=f"{name} {s.id}") for s, name in zip(small.sites, HOSTILE, strict=False)]
    by_id = {site.id: site for site in sites}
    entries = [replace(entry, site=by_id[entry.site.id], reason=HOSTILE[6]) for entry in small.ranking.entries]
    (key,) = small.pairs
    pair, column = small.pairs[key][0], small.column_pairs[key][0]
    dead = replace(small.versions[0], verdict=Verdict.DEAD)
    return replace(
        small,
        sites=tuple(sites),
        ranking=replace(small.ranking, entries=tuple(entries)),
        versions=small.versions + tuple(replace(dead, anchor=text, reason=text) for text in HOSTILE),
        pairs={key: tuple(replace(pair, foreign_title=text, chinese_title=text[::-1]) for text in HOSTILE)},
        column_pairs={key: tuple(replace(column, chinese_name=text, foreign_name=text) for text in HOSTILE)},
        failures=tuple(failure("d", "en", "https://en.d.gov.cn/", "other", None, text) for text in HOSTILE),
    )


@pytest.fixture(scope="session")
def hostile_words() -> tuple[str, ...]:
    return HOSTILE


@pytest.fixture(scope="session")
def hostile_report() -> RoundReport:
    return hostile_round()


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Reports of the hostile round, under the rules that come with waiwen."""
    folder = tmp_path_factory.mktemp("hostile") / "round"
    write_reports(replace(hostile_round(), rules=load_rules(default_rules_path(), registry())), folder)
    return folder


@pytest.fixture
def report() -> RoundReport:
    return small_round()


@pytest.fixture(scope="session")
def small() -> RoundReport:
    """The small round, made once."""
    return small_round()


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The reports of the small round, written once."""
    written = tmp_path_factory.mktemp("reports") / "2026-spring"
    write_reports(small_round(), written)
    return written


@pytest.fixture(scope="session")
def read(folder: Path) -> Callable[[str], str]:
    return lambda name: (folder / name).read_text(encoding="utf-8")
