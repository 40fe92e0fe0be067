"""Two rounds side by side: who moved, and how much of it is the site, the rules, the field, or what we could measure.

Each step of the way from the first round to the second changes one thing and scores anew, so the parts add up:

    the first round's measurements, by the second's rules            rules
    only the indicators that count in both rounds                    measurement (what was lost)
    the second round's measurements of those                         site
    everything that the second round measured                        measurement (what was gained)

Ranks go the same way, among the sites that are ranked in both rounds; what the others do to a rank is the field's part.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from crawler.model import ForeignVersion, Site, Verdict
from scoring.engine import score_version
from scoring.evidence import Measurement
from scoring.rank import competition_ranks
from scoring.ruleset.model import RuleSet
from scoring.scorecard import Entry, Ranking, Scorecard

Measured = Mapping[str, Measurement]
MOST_DRIVERS = 3
COVERAGE_GAP = 0.1  # a site of which so much more or less weight was measured is hard to compare
UNSEEN_FIELD = 0.1  # so is a cohort of which so large a share is ranked in one round only


@dataclass(frozen=True)
class Snapshot:
    """A scored round: what was measured, by (site id, language), and what came of it."""

    name: str
    cutoff: date
    ranking: Ranking
    rules: RuleSet
    measurements: Mapping[tuple[str, str], Measured]
    marks: tuple[str, ...] = ()  # the monitors of crawl quality that it failed, by name

    def entries(self) -> dict[str, Entry]:
        """Every site's entry, by its id."""
        return {entry.site.id: entry for entry in self.ranking.entries}


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
    """An indicator that counts in both rounds and moved the total, with its values before and after."""

    indicator: str
    before: float | None
    after: float | None
    points: float


@dataclass(frozen=True)
class Change:
    """One site in two rounds. `total` and `rank` are None unless it is ranked in both, in the same cohort.

    `note` says what makes the two hard to compare, or why the site is ranked in one round only.
    """

    site: Site
    before: Entry | None
    after: Entry | None
    total: Parts | None
    rank: Parts | None
    drivers: tuple[Driver, ...]
    note: str


@dataclass(frozen=True)
class Comparison:
    """Two rounds compared: sites by cohort, then by their rank in the second, and what limits the comparison."""

    before: Snapshot
    after: Snapshot
    changes: tuple[Change, ...]
    warnings: tuple[str, ...]


@dataclass(frozen=True)
class _Steps:
    """A site's totals on the way from the first round to the second."""

    first: float
    by_new_rules: float
    common_first: float
    common_second: float
    second: float
    drivers: tuple[Driver, ...]

    def parts(self) -> Parts:
        lost, gained = self.common_first - self.by_new_rules, self.second - self.common_second
        return Parts(self.common_second - self.common_first, self.by_new_rules - self.first, lost + gained)


def compare(before: Snapshot, after: Snapshot) -> Comparison:
    """Compare two rounds. The order matters: causes are told as the way from `before` to `after`."""
    first, second = before.entries(), after.entries()
    rules = _without_minimum(after.rules)
    steps = {
        name: _steps(before, after, rules, first[name], second[name])
        for name in sorted(first.keys() & second.keys())
        if _comparable(first[name], second[name])
    }
    ranks = _rank_parts(steps, first, second)
    names = sorted(first.keys() | second.keys(), key=lambda name: _place(second.get(name), first.get(name)))
    changes = tuple(
        Change(
            site=(second.get(name) or first[name]).site,
            before=first.get(name),
            after=second.get(name),
            total=steps[name].parts() if name in steps else None,
            rank=ranks.get(name),
            drivers=steps[name].drivers if name in steps else (),
            note=_note(first.get(name), second.get(name)),
        )
        for name in names
    )
    return Comparison(before, after, changes, tuple(_warnings(before, after, changes)))


def _comparable(first: Entry, second: Entry) -> bool:
    return first.rank is not None and second.rank is not None and first.site.cohort == second.site.cohort


def _place(after: Entry | None, before: Entry | None) -> tuple[str, bool, int, str]:
    entry = after or before
    assert entry is not None
    rank = after.rank if after is not None else None
    return (entry.site.cohort, rank is None, rank or 0, entry.site.id)


def _without_minimum(rules: RuleSet) -> RuleSet:
    # Not `model_copy`: it would keep look-ups that were cached for the other minimum.
    return RuleSet.model_construct(**{**dict(rules), "minimum_coverage": 0.0})


def _steps(before: Snapshot, after: Snapshot, rules: RuleSet, first: Entry, second: Entry) -> _Steps:
    old, new = _standing(first), _standing(second)
    measured_first = before.measurements[old.site_id, old.language]
    measured_second = after.measurements[new.site_id, new.language]
    by_new_rules = _scored(rules, second.site, new.language, measured_first)
    latest = _scored(rules, second.site, new.language, measured_second)
    common = _counting(by_new_rules) & _counting(latest)
    one = _scored(rules, second.site, new.language, _only(measured_first, common))
    other = _scored(rules, second.site, new.language, _only(measured_second, common))
    start, end = old.total or 0.0, new.total or 0.0
    if one.total is None or other.total is None or by_new_rules.total is None:
        # Nothing was measured in both: all that can be said is that the measurements differ.
        return _Steps(start, start, start, start, end, ())
    return _Steps(start, by_new_rules.total, one.total, other.total, end, _drivers(one, other))


