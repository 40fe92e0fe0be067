"""What is compared, and what comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from crawler.model import Site
from scoring.comparison.lines import LineChange
from scoring.engine import ABSENT
from scoring.evidence import Measurement
from scoring.ruleset.rule_set import RuleSet
from scoring.scorecard import Entry, Ranking

Measured = Mapping[str, Measurement]


def as_scored(
    ranking: Ranking, measurements: Mapping[tuple[str, str], Measured]
) -> dict[tuple[str, str], dict[str, Measurement]]:
    """Return a round's measurements, by (site id, language), as its ranking counted them.

    What people corrected, rated or brought from elsewhere stands on the scorecards only; without it the difference
    would be told as one of the rules.
    """
    found = {key: dict(measured) for key, measured in measurements.items()}
    for card in ranking.scorecards:
        counted = {line.indicator: line.measurement for line in card.lines if line.measurement != ABSENT}
        found.setdefault((card.site_id, card.language), {}).update(counted)
    return found


@dataclass(frozen=True)
class Snapshot:
    """A scored round: what was measured, by (site id, language), as it was scored, and what came of it."""

    name: str
    cutoff: date
    ranking: Ranking
    rules: RuleSet
    measurements: Mapping[tuple[str, str], Measured]
    marks: tuple[str, ...] = ()  # the monitors of crawl quality that it failed, by name

    def entries(self) -> dict[str, Entry]:
        """Every site's entry, by its id."""
        return {entry.site.id: entry for entry in self.ranking.entries}

    def indicators(self) -> frozenset[str]:
        """Every indicator that any version was measured by."""
        return frozenset(name for measured in self.measurements.values() for name in measured)


@dataclass(frozen=True)
class Parts:
    """A change and its causes, which add up to it: points of the total, or places (negative is upward)."""

    site: float
    rules: float
    measurement: float
    field: float = 0.0

    @property
    def whole(self) -> float:
        """The change."""
        return self.site + self.rules + self.measurement + self.field


@dataclass(frozen=True)
class Driver:
    """An indicator that counts in both rounds and moved the total, with its values before and after.

    `formerly` is what the first rules call it, empty where they call it the same.
    """

    indicator: str
    before: float | None
    after: float | None
    points: float
    formerly: str = ""


@dataclass(frozen=True)
class Change:
    """One site in two rounds. `total` and `rank` are None unless it is ranked in both, in the same cohort.

    `lines` are its indicators side by side, there where `total` is. `note` says what makes the two hard to compare, or
    why the site is ranked in one round only.
    """

    site: Site
    before: Entry | None
    after: Entry | None
    total: Parts | None
    rank: Parts | None
    drivers: tuple[Driver, ...]
    note: str
    lines: tuple[LineChange, ...] = ()


@dataclass(frozen=True)
class Comparison:
    """Two rounds compared: sites by cohort, then by their rank in the second, and what limits the comparison."""

    before: Snapshot
    after: Snapshot
    changes: tuple[Change, ...]
    warnings: tuple[str, ...]
