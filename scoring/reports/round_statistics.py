"""The statistics that a round publishes, one record a figure: every share keeps its numerator and its denominator."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from crawler.model import Site, Verdict
from scoring.evidence import Outcome
from scoring.rank import comparable
from scoring.reports.bundle import RoundReport, unranked_reason
from scoring.reports.cohorts import BANDS, CohortStatistics, band_counts, count_sites, ownership_by_site, total_of
from scoring.reports.cohorts import Ownership as Owned
from scoring.reports.zones import ZONES, zone_of
from scoring.review.ratings import agreement, expert_rules, panels
from scoring.scorecard import Entry, Scorecard

ALL = "all"  # stands for every cohort together
# New media and telephones, by the indicator that tells whether a version has taken them up.
ADOPTIONS = ("social_accounts", "mobile_viewport", "subscription")


@dataclass(frozen=True)
class Statistic:
    """One figure: `count` of `of` (sites), or a `value`; `low` and `high` bound the share (0..1) where it has bounds.

    `topic` says what is counted, `part` which part of it: a band, a zone, a language, a stage, a gate, a reason.
    """

    topic: str
    cohort: str
    part: str = ""
    count: int | None = None
    of: int | None = None
    value: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def share(self) -> float | None:
        """`count` over `of`, 0..1; None where there is nothing to divide by."""
        return self.count / self.of if self.count is not None and self.of else None


@dataclass(frozen=True)
class Group:
    """The sites that one figure is about: a cohort's, or all; with their places in the ranking."""

    cohort: str
    counts: CohortStatistics
    entries: tuple[Entry, ...]
    owned: dict[str, Owned]  # by site id

    @property
    def sites(self) -> tuple[Site, ...]:
        """Every site of the group."""
        return tuple(entry.site for entry in self.entries)

    @property
    def ranked(self) -> tuple[Entry, ...]:
        """The sites with a rank."""
        return tuple(entry for entry in self.entries if entry.rank is not None)

    @property
    def cards(self) -> tuple[Scorecard, ...]:
        """The scorecards that stand for its sites, ranked or not."""
        return tuple(entry.scorecard for entry in self.entries if entry.scorecard is not None)


Topic = Callable[[RoundReport, Group], Iterable[Statistic]]


def round_statistics(report: RoundReport) -> tuple[Statistic, ...]:
    """Return every statistic: topic by topic, in each the cohorts in their order and then all together."""
    groups = _groups(report)
    return tuple(found for topic in TOPICS for group in groups for found in topic(report, group))


def _groups(report: RoundReport) -> list[Group]:
    owned = ownership_by_site(report)
    members = {name: report.entries(name) for name in report.cohorts()}
    if len(members) > 1:
        members[ALL] = tuple(entry for entries in members.values() for entry in entries)
    return [Group(name, count_sites(name, entries, owned), entries, owned) for name, entries in members.items()]


def _ownership(report: RoundReport, group: Group) -> Iterator[Statistic]:
    found, cohort = group.counts, group.cohort
    yield Statistic(
        "ownership", cohort, "", found.with_version, found.known, low=found.share_low, high=found.share_high
    )
    for part in ("with_version", "without_version", "blocked", "unknown"):
        yield Statistic("ownership_state", cohort, part, getattr(found, part), found.sites)


def _ownership_by_place(report: RoundReport, group: Group) -> Iterator[Statistic]:
    known = [s for s in group.sites if group.owned[s.id] in (Owned.OWNED, Owned.NONE)]
    for topic, place, order in (
        ("ownership_by_zone", zone_of, ZONES),
        ("ownership_by_region", lambda site: site.region, sorted({s.region for s in group.sites})),
    ):
        for part in order:
            inside = [site for site in known if place(site) == part]
            owned = sum(group.owned[site.id] is Owned.OWNED for site in inside)
            if part and any(place(site) == part for site in group.sites):
                yield Statistic(topic, group.cohort, part, owned, len(inside))


