"""Competition ranks ("1224"): sites of equal totals share a rank, and the next one counts them all."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

# Totals are compared at 9 decimals: far finer than any displayed figure, coarser than the noise of floats,
# so that 80.00000000000001 and 80 share a rank and no rounding for display can make a tie.
DECIMALS = 9


def comparable(total: float) -> float:
    """Return a total freed of float noise, for ranks, cuts and ties."""
    return round(total, DECIMALS)


def competition_ranks(totals: Mapping[str, float]) -> dict[str, int]:
    """Rank by total, highest first. Gives a rank for each key; their order does not matter."""
    names = sorted(totals)
    series = pd.Series([comparable(totals[name]) for name in names], index=pd.Index(names, dtype=object), dtype=float)
    ranks = series.rank(method="min", ascending=False)
    return {name: int(ranks[name]) for name in names}
