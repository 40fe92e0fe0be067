"""Two rounds side by side: who moved, and how much of it is the site, corrections, rules, field, or what was measured.

Each step of the way from the first round to the second changes one thing and scores anew, so the parts add up:

    the first round's measurements, by the second's rules            rules
    only the indicators that count in both rounds                    measurement (what was lost)
    the second round's measurements of those                         site
    the figures that people gave in either round                     correction
    all that the second round measured of what the first could       measurement (what was gained)
    with what only the second's rules ask for                        rules

Where the rules are of two editions, indicators are matched by the mappings between them. Ranks go the same way, among
the sites that are ranked in both rounds; what the others do to a rank is the field's part.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from crawler.model import ForeignVersion, Site, Verdict
from scoring.comparison.lineage import Lineage, lineage
from scoring.comparison.lines import LineChange, line_changes
from scoring.comparison.records import Change, Comparison, Driver, Measured, Parts, Snapshot
from scoring.comparison.warnings import note, warnings
from scoring.engine import score_version
from scoring.evidence import Measurement
from scoring.rank import competition_ranks
from scoring.ruleset.mapping import Mapping as EditionMapping
from scoring.ruleset.rule_set import RuleSet
from scoring.scorecard import Entry, Scorecard

MOST_DRIVERS = 3
STEPS = 7  # from the first round to the second, both ends among them


@dataclass(frozen=True)
class _Steps:
    """A site's totals on the way from the first round to the second, STEPS of them, and what moved it."""

    totals: tuple[float, ...]
    drivers: tuple[Driver, ...] = ()


def _parts(stages: Sequence[float], field: float = 0.0) -> Parts:
    """Split the way from the first stage to the last, in totals or in ranks."""
    first, by_new_rules, common_first, common_second, corrected, matched_second, second = stages
    rules = (by_new_rules - first) + (second - matched_second)
    measurement = (common_first - by_new_rules) + (matched_second - corrected)
    return Parts(common_second - common_first, corrected - common_second, rules, measurement, field)


def compare(before: Snapshot, after: Snapshot, mappings: Sequence[EditionMapping] | None = None) -> Comparison:
    """Compare two rounds. The order matters: causes are told as the way from `before` to `after`.

    `mappings` lead from the earlier of the two editions to the later, as `bundled_mappings` finds them; None: there are
    none, and indicators are matched by their ids alone.
    """
    first, second = before.entries(), after.entries()
    rules = _without_minimum(after.rules)
    kin = lineage(before.rules, after.rules, mappings or (), before.indicators())
    if before.rules.digest == after.rules.digest:  # what the first round lacks of the same rules it failed to measure
        kin = Lineage(kin.ties, {rule.id: rule.id for rule in rules.indicators}, frozenset())
    steps = {
        name: _steps(before, after, rules, kin, first[name], second[name])
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
            total=_parts(steps[name].totals) if name in steps else None,
            rank=ranks.get(name),
            drivers=steps[name].drivers if name in steps else (),
            note=note(first.get(name), second.get(name)),
            lines=_lines(kin, first[name], second[name]) if name in steps else (),
        )
        for name in names
    )
    told = warnings(before, after, changes, kin, mapped=mappings is not None)
    return Comparison(before, after, changes, tuple(told))


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


def _lines(kin: Lineage, first: Entry, second: Entry) -> tuple[LineChange, ...]:
    return tuple(line_changes(kin, _standing(first), _standing(second)))


def _steps(before: Snapshot, after: Snapshot, rules: RuleSet, kin: Lineage, first: Entry, second: Entry) -> _Steps:
    old, new = _standing(first), _standing(second)
    measured_first = kin.carried(before.measurements[old.site_id, old.language])
    measured_second = kin.without_untied(after.measurements[new.site_id, new.language])
    by_new_rules = _scored(rules, second.site, new.language, measured_first)
    matched = _scored(rules, second.site, new.language, measured_second)
    given = _given(before, after, kin, old, new)
    common = (_counting(by_new_rules) & _counting(matched)) - given
    kept, brought = _only(measured_first, given), _only(measured_second, given)
    one = _scored(rules, second.site, new.language, _only(measured_first, common) | kept)
    other = _scored(rules, second.site, new.language, _only(measured_second, common) | kept)
    corrected = _scored(rules, second.site, new.language, _only(measured_second, common) | brought)
    start, end = old.total or 0.0, new.total or 0.0
    if by_new_rules.total is None:  # the second rules ask for nothing that the first round measured
        return _Steps((start,) * (STEPS - 1) + (end,))
    between = [card.total for card in (by_new_rules, one, other, corrected, matched) if card.total is not None]
    if len(between) < STEPS - 2:
        # Nothing was measured in both: all that can be said is that the measurements differ.
        return _Steps((start,) * (STEPS - 2) + (end, end))
    drivers = _drivers(one, corrected, {name: formerly for formerly, name in kin.names.items()}, given)
    return _Steps((start, *between, end), drivers)


def _given(before: Snapshot, after: Snapshot, kin: Lineage, old: Scorecard, new: Scorecard) -> set[str]:
    """Return the indicators, by the second rules' ids, whose figures people gave in either round."""
    first = before.given.get((old.site_id, old.language), frozenset())
    second = after.given.get((new.site_id, new.language), frozenset())
    return {kin.names[name] for name in first if name in kin.names} | (second - kin.untied)


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


def _only(measured: Measured, names: set[str]) -> dict[str, Measurement]:
    return {name: found for name, found in measured.items() if name in names}


def _drivers(one: Scorecard, other: Scorecard, names: Mapping[str, str], given: set[str]) -> tuple[Driver, ...]:
    found = [
        Driver(
            line.indicator,
            old.measurement.value,
            line.measurement.value,
            (line.points or 0.0) - (old.points or 0.0),
            names[line.indicator] if names.get(line.indicator, line.indicator) != line.indicator else "",
            line.indicator in given,
        )
        for old, line in zip(one.lines, other.lines, strict=True)
        if line.points != old.points and (line.indicator in given or None not in (line.points, old.points))
    ]
    return tuple(sorted(found, key=lambda driver: (-abs(driver.points), driver.indicator))[:MOST_DRIVERS])


def _rank_parts(
    steps: Mapping[str, _Steps], first: Mapping[str, Entry], second: Mapping[str, Entry]
) -> dict[str, Parts]:
    """Return each site's change of rank by cause; places among the sites ranked in both rounds, then the field."""
    found: dict[str, Parts] = {}
    for cohort in sorted({second[name].site.cohort for name in steps}):
        members = {name: steps[name] for name in steps if second[name].site.cohort == cohort}
        stages = [competition_ranks({name: step.totals[at] for name, step in members.items()}) for at in range(STEPS)]
        for name in members:
            ranks = [stage[name] for stage in stages]
            field = (ranks[0] - (first[name].rank or 0)) + ((second[name].rank or 0) - ranks[-1])
            found[name] = _parts(ranks, field)
    return found
