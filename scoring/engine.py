"""Scale, weigh, gate, tier, rank: from measurements to scorecards, and from scorecards to a ranking."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from crawler.model import ForeignVersion, Site, Verdict
from scoring.aggregate import coverage_of, totals
from scoring.evidence import Measurement, Outcome, not_measured
from scoring.gates import fired
from scoring.rank import comparable, competition_ranks
from scoring.robustness.cohort import cohort_robustness
from scoring.robustness.model import CohortRobustness
from scoring.ruleset.model import BONUS, IndicatorRule
from scoring.ruleset.rule_set import RuleSet
from scoring.scorecard import Entry, Line, Ranking, Scorecard
from scoring.tiers import award_tiers
from scoring.unranked import coverage_reason, site_reason, standing_reason, version_reason

ABSENT = not_measured("this round holds no measurement of it")
NOTHING_MEASURED = "nothing could be measured"


def score_version(
    rules: RuleSet, site: Site, version: ForeignVersion, measurements: Mapping[str, Measurement]
) -> Scorecard:
    """Score one foreign version from its measurements by indicator id, by the weights of the site's cohort.

    A version that is not real (blocked, dead, a stub, ...) gets no line, no points and no total, only a reason.
    """
    if version.verdict is not Verdict.REAL:
        return Scorecard(site.id, version.language, None, 0.0, (), (), reason=version_reason(version))
    own = rules.for_cohort(site.cohort)
    found = {name: _sound(measurement) for name, measurement in measurements.items()}
    lines = tuple(_line(own, rule, found.get(rule.id)) for rule in own.indicators)
    summed = totals(own, {category.id: category.weight for category in own.categories}, lines)
    coverage = coverage_of(lines)
    reason = _why_no_total(own, lines, coverage)
    return Scorecard(
        site.id,
        version.language,
        None if reason else summed.total,
        coverage,
        summed.categories,
        lines,
        fired(own.gates, found),
        reason=reason,
        bonus=0.0 if reason else summed.bonus,
    )


def _line(rules: RuleSet, rule: IndicatorRule, found: Measurement | None) -> Line:
    measurement = found or ABSENT
    scaled: float | None = None
    if measurement.value is not None:
        scaled = rule.scaled(measurement.value)
    elif found is not None and cost_of(rule, measurement.outcome) == "zero":
        scaled = 0.0
    return Line(
        rule.id,
        rules.category_of(rule.id),
        rule.group,
        rules.unit(rule.id),
        rule.weight,
        rule.status,
        measurement,
        scaled,
        None if scaled is None else rule.weight * scaled / 100,
        rule.kind,
    )


def _sound(measurement: Measurement) -> Measurement:
    """Take a value that is no finite number for the error that it is."""
    if measurement.value is None or math.isfinite(measurement.value):
        return measurement
    note = f"the measured value is {measurement.value}, not a finite number"
    return Measurement(Outcome.ERROR, note=note, evidence=measurement.evidence)


def cost_of(rule: IndicatorRule, outcome: Outcome) -> str:
    """Return what an outcome without a value costs: leave_out, zero or review.

    What reviewers have not rated, or not alike, waits for them unless the rules say otherwise.
    """
    if rule.kind == "expert" and outcome is Outcome.NOT_MEASURED and rule.when.not_measured == "leave_out":
        return "review"
    costs = {
        Outcome.NOT_MEASURED: rule.when.not_measured,
        Outcome.NOT_APPLICABLE: rule.when.not_applicable,
        Outcome.ERROR: rule.when.error,
    }
    return costs.get(outcome, "leave_out")


def waiting_for_review(rules: RuleSet, card: Scorecard) -> tuple[Line, ...]:
    """Return the lines that are left out until a person has looked."""
    return tuple(
        line
        for line in card.lines
        if line.points is None
        and line.measurement != ABSENT
        and cost_of(rules.rule(line.indicator), line.measurement.outcome) == "review"
    )


def _why_no_total(rules: RuleSet, lines: Sequence[Line], coverage: float) -> str:
    # A bonus says nothing of how good a version is: that there are three languages is known of an empty one, too.
    if not any(line.measurement.outcome is Outcome.MEASURED for line in lines if line.category != BONUS):
        return NOTHING_MEASURED
    if comparable(coverage) < rules.minimum_coverage:
        return coverage_reason(coverage, rules.minimum_coverage)
    return ""


def score_round(
    rules: RuleSet,
    sites: Iterable[Site],
    versions: Iterable[ForeignVersion],
    measurements: Mapping[tuple[str, str], Mapping[str, Measurement]],
    site_problems: Mapping[str, str] = MappingProxyType({}),
) -> Ranking:
    """Score every real version, let each site stand with its best, and rank each cohort.

    `measurements` are by (site id, language), then by indicator id. `site_problems` say, by site id, why a
    site's own home page could not be captured. The order of sites and versions does not matter.
    """
    ordered = sorted(sites, key=lambda site: site.id)
    found: dict[str, list[ForeignVersion]] = {site.id: [] for site in ordered}
    for version in versions:
        if version.site_id in found:
            found[version.site_id].append(version)
    cards = {
        site.id: [
            score_version(rules, site, version, measurements.get((site.id, version.language), {}))
            for version in _real(found[site.id])
        ]
        for site in ordered
    }
    entries: list[Entry] = []
    firm: list[CohortRobustness] = []
    for cohort in _cohorts(rules, ordered):
        members = [site for site in ordered if site.cohort == cohort]
        ranked, robustness = _ranked(rules, cohort, members, cards)
        entries += ranked
        firm += [robustness] if ranked else []
        for site in members:
            best = _standing(cards[site.id])
            if best is None:
                entries.append(
                    Entry(site, None, None, reason=site_reason(found[site.id], site_problems.get(site.id, "")))
                )
            elif best.total is None:
                entries.append(Entry(site, best, None, reason=standing_reason(best)))
    return Ranking(tuple(entries), tuple(card for site in ordered for card in cards[site.id]), tuple(firm))


def _real(versions: Iterable[ForeignVersion]) -> list[ForeignVersion]:
    """Return the real versions by language; of two in one language, the first by address."""
    real = [version for version in versions if version.verdict is Verdict.REAL]
    by_language = {v.language: v for v in sorted(real, key=lambda v: v.url, reverse=True)}
    return [by_language[language] for language in sorted(by_language)]


def _cohorts(rules: RuleSet, sites: Iterable[Site]) -> list[str]:
    """Return the cohorts in the order of the rule file, then the roster's others by name."""
    listed = [cohort.id for cohort in rules.cohorts]
    return [*listed, *sorted({site.cohort for site in sites} - set(listed))]