def _standing(entry: Entry) -> Scorecard:
    assert entry.scorecard is not None
    return entry.scorecard


def _scored(rules: RuleSet, site: Site, language: str, measured: Measured) -> Scorecard:
    version = ForeignVersion(
        site_id=site.id, language=language, url="", how="", anchor="", verdict=Verdict.REAL, reason=""
    )
    return score_version(rules, site, version, measured)


def _counting(card: Scorecard) -> set[str]:
    return {line.indicator for line in card.lines if line.scaled is not None}


def _only(measured: Measured, names: set[str]) -> Measured:
    return {name: found for name, found in measured.items() if name in names}


def _drivers(one: Scorecard, other: Scorecard) -> tuple[Driver, ...]:
    before = {line.indicator: line for line in one.lines}
    found = [
        Driver(line.indicator, old.measurement.value, line.measurement.value, line.points - old.points)
        for line in other.lines
        if line.points is not None and (old := before[line.indicator]).points is not None and line.points != old.points
    ]
    return tuple(sorted(found, key=lambda driver: (-abs(driver.points), driver.indicator))[:MOST_DRIVERS])


def _rank_parts(
    steps: Mapping[str, _Steps], first: Mapping[str, Entry], second: Mapping[str, Entry]
) -> dict[str, Parts]:
    """Return each site's change of rank by cause; places among the sites ranked in both rounds, then the field."""
    found: dict[str, Parts] = {}
    for cohort in sorted({second[name].site.cohort for name in steps}):
        members = {name: steps[name] for name in steps if second[name].site.cohort == cohort}
        stages = [
            competition_ranks({name: getattr(step, stage) for name, step in members.items()})
            for stage in ("first", "by_new_rules", "common_first", "common_second", "second")
        ]
        for name in members:
            start, rules, lost, site, end = (stage[name] for stage in stages)
            field = (start - (first[name].rank or 0)) + ((second[name].rank or 0) - end)
            found[name] = Parts(site - lost, rules - start, (lost - rules) + (end - site), field)
    return found


def _note(before: Entry | None, after: Entry | None) -> str:
    if before is None or after is None:
        return "not in the first round's site list" if before is None else "not in the second round's site list"
    if before.site.cohort != after.site.cohort:
        return f"moved from cohort {before.site.cohort} to {after.site.cohort}"
    if before.rank is None or after.rank is None:
        unranked, when = (before, "first") if before.rank is None else (after, "second")
        return f"unranked in the {when} round: {unranked.reason}"
    old, new = _standing(before), _standing(after)
    if old.language != new.language:
        return f"another version stands for the site: {old.language}, then {new.language}"
    if abs(old.coverage - new.coverage) > COVERAGE_GAP:
        return f"coverage went from {old.coverage:.0%} to {new.coverage:.0%}"
    return ""


def _warnings(before: Snapshot, after: Snapshot, changes: Iterable[Change]) -> Iterator[str]:
    """Say what makes the rounds hard to compare, a sentence each."""
    if before.rules.digest != after.rules.digest:
        yield (
            f"the rules differ: edition {before.rules.edition} ({before.rules.digest}) and "
            f"{after.rules.edition} ({after.rules.digest})"
        )
    if before.rules.method != after.rules.method:
        yield f"totals are made differently: by {before.rules.method}, then by {after.rules.method}"
    for one in (before, after):
        if one.marks:
            yield f"round {one.name} is marked, it may not have seen the sites as it should: {', '.join(one.marks)}"
    if after.cutoff <= before.cutoff:
        yield f"the second round's cut-off date {after.cutoff} is not later than the first's, {before.cutoff}"
    differing = sorted(_measured_otherwise(before, after))
    if differing:
        yield f"measured under other parameters in the two rounds: {', '.join(differing)}"
    by_cohort: dict[str, list[Change]] = {}
    for change in changes:
        by_cohort.setdefault(change.site.cohort, []).append(change)
    for cohort, members in sorted(by_cohort.items()):
        ranked = [c for c in members if any(e is not None and e.rank is not None for e in (c.before, c.after))]
        alone = [change for change in ranked if change.total is None]
        if ranked and len(alone) > UNSEEN_FIELD * len(ranked):
            yield f"{cohort}: {len(alone)} of {len(ranked)} ranked sites are ranked in one round only"


def _measured_otherwise(before: Snapshot, after: Snapshot) -> set[str]:
    first = {name: dict(m.parameters) for measured in before.measurements.values() for name, m in measured.items()}
    return {
        name
        for measured in after.measurements.values()
        for name, found in measured.items()
        if name in first and dict(found.parameters) != first[name]
    }