def _assessed(report: RoundReport, group: Group) -> Iterator[Statistic]:
    """Tell how many of the sites with a version are ranked, and why the others are not."""
    owned = [entry for entry in group.entries if group.owned[entry.site.id] is Owned.OWNED]
    yield Statistic("assessed", group.cohort, "", sum(entry.rank is not None for entry in owned), len(owned))
    reasons = Counter(unranked_reason(entry) for entry in owned if entry.rank is None)
    for reason, count in sorted(reasons.items()):
        yield Statistic("excluded", group.cohort, reason, count, len(owned))


def _bands(report: RoundReport, group: Group) -> Iterator[Statistic]:
    for (_, name), count in zip(BANDS, group.counts.bands, strict=True):
        yield Statistic("score_band", group.cohort, name, count, group.counts.ranked)


def _extremes(report: RoundReport, group: Group) -> Iterator[Statistic]:
    totals = [(total_of(entry), entry.site.id) for entry in group.ranked]
    if not totals:
        return
    best = max(total for total, _ in totals)
    for total, site in sorted(totals, key=lambda found: found[1]):
        if comparable(total) == comparable(best):
            yield Statistic("maximum", group.cohort, site, value=total)
    yield Statistic("mean", group.cohort, "", value=math.fsum(total for total, _ in totals) / len(totals))
    for category in report.categories():
        scores = _category_scores(group.cards, category)
        if scores:
            yield Statistic("category_maximum", group.cohort, category, value=max(scores))
            yield Statistic("category_mean", group.cohort, category, value=math.fsum(scores) / len(scores))


def _category_scores(cards: Sequence[Scorecard], category: str) -> list[float]:
    return [c.score for card in cards for c in card.categories if c.id == category and c.score is not None]


def _languages(report: RoundReport, group: Group) -> Iterator[Statistic]:
    """Count every language, and every number of languages, that any cohort has; this one may have 0 of it."""
    ids = {site.id for site in group.sites}
    languages: dict[str, set[str]] = {}
    for version in report.versions:
        if version.verdict is Verdict.REAL:
            languages.setdefault(version.site_id, set()).add(version.language)
    own = [found for site_id, found in languages.items() if site_id in ids]
    for number in sorted({len(found) for found in languages.values()}):
        count = sum(len(found) == number for found in own)
        yield Statistic("languages_per_site", group.cohort, str(number), count, len(own))
    for language in sorted(set().union(*languages.values())):
        yield Statistic("language", group.cohort, language, sum(language in found for found in own), len(own))


def _stages(report: RoundReport, group: Group) -> Iterator[Statistic]:
    stages = report.rules.stages if report.rules else ()
    cuts = [stage.cut for stage in stages]
    for stage, count in zip(stages, band_counts([total_of(e) for e in group.ranked], cuts), strict=True):
        yield Statistic("stage", group.cohort, stage.id, count, len(group.ranked))


def _adoption(report: RoundReport, group: Group) -> Iterator[Statistic]:
    for indicator in ADOPTIONS:
        values = [
            line.measurement.value
            for card in group.cards
            for line in card.lines
            if line.indicator == indicator and line.measurement.outcome is Outcome.MEASURED
        ]
        if values:
            yield Statistic("adoption", group.cohort, indicator, sum(bool(value) for value in values), len(values))


def _gates(report: RoundReport, group: Group) -> Iterator[Statistic]:
    known = [gate.id for gate in report.rules.gates] if report.rules else []
    fired = Counter(gate.id for card in group.cards for gate in card.gates)
    for gate in dict.fromkeys([*known, *sorted(fired)]):
        yield Statistic("gate", group.cohort, gate, fired[gate], len(group.cards))


def _agreement(report: RoundReport, group: Group) -> Iterator[Statistic]:
    ids = {site.id for site in group.sites}
    found = {key: panel for key, panel in panels(report.ratings).items() if key[0] in ids}
    for rule in expert_rules(report.rules).values() if report.rules and found else ():
        value, _ = agreement(rule, found)
        if value is not None:
            yield Statistic("agreement", group.cohort, rule.id, value=value)


TOPICS: tuple[Topic, ...] = (
    _ownership,
    _ownership_by_place,
    _assessed,
    _bands,
    _extremes,
    _languages,
    _stages,
    _adoption,
    _gates,
    _agreement,
)
