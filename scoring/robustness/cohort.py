"""How firm is a ranking? Each site's rank and award tier over many runs in which its assumptions vary."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence

import numpy as np

from scoring.rank import DECIMALS
from scoring.robustness.model import (
    PERCENTILES,
    SOURCES,
    Assumptions,
    CohortRobustness,
    Correlation,
    SiteRobustness,
    SourceEffect,
)
from scoring.robustness.simulation import Flags, Floats, Grid, Integers, ranks, totals, unchanged
from scoring.robustness.uncertainty import drawn_runs, grid_of
from scoring.ruleset.model import Tier
from scoring.ruleset.rule_set import RuleSet
from scoring.scorecard import Scorecard
from scoring.tiers import first_fitting

FEWEST_FOR_CORRELATION = 3


def cohort_robustness(
    rules: RuleSet, cohort: str, cards: Mapping[str, Scorecard], assumptions: Assumptions | None = None
) -> CohortRobustness:
    """Vary the assumptions behind a cohort's ranking.

    `cards` are the scorecards, with totals, that stand for its sites, by site id; `rules` are as they hold for it.
    """
    assumptions = assumptions or Assumptions()
    if not cards:
        return CohortRobustness(cohort, assumptions, (), (), ())
    grid = grid_of(rules, cards)
    published = totals(grid, unchanged(grid))
    reference = ranks(published)[0]
    tiers = rules.tiers_for(cohort)
    runs = drawn_runs(grid, assumptions)
    scores = totals(grid, runs)
    placed = ranks(scores)
    low, high = np.percentile(placed, PERCENTILES, axis=0)
    gated = [bool(cards[name].gates) for name in grid.sites]
    shares = _tier_shares(tiers, reference, published, scores[_comparable(tiers, runs.geometric)], gated)
    sites = [
        SiteRobustness(name, int(reference[i]), math.floor(low[i]), math.ceil(high[i]), shares[i])
        for i, name in enumerate(grid.sites)
    ]
    return CohortRobustness(
        cohort,
        assumptions,
        tuple(sorted(sites, key=lambda site: (site.rank, site.site_id))),
        _correlations(grid, published[0]),
        tuple(_effect(grid, source, assumptions.alone(source), reference) for source in SOURCES),
    )


def _comparable(tiers: Sequence[Tier], geometric: Flags) -> Flags:
    """Return the runs that tiers can be awarded in: a cut on arithmetic totals says nothing about geometric ones."""
    return ~geometric if any(tier.cut is not None for tier in tiers) else np.ones_like(geometric)


def _tier_shares(
    tiers: Sequence[Tier], reference: Integers, published: Floats, scores: Floats, gated: Collection[bool]
) -> list[float | None]:
    """Return each site's share of runs with the tier that it has; a site with a fired gate gets none in any run."""
    if not tiers or not len(scores):
        return [None] * len(reference)
    own = first_fitting(tiers, published, reference[None, :])[0]
    shares = (first_fitting(tiers, scores, ranks(scores)) == own).mean(axis=0)
    return [1.0 if held else float(share) for held, share in zip(gated, shares, strict=True)]


def _correlations(grid: Grid, published: Floats) -> tuple[Correlation, ...]:
    whole = grid.weights.sum()
    return tuple(
        Correlation(name, float(grid.weights[i] / whole), *_pearson(grid.scaled[:, i], published))
        for i, name in enumerate(grid.indicators)
    )


def _pearson(values: Floats, scores: Floats) -> tuple[float | None, int]:
    counts = ~np.isnan(values)
    own, total = (
        np.round(found[counts], DECIMALS) for found in (values, scores)
    )  # float noise correlates with nothing
    number = int(counts.sum())
    if number < FEWEST_FOR_CORRELATION or np.ptp(own) == 0 or np.ptp(total) == 0:
        return None, number
    return float(np.clip(np.corrcoef(own, total)[0, 1], -1, 1)), number


def _effect(grid: Grid, source: str, alone: Assumptions, reference: Integers) -> SourceEffect:
    shifts = np.abs(ranks(totals(grid, drawn_runs(grid, alone))) - reference)
    return SourceEffect(source, float(shifts.mean()), int(shifts.max()), float((shifts > 0).any(axis=0).mean()))