def _standing(cards: Sequence[Scorecard]) -> Scorecard | None:
    """Return the card that stands for a site, None where there is none.

    The highest total stands, of equal ones the first language tag; where no card has a total, the best covered.
    """
    if not cards:
        return None
    return min(
        cards,
        key=lambda card: (
            card.total is None,
            -card.coverage if card.total is None else -comparable(card.total),
            card.language,
        ),
    )


def _ranked(
    rules: RuleSet, cohort: str, members: Iterable[Site], cards: Mapping[str, Sequence[Scorecard]]
) -> tuple[list[Entry], CohortRobustness]:
    """Return the ranked entries of one cohort, by rank, then site id, and how firm they are."""
    standing = {
        site.id: card for site in members if (card := _standing(cards[site.id])) is not None and card.total is not None
    }
    totals = {name: card.total for name, card in standing.items() if card.total is not None}
    ranks = competition_ranks(totals)
    own = rules.for_cohort(cohort)
    category_ranks = _category_ranks(own, standing)
    robustness = cohort_robustness(own, cohort, standing)
    firm = {found.site_id: found for found in robustness.sites}
    gated = {name for name, card in standing.items() if card.gates}
    tiers = award_tiers(rules.tiers_for(cohort), totals, ranks, withheld=gated)
    entries = [
        Entry(
            site,
            standing[site.id],
            ranks[site.id],
            category_ranks[site.id],
            (firm[site.id].low, firm[site.id].high),
            tiers.get(site.id),
            tier_share=firm[site.id].tier_share,
        )
        for site in members
        if site.id in standing
    ]
    return sorted(entries, key=lambda entry: (entry.rank or 0, entry.site.id)), robustness


def _category_ranks(rules: RuleSet, standing: Mapping[str, Scorecard]) -> dict[str, tuple[tuple[str, int], ...]]:
    """Rank the cohort's ranked sites in each of its categories; a site without a score there has no rank there."""
    found: dict[str, list[tuple[str, int]]] = {name: [] for name in standing}
    for place, category in enumerate(rules.categories):
        scores = {name: score for name, card in standing.items() if (score := card.categories[place].score) is not None}
        for name, rank in competition_ranks(scores).items():
            found[name].append((category.id, rank))
    return {name: tuple(ranks) for name, ranks in found.items()}
