"""What varies between the runs of a robustness analysis, and the records of what comes of it."""

from __future__ import annotations

from dataclasses import dataclass, replace

PERCENTILES = (5, 95)
# A tier is robust where the site keeps it in as many runs as the rank interval covers.
ROBUST = (PERCENTILES[1] - PERCENTILES[0]) / 100
SOURCES = ("weights", "aggregation", "missing_data", "sampling_error")


@dataclass(frozen=True)
class Assumptions:
    """What varies between the runs, and how much.

    `noise`: each weight is multiplied by a factor from 1 - noise to 1 + noise, all equally likely. `aggregation`: half
    of the runs mean the categories geometrically. `missing_data`: half of them fill gaps with the cohort's mean instead
    of leaving them out. `sampling_error`: values that rest on a sample are drawn from what its size allows.
    """

    noise: float = 0.25
    aggregation: bool = True
    missing_data: bool = True
    sampling_error: bool = True
    runs: int = 1_000
    seed: int = 0

    def alone(self, source: str) -> Assumptions:
        """Return the assumptions under which only one of SOURCES varies."""
        return replace(
            self,
            noise=self.noise if source == "weights" else 0.0,
            aggregation=self.aggregation and source == "aggregation",
            missing_data=self.missing_data and source == "missing_data",
            sampling_error=self.sampling_error and source == "sampling_error",
        )


def tier_standing(share: float | None) -> str:
    """Tell `robust` from `borderline`: whether a tier stands in at least `ROBUST` of the runs; empty without tiers."""
    if share is None:
        return ""
    return "robust" if share >= ROBUST else "borderline"


@dataclass(frozen=True)
class SiteRobustness:
    """A site's place over the runs.

    `low` and `high` are the 5th and 95th percentile of its rank, rounded outward. `tier_share` (0..1) is the share of
    runs in which it gets the very tier, or none, that it has in the ranking; None where the cohort has no tiers.
    """

    site_id: str
    rank: int
    low: int
    high: int
    tier_share: float | None

    @property
    def standing(self) -> str:
        """`robust` or `borderline`, as `tier_standing` tells."""
        return tier_standing(self.tier_share)


@dataclass(frozen=True)
class Correlation:
    """How an indicator goes with the total: Pearson's r over the `n` sites where it counts, None where undefined.

    Beside it its weight as a share of all weight (0..1). An indicator whose correlation is near zero or negative does
    not do in the ranking what its weight says.
    """

    indicator: str
    weight_share: float
    correlation: float | None
    n: int


@dataclass(frozen=True)
class SourceEffect:
    """What one source of uncertainty does alone: how many places ranks move, and the share of sites that move."""

    source: str
    mean_shift: float
    largest_shift: int
    moved_share: float


@dataclass(frozen=True)
class CohortRobustness:
    """A cohort's ranking under varied assumptions: its ranked sites by rank, indicators by id, sources in order."""

    cohort: str
    assumptions: Assumptions
    sites: tuple[SiteRobustness, ...]
    correlations: tuple[Correlation, ...]
    sources: tuple[SourceEffect, ...]
