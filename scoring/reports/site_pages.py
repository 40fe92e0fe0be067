"""A site's own page: its score line by line, what to mend, and what stands against what in Chinese."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import TypeVar

from markupsafe import Markup

from crawler.model import ForeignVersion
from scoring.advice import Advice, advice_for
from scoring.evidence import ColumnPair, FailureRow
from scoring.gains import Fix
from scoring.reports.bundle import RoundReport, unranked_reason
from scoring.reports.html import render
from scoring.reports.parity_pages import compared_sites
from scoring.reports.paths import site_file
from scoring.reports.profile_chart import Standing, profile_chart, standings
from scoring.reports.tables import scored_versions
from scoring.ruleset.model import BONUS
from scoring.scorecard import CategoryScore, Entry, Line, Scorecard

MOST_ROWS = 200  # of a long table on a page; the CSV file beside it has all
THINGS_TO_MEND = 10

_Row = TypeVar("_Row", ForeignVersion, FailureRow, Scorecard)


@dataclass(frozen=True)
class Mending:
    """A fix that is worth making, what was found there, and what to do in plain words where we have them."""

    fix: Fix
    note: str
    advice: Advice | None


@dataclass(frozen=True)
class CategorySection:
    """A category of a scorecard with its lines by group, in the order of the rule file."""

    score: CategoryScore
    groups: tuple[tuple[str, tuple[Line, ...]], ...]

    @property
    def points(self) -> float:
        """The points of its lines that count."""
        return math.fsum(line.points for line in self._counting if line.points is not None)

    @property
    def counting(self) -> float:
        """The weight of its lines that count: the most that `points` can be."""
        return math.fsum(line.weight for line in self._counting)

    @property
    def _counting(self) -> list[Line]:
        return [line for _, lines in self.groups for line in lines if line.points is not None]


@dataclass(frozen=True)
class VersionSection:
    """All that a site's page says of one scored version."""

    card: Scorecard
    version: ForeignVersion | None
    categories: tuple[CategorySection, ...]
    bonus: tuple[CategorySection, ...]  # the bonus indicators, where there are any
    mendings: tuple[Mending, ...]
    columns: tuple[ColumnPair, ...]
    profile: Markup | None  # the category scores beside the cohort's
    beside: Mapping[str, Standing]  # the cohort's median and best of each category


def site_pages(report: RoundReport) -> Iterable[tuple[str, str]]:
    """Yield (path below the report folder, page) for every site, by site id."""
    versions = _by_site(report.versions)
    failures = _by_site(report.failures)
    cards = _by_site(report.scorecards())
    entries = [entry for cohort in report.cohorts() for entry in report.entries(cohort)]
    ranked = {cohort: sum(e.rank is not None for e in report.entries(cohort)) for cohort in report.cohorts()}
    beside = {cohort: standings(report.entries(cohort)) for cohort in report.cohorts()}
    for entry in sorted(entries, key=lambda e: e.site.id):
        site = entry.site
        chosen = scored_versions(versions.get(site.id, []))
        sections = [
            version_section(report, card, chosen.get((site.id, card.language)), beside[site.cohort])
            for card in cards.get(site.id, [])
        ]
        yield (
            site_file(site),
            _page(report, entry, ranked[site.cohort], sections, versions.get(site.id, []), failures.get(site.id, [])),
        )


def _page(
    report: RoundReport,
    entry: Entry,
    ranked: int,
    sections: list[VersionSection],
    versions: list[ForeignVersion],
    failures: list[FailureRow],
) -> str:
    return render(
        "site.html",
        report,
        root="../",
        site=entry.site,
        entry=entry,
        ranked_in_cohort=ranked,
        reason=unranked_reason(entry),
        parity_file=compared_sites(report).get(entry.site.id, ""),
        sections=sections,
        versions=sorted(versions, key=attrgetter("language", "url", "how", "anchor")),
        failures=sorted(failures, key=lambda f: (f.version, f.url, str(f.fetched), f.failure)),
        most_rows=MOST_ROWS,
    )


def _by_site(rows: Iterable[_Row]) -> Mapping[str, list[_Row]]:
    found: dict[str, list[_Row]] = {}
    for row in rows:
        found.setdefault(row.site_id, []).append(row)
    return found


def version_section(
    report: RoundReport, card: Scorecard, version: ForeignVersion | None, beside: Mapping[str, Standing]
) -> VersionSection:
    """Gather what the page says of one scored version. `beside` is how its cohort stands in each category."""
    key = (card.site_id, card.language)
    notes = {line.indicator: line.measurement.note for line in card.lines}
    return VersionSection(
        card=card,
        version=version,
        categories=tuple(_category_section(category, card.lines) for category in card.categories),
        bonus=(_category_section(CategoryScore(BONUS, 0.0, None, 0.0), card.lines),),
        mendings=tuple(
            Mending(fix, notes.get(fix.indicator, ""), advice_for(fix.indicator))
            for fix in report.fixes.get(key, ())[:THINGS_TO_MEND]
            if fix.gain > 0
        ),
        columns=report.column_pairs.get(key, ()),
        profile=profile_chart(card.categories, beside, report.titles.categories),
        beside=beside,
    )


def _category_section(category: CategoryScore, lines: Iterable[Line]) -> CategorySection:
    own = [line for line in lines if line.category == category.id]
    groups = tuple((group, tuple(found)) for group, found in groupby(own, key=attrgetter("group")))
    return CategorySection(category, groups)
