"""Totals and ranks of a cohort under many assumptions at once: arrays in, arrays out.

A run is one set of assumptions; arrays have one row a run and one column a site unless said otherwise. The
published scores do not come from here but from `scoring.aggregate`, whose sums are exactly rounded; a run without
any change gives the same totals up to float noise.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from scoring.rank import DECIMALS

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.int32]
Places = npt.NDArray[np.intp]
Flags = npt.NDArray[np.bool_]

# The geometric mean needs positive scores: a category of 0 counts as 1 of 100, so that it costs dearly, not all.
LEAST_SCORE = 1.0
LEVELS = 64  # equally likely values that stand for a sampled value's distribution
# Work goes tile by tile, so that the intermediate arrays stay in the processor's cache.
SITES_AT_ONCE = 256
RUNS_AT_ONCE = 128
CELLS_RANKED = 250_000
# Neighbours with the same gaps are scored by one product where there are so many of them on average.
ALIKE = 50


@dataclass(frozen=True)
class Grid:
    """A cohort's scaled values under one rule set.

    `scaled` has one row for each of `sites` and one column for each of `indicators`, 0..100, NaN where the line does
    not count; neighbours with the same gaps are scored together.
    `weights` and `categories` are by indicator; `category_weights` by category, as the rule file has them.
    `sampled` maps a column to what sampling error may add to its values: one row a site, `LEVELS` columns.
    `bonus` is what a site's bonus indicators add, one a site, in runs in which it reaches `opens_at` without it. With
    `deduction` a total is what the lost points leave of 100.
    """

    sites: tuple[str, ...]
    indicators: tuple[str, ...]
    scaled: Floats
    weights: Floats
    categories: Places
    category_weights: Floats
    sampled: dict[int, Floats]
    bonus: Floats
    opens_at: float = 0.0
    deduction: bool = False

    @cached_property
    def columns(self) -> tuple[Places, ...]:
        """The columns of each category, in the order of `category_weights`."""
        return tuple(np.flatnonzero(self.categories == place) for place in range(len(self.category_weights)))

    @cached_property
    def shares(self) -> Floats:
        """What a point of an indicator weighs in the total, by category: 1 where the levels add up."""
        sums = np.array([self.weights[columns].sum() for columns in self.columns])
        return np.asarray(np.divide(self.category_weights, sums, out=np.zeros_like(sums), where=sums > 0))

    @cached_property
    def imputed(self) -> Floats:
        """`scaled` with every gap filled by the cohort's mean of that indicator; NaN where nobody has a value."""
        counts = ~np.isnan(self.scaled)
        seen = counts.sum(axis=0)
        means = np.where(counts, self.scaled, 0.0).sum(axis=0) / np.where(seen, seen, 1)
        return np.where(counts, self.scaled, np.where(seen > 0, means, np.nan))


@dataclass(frozen=True)
class Runs:
    """Assumptions, one row a run.

    `factors` multiply the indicators' weights (one column an indicator); `geometric` runs mean the categories
    geometrically; `imputed` runs fill gaps with the cohort's mean instead of leaving them out. `levels` maps a
    sampled column of the grid to the level drawn for each site (one column a site).
    """

    factors: Floats
    geometric: Flags
    imputed: Flags
    levels: dict[int, npt.NDArray[np.uint8]]

    def __len__(self) -> int:
        return len(self.factors)


def unchanged(grid: Grid, runs: int = 1) -> Runs:
    """Return runs that change nothing: the rule file's weights, arithmetic, gaps left out, values as measured."""
    nothing = np.zeros(runs, dtype=bool)
    return Runs(np.ones((runs, grid.scaled.shape[1])), nothing, nothing, {})


def totals(grid: Grid, runs: Runs) -> Floats:
    """Score every site in every run as `scoring.aggregate` does; NaN where nothing of a site counts.

    A category weighs what its shaken indicators add up to, as a part of what they add up to unshaken.
    """
    found = np.empty((len(runs), len(grid.scaled)))
    for imputed in (False, True):
        scaled = grid.imputed if imputed else grid.scaled
        chosen = runs.imputed == imputed
        starts = np.flatnonzero((np.isnan(scaled[1:]) != np.isnan(scaled[:-1])).any(axis=1)) + 1
        grouped = not runs.levels and not grid.deduction and ALIKE * len(starts) <= len(scaled)
        one_sum = chosen & ~runs.geometric & grouped
        if one_sum.any():
            _by_pattern(grid, runs, np.flatnonzero(one_sum), scaled, [0, *starts, len(scaled)], found)
        if (chosen & ~one_sum).any():
            _by_tile(grid, runs, np.flatnonzero(chosen & ~one_sum), scaled, found)
    if grid.bonus.any():
        opened = np.round(found, DECIMALS) >= grid.opens_at
        np.minimum(found + np.where(opened, grid.bonus, 0.0), 100.0, out=found)
    return found


