"""What a report is written from: one frozen record of a scored round."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from crawler.model import ForeignVersion, Site
from scoring.evidence import ColumnPair, EvidenceRef, FailureRow, Measurement, Pair
from scoring.gains import Fix
from scoring.review.ratings import Rating
from scoring.review.records import Objection, Override, Retest
from scoring.ruleset.model import BONUS
from scoring.ruleset.rule_set import RuleSet
from scoring.scorecard import Entry, Ranking, Scorecard

__all__ = ["FailureRow", "Mark", "RoundReport", "Title", "Titles", "VersionKey"]

Title = tuple[str, str]  # (English, Chinese)
VersionKey = tuple[str, str]  # (site id, language)


@dataclass(frozen=True)
class Titles:
    """The rule file's titles by id, each mapping in the order of the file. An id without a title shows as itself."""

    rules: Title = ("", "")
    categories: Mapping[str, Title] = field(default_factory=dict)
    groups: Mapping[str, Title] = field(default_factory=dict)
    indicators: Mapping[str, Title] = field(default_factory=dict)
    cohorts: Mapping[str, Title] = field(default_factory=dict)
    tiers: Mapping[str, Title] = field(default_factory=dict)
    gates: Mapping[str, Title] = field(default_factory=dict)

    @property
    def chinese_categories(self) -> dict[str, str]:
        """The Chinese titles of the categories by id."""
        return {name: title[1] for name, title in self.categories.items()}


@dataclass(frozen=True)
class Provenance:
    """What a round was made from: the roster's digest, and the SHA-256 of each WARC file by name."""

    roster_digest: str = ""
    archive: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Mark:
    """A monitor of crawl quality that the round failed, and what it found, in a sentence."""

    monitor: str
    title: Title
    sentence: str


@dataclass(frozen=True)
class RoundReport:
    """A scored round, complete: reports are a function of this record and nothing else.

    `pairs` and `column_pairs` are by (site id, language). `body_of` returns the archived body of a cited
    capture, its content encoding undone, with the Content-Type header; it may raise WaiwenError, and the
    evidence page then says so. `fixes` are what full marks on an indicator would bring, the largest gain first.
    `statuses` are HTTP statuses by capture id, where known. `unspecified` is the share of weight (0..1) that the
    edition gives to nothing, `edition_note` what its reader must know. `rules` is the rule set, which the method page,
    the stages and the award lists come from; without it they are left out. `overrides`,
    `objections`, `retests` and `ratings` are what people said and did after the crawl. `marks` are the
    crawl-quality monitors that failed: every page, every row of the tables and the manifest then say so.
    `unweighed` are the measurements, by indicator, that the rule set gives no points.
    """

    round: str
    cutoff: date
    edition: str
    rules_digest: str
    sites: tuple[Site, ...]
    versions: tuple[ForeignVersion, ...]
    ranking: Ranking
    pairs: Mapping[VersionKey, tuple[Pair, ...]]
    column_pairs: Mapping[VersionKey, tuple[ColumnPair, ...]]
    failures: tuple[FailureRow, ...]
    captures: int
    titles: Titles
    body_of: Callable[[EvidenceRef], tuple[bytes, str | None]]
    fixes: Mapping[VersionKey, tuple[Fix, ...]] = field(default_factory=dict)
    statuses: Mapping[int, int] = field(default_factory=dict)
    unspecified: float = 0.0
    edition_note: str = ""
    rules: RuleSet | None = None
    provenance: Provenance = Provenance()
    overrides: tuple[Override, ...] = ()
    objections: tuple[Objection, ...] = ()
    retests: tuple[Retest, ...] = ()
    ratings: tuple[Rating, ...] = ()
    marks: tuple[Mark, ...] = ()
    unweighed: Mapping[VersionKey, Mapping[str, Measurement]] = field(default_factory=dict)

    def cohorts(self) -> tuple[str, ...]:
        """Cohorts that hold a site: in the order of the rule file, then others by id."""
        held = {site.cohort for site in self.sites} | {entry.site.cohort for entry in self.ranking.entries}
        known = [cohort for cohort in self.titles.cohorts if cohort in held]
        return (*known, *sorted(held - set(known)))

    def entries(self, cohort: str) -> tuple[Entry, ...]:
        """A cohort's entries, an entry for every site: by rank, then site id, unranked ones last."""
        scored = {entry.site.id: entry for entry in self.ranking.entries if entry.site.cohort == cohort}
        for site in self.sites:
            if site.cohort == cohort and site.id not in scored:
                scored[site.id] = Entry(site, None, None, reason="the site was not scored in this round")
        return tuple(sorted(scored.values(), key=lambda e: (e.rank is None, e.rank or 0, e.site.id)))

    def scorecards(self) -> tuple[Scorecard, ...]:
        """Every scored version, by site id and language."""
        return tuple(sorted(self.ranking.scorecards, key=lambda card: (card.site_id, card.language)))

    def categories(self) -> tuple[str, ...]:
        """Category ids: in the order of the rule file, then any other that a scorecard holds."""
        held = (category.id for card in self.scorecards() for category in card.categories)
        return tuple(name for name in dict.fromkeys([*self.titles.categories, *held]) if name != BONUS)


def unranked_reason(entry: Entry) -> str:
    """Return why a site has no rank, never empty for an unranked one; empty for a ranked one."""
    if entry.rank is not None:
        return ""
    return entry.reason or (entry.scorecard.reason if entry.scorecard else "") or "no foreign version could be scored"
