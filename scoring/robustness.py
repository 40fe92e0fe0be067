"""How firm is a rank? Ranks under weights that are shaken, 1,000 times over."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from scoring.rank import DECIMALS
from scoring.ruleset_model import BONUS
from scoring.scorecard import Line, Scorecard

DRAWS = 1_000
NOISE = 0.25  # each weight is multiplied by a factor from 0.75 to 1.25, all equally likely
SEED = 0
PERCENTILES = (5, 95)

Floats = npt.NDArray[np.float64]


def rank_intervals(cards: Mapping[str, Scorecard], rng: np.random.Generator) -> dict[str, tuple[int, int]]:
    """Return site id → the 5th and 95th percentile of its rank in the cohort, rounded outward.

    `cards` are the scorecards, with totals, that stand for a cohort's sites; all under one rule set.
    """
    names = sorted(cards)
    if not names:
        return {}
    ranks = drawn_ranks([cards[name] for name in names], rng)
    low, high = np.percentile(ranks, PERCENTILES, axis=0)
    return {name: (math.floor(low[i]), math.ceil(high[i])) for i, name in enumerate(names)}


def drawn_ranks(cards: Sequence[Scorecard], rng: np.random.Generator, draws: int = DRAWS) -> Floats:
    """Return the ranks under shaken weights, one row a draw and one column a scorecard."""
    totals = _totals(cards, rng, draws)
    frame = pd.DataFrame(np.round(totals, DECIMALS))
    return frame.rank(axis=1, method="min", ascending=False).to_numpy(dtype=np.float64)


def _totals(cards: Sequence[Scorecard], rng: np.random.Generator, draws: int) -> Floats:
    """Score anew as `aggregate` does; a category weighs what its shaken indicators add up to."""
    # Sorted by id, so that the order of the stanzas in the rule file does not matter.
    lines = sorted((line for line in cards[0].lines if line.category != BONUS), key=lambda line: line.indicator)
    ids = [line.indicator for line in lines]
    weights = np.array([line.weight for line in lines])
    shaken = weights * rng.uniform(1 - NOISE, 1 + NOISE, size=(draws, len(lines)))
    scaled = np.array([_scaled(card, ids) for card in cards])
    counts = ~np.isnan(scaled)
    points = np.where(counts, scaled, 0.0)
    earned = np.zeros((draws, len(cards)))
    possible = np.zeros((draws, len(cards)))
    for category in sorted({line.category for line in lines}):
        own = np.array([line.category == category for line in lines])
        whole = shaken[:, own].sum(axis=1, keepdims=True)
        counted = shaken[:, own] @ counts[:, own].T
        score = np.divide(shaken[:, own] @ points[:, own].T, counted, out=np.zeros_like(counted), where=counted > 0)
        earned += whole * score
        possible += np.where(counted > 0, whole, 0.0)
    bonus = np.array([card.bonus for card in cards])
    totals: Floats = np.minimum(earned / possible + bonus, 100.0)
    return totals


def _scaled(card: Scorecard, ids: Sequence[str]) -> list[float]:
    """Return the card's scaled values in the order of `ids`, NaN for lines that do not count."""
    by_id: dict[str, Line] = {line.indicator: line for line in card.lines}
    values = [by_id[name].scaled for name in ids]
    return [math.nan if value is None else value for value in values]
