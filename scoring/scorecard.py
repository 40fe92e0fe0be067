"""What scoring yields: a line an indicator, a scorecard a foreign version, an entry a site."""

from __future__ import annotations

from dataclasses import dataclass

from crawler.model import Site
from scoring.evidence import EvidenceRef, Measurement
from scoring.robustness.model import CohortRobustness


@dataclass(frozen=True)
class Line:
    """One indicator on one version: the measurement, and what the rule set made of it.

    `scaled` is 0..100 and `points` 0..weight; both are None where the measurement does not count
    (left out, waiting for review): a left-out line costs nothing and earns nothing.
    """

    indicator: str
    category: str
    group: str
    unit: str
    weight: float
    status: str  # published | partial | proposed
    measurement: Measurement
    scaled: float | None
    points: float | None
    kind: str = "software"  # software | expert | external


@dataclass(frozen=True)
class CategoryScore:
    """A category's score 0..100 over the lines that count, None where none does; coverage 0..1 by weight."""

    id: str
    weight: float
    score: float | None
    coverage: float


@dataclass(frozen=True)
class GateResult:
    """A gate (单项否决) that fired: shown beside the score, with the sentence and the pages that it rests on."""

    id: str
    indicator: str
    reason: str
    evidence: tuple[EvidenceRef, ...] = ()


@dataclass(frozen=True)
class Scorecard:
    """The score of one foreign version. `total` is 0..100, None where too little could be measured.

    `total` is never rounded: ranks are computed before any rounding. `bonus` are the points in it that bonus
    indicators added; their lines stand in category `bonus` and count for no coverage.
    """

    site_id: str
    language: str
    total: float | None
    coverage: float
    categories: tuple[CategoryScore, ...]
    lines: tuple[Line, ...]
    gates: tuple[GateResult, ...] = ()
    reason: str = ""  # why there is no total
    bonus: float = 0.0

    @property
    def by_kind(self) -> dict[str, tuple[float, float]]:
        """Points earned and points that count, by who found the value (software, expert, external); no bonus."""
        found: dict[str, tuple[float, float]] = {}
        for line in self.lines:
            if line.points is not None and line.category != "bonus":
                points, weight = found.get(line.kind, (0.0, 0.0))
                found[line.kind] = (points + line.points, weight + line.weight)
        return dict(sorted(found.items()))


@dataclass(frozen=True)
class Entry:
    """A site's place in its cohort: the scorecard that stands for it, or the reason why it is unranked.

    Ranks are competition ranks ("1224") within the cohort; `rank_interval` is the 5th..95th percentile of
    the rank and `tier_share` the share of runs (0..1) in which the site has the very tier, or none, that it has here,
    over the runs of `scoring.robustness.cohort`; `category_ranks` are (category id, rank).
    """

    site: Site
    scorecard: Scorecard | None
    rank: int | None
    category_ranks: tuple[tuple[str, int], ...] = ()
    rank_interval: tuple[int, int] | None = None
    tier: str | None = None
    reason: str = ""
    tier_share: float | None = None


@dataclass(frozen=True)
class Ranking:
    """A scored round: entries by cohort (order of the rule file), then rank, then site id; unranked ones last."""

    entries: tuple[Entry, ...]
    scorecards: tuple[Scorecard, ...]  # every scored version, by site id and language
    robustness: tuple[CohortRobustness, ...] = ()  # of the cohorts that hold a ranked site, in the order of entries
