"""Speed and memory of scoring: a national sweep, and the runs of a robustness analysis beside the bare product.

    python scripts/bench_scoring.py [--sites 100000] [--runs 1000]

Values are drawn at random under a rule set of 60 indicators in four categories; one value in ten is missing, in
patterns shared by many sites as a round's are (what one machine could not see, it saw nowhere).
"""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Callable

import numpy as np
import pandas as pd

from scoring.evidence import Outcome
from scoring.robustness.simulation import Floats, Grid, Runs, ranks, totals
from scoring.ruleset.model import IndicatorRule, Tier
from scoring.ruleset.nodes import Category, Group
from scoring.ruleset.rule_set import RuleSet
from scoring.scale import Linear
from scoring.sweep import sweep

INDICATORS, CATEGORIES, PATTERNS = 60, 4, 40
TITLE = {"en": "x", "zh": "某"}


def rule_set() -> RuleSet:
    """Sixty straight lines in four categories of 25 points."""
    each, share = 100 / INDICATORS, 100 / CATEGORIES
    names = [f"i{number}" for number in range(INDICATORS)]
    return RuleSet.model_construct(
        method="points",
        minimum_coverage=0.5,
        categories=tuple(
            Category(
                id=f"c{place}",
                title=TITLE,
                weight=share,
                status="proposed",
                groups=(Group(id=f"g{place}", title=TITLE, weight=share, status="proposed"),),
            )
            for place in range(CATEGORIES)
        ),
        indicators=tuple(
            IndicatorRule(
                id=name,
                title=TITLE,
                group=f"g{place * CATEGORIES // INDICATORS}",
                weight=each,
                scale=Linear(full=1.0, zero=0.0),
                status="proposed",
            )
            for place, name in enumerate(names)
        ),
        tiers={
            "default": (Tier(id="leading", title=TITLE, quota=0.1), Tier(id="excellent", title=TITLE, cut=60.0)),
        },
        cohorts=(),
        bonus=None,
        digest="",
        units={},
        parameters={},
    )


def values_of(sites: int) -> Floats:
    """Return random values, one row a site, with gaps."""
    rng = np.random.default_rng(1)
    found = rng.uniform(size=(sites, INDICATORS))
    gaps = rng.uniform(size=(PATTERNS, INDICATORS)) < 0.1
    found[gaps[np.sort(rng.integers(0, PATTERNS, sites))]] = np.nan
    return found


def best(work: Callable[[], object], times: int = 3) -> float:
    """Return the shortest of some runs, in seconds."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return min(taken)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sites", type=int, default=100_000)
    parser.add_argument("--runs", type=int, default=1_000)
    given = parser.parse_args()
    rules, values = rule_set(), values_of(given.sites)
    frame = pd.DataFrame(values, columns=[rule.id for rule in rules.indicators])
    outcomes = pd.DataFrame(np.where(np.isnan(values), Outcome.NOT_MEASURED.value, "measured"), columns=frame.columns)
    taken = best(lambda: sweep(rules, "province", frame, outcomes))
    print(f"{given.sites} sites x {INDICATORS} indicators scored, ranked and tiered: {taken:.2f} s")
    for sites in sorted({500, 5_000, given.sites}):
        monte_carlo(values_of(sites), given.runs)
    print(f"most memory: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


def monte_carlo(values: Floats, number: int) -> None:
    """Print what the runs of one cohort cost beside the bare product of the same size, both in blocks of runs."""
    sites = len(values)
    grid = Grid(
        sites=tuple(map(str, range(sites))),
        indicators=tuple(map(str, range(INDICATORS))),
        scaled=100 * values,
        weights=np.full(INDICATORS, 100 / INDICATORS),
        categories=np.arange(INDICATORS) * CATEGORIES // INDICATORS,
        category_weights=np.full(CATEGORIES, 100 / CATEGORIES),
        sampled={},
        bonus=np.zeros(sites),
    )
    factors = np.random.default_rng(2).uniform(0.75, 1.25, size=(number, INDICATORS))
    filled, block = np.nan_to_num(grid.scaled), max(1, min(number, 20_000_000 // sites))
    parts = [factors[start : start + block] for start in range(0, number, block)]
    plain = [Runs(part, np.zeros(len(part), bool), np.zeros(len(part), bool), {}) for part in parts]
    bare = best(lambda: [(part * grid.weights) @ filled.T for part in parts])
    scored = best(lambda: [totals(grid, runs) for runs in plain])
    ranked = best(lambda: [ranks(totals(grid, runs)) for runs in plain], times=1)
    print(
        f"{number} runs over {sites} sites: bare product {bare:.3f} s, scored {scored:.3f} s ({scored / bare:.2f} x), "
        f"scored and ranked {ranked:.3f} s ({ranked / bare:.1f} x)"
    )


if __name__ == "__main__":
    main()
