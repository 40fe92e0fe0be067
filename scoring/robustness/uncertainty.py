"""A cohort's scorecards laid out as arrays, and runs in which the assumptions behind its ranking vary.

After the OECD/JRC Handbook on Constructing Composite Indicators (2008), step 7: weights, aggregation, missing data and
the error of sampled values vary at once, and each alone.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np

from scoring.aggregate import bonus_of
from scoring.robustness.model import Assumptions
from scoring.robustness.simulation import LEVELS, Floats, Grid, Runs
from scoring.ruleset.model import BONUS
from scoring.ruleset.rule_set import RuleSet
from scoring.scorecard import Line, Scorecard
from scoring.statistics import Z_95, normal_quantiles


def grid_of(rules: RuleSet, cards: Mapping[str, Scorecard]) -> Grid:
    """Lay out the scorecards, with totals, that stand for a cohort's sites; `rules` are as they hold for it.

    Rows are ordered by which lines count, then by site id: neighbours with the same gaps are scored together.
    Columns are in the order of the indicators' ids, so that the order of the stanzas does not matter.
    """
    lines = {name: _weighed(card) for name, card in cards.items()}
    names = sorted(cards, key=lambda name: ([line.scaled is None for line in lines[name]], name))
    first, card = lines[names[0]], cards[names[0]]
    places = {category.id: place for place, category in enumerate(card.categories)}
    return Grid(
        sites=tuple(names),
        indicators=tuple(line.indicator for line in first),
        scaled=np.array([[math.nan if line.scaled is None else line.scaled for line in lines[name]] for name in names]),
        weights=np.array([line.weight for line in first]),
        categories=np.array([places[line.category] for line in first]),
        category_weights=np.array([category.weight for category in card.categories]),
        sampled=_sampled(rules, [lines[name] for name in names]),
        bonus=np.array([bonus_of(rules, 100.0, cards[name].lines) for name in names]),
        opens_at=rules.bonus.opens_at if rules.bonus else 0.0,
        deduction=rules.method == "deduction",
    )


def _weighed(card: Scorecard) -> list[Line]:
    return sorted((line for line in card.lines if line.category != BONUS), key=lambda line: line.indicator)


def _sampled(rules: RuleSet, rows: Sequence[Sequence[Line]]) -> dict[int, Floats]:
    """Return, for each column that holds a sampled value, what its interval allows to add to the scaled values."""
    found: dict[int, Floats] = {}
    for place, line in enumerate(rows[0]):
        if not any(row[place].measurement.interval and row[place].scaled is not None for row in rows):
            continue
        rule = rules.rule(line.indicator)
        column = np.zeros((len(rows), LEVELS))
        for site, row in enumerate(rows):
            scaled, likely = row[place].scaled, likely_values(row[place])
            if likely and scaled is not None:
                column[site] = rule.all_scaled(np.array(likely)) - scaled
        found[place] = column
    return found


def likely_values(line: Line) -> list[float]:
    """Return `LEVELS` equally likely values of a sampled measurement; none where it was not sampled or does not count.

    The interval is read as a normal distribution with a width of its own on each side of the value, as intervals of
    shares are lopsided.
    """
    value, interval = line.measurement.value, line.measurement.interval
    if value is None or interval is None or line.scaled is None:
        return []
    below, above = ((value - interval[0]) / Z_95, (interval[1] - value) / Z_95)
    return [value + z * (above if z > 0 else below) for z in normal_quantiles(LEVELS)]


def drawn_runs(grid: Grid, assumptions: Assumptions) -> Runs:
    """Draw the runs; the same assumptions give the same runs. Alternatives alternate, so that each has its half."""
    rng = np.random.default_rng(assumptions.seed)
    number, sites = assumptions.runs, len(grid.sites)
    turns = np.arange(number)
    noise = assumptions.noise
    factors = rng.uniform(1 - noise, 1 + noise, size=(number, len(grid.indicators)))
    levels = {
        column: rng.integers(0, LEVELS, size=(number, sites), dtype=np.uint8)
        for column in (grid.sampled if assumptions.sampling_error else ())
    }
    return Runs(
        factors=factors,
        geometric=(turns % 2 == 1) & assumptions.aggregation,
        imputed=(turns // 2 % 2 == 1) & assumptions.missing_data,
        levels=levels,
    )