def _by_pattern(grid: Grid, runs: Runs, rows: Places, scaled: Floats, bounds: Sequence[int], found: Floats) -> None:
    """Fill in the runs of which a total is one weighted sum: a product for neighbours with the same gaps."""
    counts = ~np.isnan(scaled[bounds[:-1]])
    values = np.nan_to_num(scaled)
    weights = grid.weights * runs.factors[rows]
    factors = _factors(grid, weights, counts)
    everything = len(rows) == len(found)
    for number, (start, end) in enumerate(pairwise(bounds)):
        effective = factors[number][:, grid.categories]
        effective *= weights
        effective *= counts[number]
        if everything:
            np.matmul(effective, values[start:end].T, out=found[:, start:end])
        else:
            found[rows, start:end] = effective @ values[start:end].T


def _factors(grid: Grid, weights: Floats, counts: Flags) -> Floats:
    """Return what a category's weights are multiplied by, so that those that count add up to 1 over all categories.

    `counts` has one row a pattern of gaps; gives patterns x runs x categories, NaN where nothing counts.
    """
    found = np.zeros((len(counts), len(weights), len(grid.columns)))
    possible = np.zeros((len(counts), len(weights)))
    for place, columns in enumerate(grid.columns):
        own = counts[:, columns].astype(np.float64) @ weights[:, columns].T
        whole = weights[:, columns].sum(axis=1) * grid.shares[place]
        found[:, :, place] = np.where(own > 0, whole, 0.0)
        possible += found[:, :, place]
        np.divide(found[:, :, place], own, out=found[:, :, place], where=own > 0)
    found /= np.where(possible > 0, possible, np.nan)[:, :, None]
    return found


def _by_tile(grid: Grid, runs: Runs, rows: Places, scaled: Floats, found: Floats) -> None:
    """Fill in any runs, tile by tile."""
    for sites in _slices(len(scaled), SITES_AT_ONCE):
        counts = ~np.isnan(scaled[sites])
        values = np.where(counts, scaled[sites], 0.0)
        for some in _slices(len(rows), RUNS_AT_ONCE):
            score = _left if grid.deduction else _tile
            found[rows[some], sites] = score(grid, runs, rows[some], sites, values, counts)


def _slices(length: int, size: int) -> list[slice]:
    return [slice(start, min(start + size, length)) for start in range(0, length, size)]


def _tile(grid: Grid, runs: Runs, rows: Places, sites: slice, values: Floats, counts: Flags) -> Floats:
    """Return the weighted means of some runs and sites; `values` hold 0 where `counts` says that nothing counts."""
    weights = grid.weights * runs.factors[rows]
    geometric = np.flatnonzero(runs.geometric[rows])
    earned = np.zeros((len(rows), len(values)))
    logs = np.zeros((len(geometric), len(values)))
    possible: Floats = np.zeros((len(rows), 1))
    for place, columns in enumerate(grid.columns):
        own = weights[:, columns]
        counted = own @ counts[:, columns].T.astype(np.float64)
        score = own @ values[:, columns].T
        for column in columns:
            if column in runs.levels:
                score += weights[:, column, None] * _drawn(
                    grid.sampled[column][sites], runs.levels[column][rows, sites]
                )
        # Its weight in each run; where nothing of it counts, `counted` is 0 and the category says nothing.
        whole = own.sum(axis=1, keepdims=True) * grid.shares[place]
        if counts[:, columns].any(axis=1).all():
            score /= counted
        else:
            np.divide(score, counted, out=score, where=counted > 0)
            whole = np.where(counted > 0, whole, 0.0)
        possible = possible + whole
        if len(geometric):
            logs += whole[geometric] * np.log(np.maximum(score[geometric], LEAST_SCORE))
        score *= whole
        earned += score
    possible = np.where(possible > 0, possible, np.nan)
    earned /= possible
    if len(geometric):
        earned[geometric] = np.exp(logs / possible[geometric])
    return earned


def _left(grid: Grid, runs: Runs, rows: Places, sites: slice, values: Floats, counts: Flags) -> Floats:
    """Return what the lost points leave of 100; a mean of categories, geometric or not, has no part in it."""
    weights = grid.weights * runs.factors[rows]
    lost = weights @ np.where(counts, 100.0 - values, 0.0).T
    for column, levels in runs.levels.items():
        lost -= weights[:, column, None] * _drawn(grid.sampled[column][sites], levels[rows, sites])
    found = np.clip(100.0 - lost / 100, 0.0, 100.0)
    return np.where(counts.any(axis=1), found, np.nan)


def _drawn(sampled: Floats, levels: npt.NDArray[np.uint8]) -> Floats:
    """Return what sampling error adds at the levels drawn for some sites: one row a run."""
    return np.asarray(np.take_along_axis(sampled.T, levels, axis=0))


def ranks(scores: Floats) -> Integers:
    """Rank every row, highest first: competition ranks ("1224") at the decimals that totals are compared at."""
    found = np.empty(scores.shape, dtype=np.int32)
    sites = scores.shape[1]
    places = np.arange(1, sites + 1, dtype=np.int32)
    for some in _slices(len(scores), max(1, CELLS_RANKED // max(1, sites))):
        rows = np.round(-scores[some], DECIMALS)
        order = np.argsort(rows, axis=1)
        ordered = np.take_along_axis(rows, order, axis=1)
        first = np.ones(ordered.shape, dtype=bool)
        first[:, 1:] = ordered[:, 1:] != ordered[:, :-1]
        shared = np.maximum.accumulate(np.where(first, places, 0), axis=1)
        np.put_along_axis(found[some], order, shared.astype(np.int32), axis=1)
    return found
