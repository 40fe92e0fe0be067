"""Which assumption moves ranks most? Variance-based sensitivity of a cohort's ranking.

After A. Saltelli et al., Global Sensitivity Analysis (2008), as applied to composite indicators by M. Saisana,
A. Saltelli and S. Tarantola (2005): the output is the mean number of places by which the ranks of a run differ.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from crawler.errors import BadInput
from scoring.robustness.model import SOURCES, Assumptions
from scoring.robustness.simulation import Floats, Grid, Runs, ranks, totals, unchanged
from scoring.robustness.uncertainty import drawn_runs, grid_of
from scoring.ruleset.rule_set import RuleSet
from scoring.scorecard import Scorecard

DRAWN = 512  # the weights and errors that a source's position on 0..1 chooses among
MISSING = "sensitivity indices need SALib. Install it with: pip install 'waiwen[statistics]'"


@dataclass(frozen=True)
class SensitivityIndex:
    """What part of the variance of the mean rank shift a source explains: alone, and with its interactions.

    `first` is the first-order Sobol index, `total` the total-effect index, each with the half-width of its 95%
    interval.
    Estimates of small indices may fall a little below 0.
    """

    source: str
    first: float
    first_margin: float
    total: float
    total_margin: float


def sensitivity(
    rules: RuleSet, cards: Mapping[str, Scorecard], assumptions: Assumptions, samples: int = 512
) -> tuple[SensitivityIndex, ...]:
    """Estimate the indices of the sources that vary, from `samples` x (2 x sources + 2) runs; a power of two.

    `cards` are the scorecards, with totals, that stand for a cohort's sites. Empty where no rank ever moves.
    Raises BadInput where SALib is not installed.
    """
    if importlib.util.find_spec("SALib") is None:
        raise BadInput(MISSING)
    from SALib.analyze import sobol as analysis  # noqa: PLC0415 - an extra
    from SALib.sample import sobol as sampling  # noqa: PLC0415

    grid = grid_of(rules, cards)
    names = _varying(grid, assumptions)
    if not names:
        return ()
    problem = {"num_vars": len(names), "names": list(names), "bounds": [[0.0, 1.0]] * len(names)}
    positions = sampling.sample(problem, samples, calc_second_order=False, seed=assumptions.seed)
    shifts = _mean_shifts(grid, assumptions, dict(zip(names, positions.T, strict=True)))
    if np.ptp(shifts) == 0:
        return ()
    found = analysis.analyze(problem, shifts, calc_second_order=False, seed=assumptions.seed)
    return tuple(
        SensitivityIndex(name, *(float(found[key][place]) for key in ("S1", "S1_conf", "ST", "ST_conf")))
        for place, name in enumerate(names)
    )


def _varying(grid: Grid, assumptions: Assumptions) -> tuple[str, ...]:
    varies = {
        "weights": assumptions.noise > 0,
        "aggregation": assumptions.aggregation,
        "missing_data": assumptions.missing_data and bool(np.isnan(grid.scaled).any()),
        "sampling_error": assumptions.sampling_error and bool(grid.sampled),
    }
    return tuple(source for source in SOURCES if varies[source])


def _mean_shifts(grid: Grid, assumptions: Assumptions, positions: Mapping[str, Floats]) -> Floats:
    """Return a run's mean rank shift for each position: a source's place on 0..1 chooses what it is in that run."""
    number = len(next(iter(positions.values())))
    nothing = np.zeros(number)
    drawn = drawn_runs(grid, Assumptions(noise=assumptions.noise, runs=DRAWN, seed=assumptions.seed))
    chosen = {name: np.minimum((positions.get(name, nothing) * DRAWN).astype(int), DRAWN - 1) for name in SOURCES}
    plain = unchanged(grid, number)
    runs = Runs(
        factors=drawn.factors[chosen["weights"]] if "weights" in positions else plain.factors,
        geometric=positions.get("aggregation", nothing) >= 0.5,
        imputed=positions.get("missing_data", nothing) >= 0.5,
        levels={
            column: levels[chosen["sampling_error"]]
            for column, levels in drawn.levels.items()
            if "sampling_error" in positions
        },
    )
    reference = ranks(totals(grid, unchanged(grid)))[0]
    return np.asarray(np.abs(ranks(totals(grid, runs)) - reference).mean(axis=1))
