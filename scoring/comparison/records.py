"""What is compared, and what comes of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date

from crawler.model import Site
from scoring.comparison.lines import LineChange
from scoring.engine import ABSENT
from scoring.evidence import Measurement
from scoring.ruleset.kinds import SOFTWARE
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


def figures_of_people(
    ranking: Ranking,
    measurements: Mapping[tuple[str, str], Measured],
    overridden: Collection[tuple[str, str, str]],
) -> dict[tuple[str, str], frozenset[str]]:
    """Return the indicators whose scored figures people gave, by (site id, language): overrides, ratings, tables.

    `overridden` are (site id, language, indicator). An override that came after the scoring did not count, and is none.
    """
    found: dict[tuple[str, str], set[str]] = {}
    for card in ranking.scorecards:
        version = (card.site_id, card.language)
        held = measurements.get(version, {})
        for line in card.lines:
            overrode = (*version, line.indicator) in overridden and line.measurement != held.get(line.indicator)
            if line.measurement != ABSENT and (overrode or line.kind != SOFTWARE):
                found.setdefault(version, set()).add(line.indicator)
    return {version: frozenset(names) for version, names in found.items()}


@dataclass(frozen=True)
class Snapshot:
    """A scored round: what was measured, by (site id, language), as it was scored, and what came of it.

    `given` are the indicators whose figures people gave, as `figures_of_people` finds them.
    """

    name: str
    cutoff: date
    ranking: Ranking
    rules: RuleSet
    measurements: Mapping[tuple[str, str], Measured]
    marks: tuple[str, ...] = ()  # the monitors of crawl quality that it failed, by name
    given: Mapping[tuple[str, str], frozenset[str]] = field(default_factory=dict)

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
    correction: float
    rules: float
    measurement: float
    field: float = 0.0

    @property
    def whole(self) -> float:
        """The change."""
        return self.site + self.correction + self.rules + self.measurement + self.field


@dataclass(frozen=True)
class Driver:
    """An indicator that counts in both rounds and moved the total, with its values before and after.

    `formerly` is what the first rules call it, empty where they call it the same. `corrected`: a person gave its figure
    in one of the rounds; it may count in that one alone.
    """

    indicator: str
    before: float | None
    after: float | None
    points: float
    formerly: str = ""
    corrected: bool = False


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
