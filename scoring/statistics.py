"""Small statistics with their sources; no I/O, no randomness."""

from __future__ import annotations

from math import sqrt

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
    return max(0.0, (centre - margin) / denominator), min(1.0, (centre + margin) / denominator)
