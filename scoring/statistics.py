"""Small statistics with their sources; no I/O, no randomness."""

from __future__ import annotations

from collections.abc import Sequence
from math import comb, floor, sqrt
from statistics import NormalDist

Z_95 = 1.959963984540054  # the 97.5th percentile of the standard normal distribution


def wilson_interval(successes: int, n: int, z: float = Z_95) -> tuple[float, float]:
    """Return the score interval (low, high) of a share, both 0..1; (0, 1) where n is 0.

    Used because it stays inside 0..1 and keeps its coverage for small n and shares near 0 or 1, where the
    textbook interval shrinks to nothing. Source: E. B. Wilson 1927; R. G. Newcombe 1998, method 3.
    Raises ValueError unless 0 <= successes <= n.
    """
    if not 0 <= successes <= n:
        raise ValueError(f"successes must be within 0..{n}, got {successes}")
    if n == 0:
        return 0.0, 1.0
    share, square = successes / n, z * z
    centre = share + square / (2 * n)
    margin = z * sqrt(share * (1 - share) / n + square / (4 * n * n))
    denominator = 1 + square / n
    # Rounding must not leave a share of 0 or 1 outside its own interval.
    return max(0.0, min(share, (centre - margin) / denominator)), min(1.0, max(share, (centre + margin) / denominator))


def quantile(values: Sequence[float], part: float) -> float:
    """Return the quantile `part` (0..1) of at least one value, between neighbours by a straight line.

    Source: R. J. Hyndman, Y. Fan 1996, definition 7, which numpy and R use by default.
    """
    ordered = sorted(values)
    place = part * (len(ordered) - 1)
    below = floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def quantile_interval(values: Sequence[float], part: float, confidence: float = 0.95) -> tuple[float, float] | None:
    """Return an interval (low, high) for a quantile that assumes nothing of the values' distribution.

    Two of the values themselves: the number of values below the quantile is binomial (n, part), so the ranks come
    from its quantiles. None where the sample is too small to have such values. Source: G. J. Hahn, W. Q. Meeker,
    Statistical Intervals, 1991, section 5.2.
    """
    ordered, n, tail = sorted(values), len(values), (1 - confidence) / 2
    below = [sum(comb(n, k) * part**k * (1 - part) ** (n - k) for k in range(i + 1)) for i in range(n)]
    low = max((i for i in range(1, n + 1) if below[i - 1] <= tail), default=None)  # the low-th smallest value
    high = min((i for i in range(1, n + 1) if below[i - 1] >= 1 - tail), default=None)
    return None if low is None or high is None else (ordered[low - 1], ordered[high - 1])


def normal_quantiles(count: int) -> tuple[float, ...]:
    """Return `count` equally likely values of the standard normal distribution, in order: its mid-quantiles."""
    return tuple(NormalDist().inv_cdf((place + 0.5) / count) for place in range(count))
