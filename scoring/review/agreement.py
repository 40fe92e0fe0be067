"""How far reviewers agree: Krippendorff's alpha.

Source: K. Krippendorff, Computing Krippendorff's Alpha-Reliability (2011): any number of observers, missing marks.
1 is perfect agreement, 0 what chance would give.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations, permutations
from typing import Literal

Metric = Literal["ordinal", "interval"]


def alpha(units: Iterable[Sequence[float]], metric: Metric) -> float | None:
    """Return alpha over units, each with the marks that it was given by different reviewers.

    A unit with one mark says nothing of agreement and is left out. None where no unit has two, or all marks are alike.
    """
    observed: Counter[tuple[float, float]] = Counter()  # the coincidence matrix
    for marks in units:
        for pair in permutations(marks, 2):
            observed[pair] += 1 / (len(marks) - 1)  # type: ignore[assignment]
    uses: Counter[float] = Counter()
    for (mark, _), count in observed.items():
        uses[mark] += count
    apart = {(low, high): _distance(low, high, uses, metric) for low, high in combinations(sorted(uses), 2)}
    by_chance = sum(uses[low] * uses[high] * distance for (low, high), distance in apart.items())
    if not by_chance:
        return None
    found = sum(observed[pair] * distance for pair, distance in apart.items())
    return 1 - (sum(uses.values()) - 1) * found / by_chance


def _distance(low: float, high: float, uses: Mapping[float, float], metric: Metric) -> float:
    """The squared difference of two marks: of the marks themselves, or of their places among all marks given."""
    if metric == "interval":
        return (high - low) ** 2
    between = sum(count for mark, count in uses.items() if low <= mark <= high)
    return (between - (uses[low] + uses[high]) / 2) ** 2
