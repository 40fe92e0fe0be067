"""Award tiers (等级): within a cohort, by a cut or by a quota. The first tier that fits is the site's."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction

import numpy as np
import numpy.typing as npt

from scoring.rank import DECIMALS, comparable
from scoring.ruleset.model import Tier


def award_tiers(
    tiers: Sequence[Tier], totals: Mapping[str, float], ranks: Mapping[str, int], withheld: Collection[str] = ()
) -> dict[str, str]:
    """Return site id → tier id for the sites of one cohort that earn one.

    `totals` and `ranks` are of the cohort's ranked sites; those in `withheld` (a gate fired) keep their
    place in the count and get no tier.
    """
    awarded = {}
    for site, total in totals.items():
        tier = next((tier for tier in tiers if _holds(tier, total, ranks[site], len(totals))), None)
        if tier is not None and site not in withheld:
            awarded[site] = tier.id
    return awarded


def _holds(tier: Tier, total: float, rank: int, ranked: int) -> bool:
    if tier.cut is not None:
        return comparable(total) >= tier.cut
    return rank <= places(tier.quota or 0, ranked)


def places(quota: float, ranked: int) -> int:
    """Return how many places a quota gives, rounded down.

    The quota counts as written (0.29 of 100 is 29, where floats say 28.999...). Whoever shares the last
    place's rank is in: competition ranks see to that.
    """
    return math.floor(Fraction(repr(quota)) * ranked)


def first_fitting(
    tiers: Sequence[Tier], scores: npt.NDArray[np.float64], placed: npt.NDArray[np.int32]
) -> npt.NDArray[np.int32]:
    """Return the number of the first tier that fits, `len(tiers)` where none does; arrays of one row a run."""
    settled = np.round(scores, DECIMALS)
    found = np.full(scores.shape, len(tiers), dtype=np.int32)
    for number, tier in reversed(list(enumerate(tiers))):
        fits = settled >= tier.cut if tier.cut is not None else placed <= places(tier.quota or 0, scores.shape[1])
        found[fits] = number
    return found
