"""Many sites at once: a table of values in, totals, ranks and tiers out. For national sweeps and for trying rules.

The same rules as `scoring.engine`, over arrays and without the evidence behind each line; totals agree with the
engine's up to float noise, ranks and tiers exactly, as both are settled on the same decimals.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from scoring.evidence import Outcome
from scoring.rank import DECIMALS
from scoring.robustness.simulation import Flags, Floats, Grid, Integers, ranks, totals, unchanged
from scoring.ruleset.model import BONUS, IndicatorRule
from scoring.ruleset.rule_set import RuleSet
from scoring.tiers import first_fitting

COSTLY = (Outcome.NOT_MEASURED, Outcome.NOT_APPLICABLE)


def sweep(rules: RuleSet, cohort: str, values: pd.DataFrame, outcomes: pd.DataFrame | None = None) -> pd.DataFrame:
    """Score and rank a cohort: one row a site, by site id in the index, one column an indicator id.

    `values` hold NaN where nothing was measured, and `outcomes` then say why (`scoring.evidence.Outcome` values);
    without them no missing value costs anything. Gates are not looked at. Gives `total` (0..100, NaN where too little
    was measured), `coverage` (0..1), `rank` (0 where there is no total) and `tier` ("" where there is none).
    """
    own = rules.for_cohort(cohort)
    weighed = [rule for rule in own.indicators if rule.group != BONUS]
    scaled = _scaled(weighed, values, outcomes)
    coverage = _coverage(weighed, scaled)
    grid = _grid(own, weighed, tuple(map(str, values.index)), scaled, _bonus(own, values, outcomes))
    found = totals(grid, unchanged(grid))[0]
    seen = ~np.isnan(values.reindex(columns=[rule.id for rule in weighed]).to_numpy(dtype=np.float64))
    ranked = (np.round(coverage, DECIMALS) >= own.minimum_coverage) & seen.any(axis=1) & ~np.isnan(found)
    placed = np.zeros(len(found), dtype=np.int32)
    placed[ranked] = ranks(found[None, ranked])[0]
    return pd.DataFrame(
        {
            "total": np.where(ranked, found, np.nan),
            "coverage": coverage,
            "rank": placed,
            "tier": _tiers(own, cohort, found, placed, ranked),
        },
        index=values.index,
    )


def _scaled(rules: Sequence[IndicatorRule], values: pd.DataFrame, outcomes: pd.DataFrame | None) -> Floats:
    """Return 0..100 for each site and rule, NaN where the line does not count."""
    found = np.full((len(values), len(rules)), np.nan)
    for place, rule in enumerate(rules):
        if rule.id not in values:
            continue
        found[:, place] = rule.all_scaled(values[rule.id].to_numpy(dtype=np.float64))
        if outcomes is not None and rule.id in outcomes:
            for outcome in COSTLY:
                if getattr(rule.when, outcome.value) == "zero":
                    found[(outcomes[rule.id] == outcome.value).to_numpy(), place] = 0.0
    return found


def _coverage(rules: Sequence[IndicatorRule], scaled: Floats) -> Floats:
    weights = np.array([rule.weight for rule in rules])
    return np.asarray(np.minimum(1.0, (~np.isnan(scaled)) @ weights / weights.sum()))


def _grid(
    rules: RuleSet, weighed: Sequence[IndicatorRule], sites: tuple[str, ...], scaled: Floats, bonus: Floats
) -> Grid:
    place_of = {category.id: place for place, category in enumerate(rules.categories)}
    return Grid(
        sites=sites,
        indicators=tuple(rule.id for rule in weighed),
        scaled=scaled,
        weights=np.array([rule.weight for rule in weighed]),
        categories=np.array([place_of[rules.category_of(rule.id)] for rule in weighed]),
        category_weights=np.array([category.weight for category in rules.categories]),
        sampled={},
        bonus=bonus,
        opens_at=rules.bonus.opens_at if rules.bonus else 0.0,
        deduction=rules.method == "deduction",
    )


def _bonus(rules: RuleSet, values: pd.DataFrame, outcomes: pd.DataFrame | None) -> Floats:
    """Return what each site's bonus indicators add where the bonus opens."""
    if rules.bonus is None:
        return np.zeros(len(values))
    extra = [rule for rule in rules.indicators if rule.group == BONUS]
    weights = np.array([rule.weight for rule in extra])
    earned = np.nan_to_num(_scaled(extra, values, outcomes)) @ weights / 100
    return np.asarray(np.minimum(earned, rules.bonus.cap))


def _tiers(rules: RuleSet, cohort: str, found: Floats, placed: Integers, ranked: Flags) -> list[str]:
    tiers = rules.tiers_for(cohort)
    names = np.array([*(tier.id for tier in tiers), ""], dtype=object)
    held = np.full(len(found), len(tiers))
    held[ranked] = first_fitting(tiers, found[None, ranked], placed[None, ranked])[0]
    return [str(name) for name in names[held]]
