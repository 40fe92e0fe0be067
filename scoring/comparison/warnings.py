"""What makes two rounds hard to compare, or two states of a site."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from scoring.comparison.lineage import Lineage
from scoring.comparison.records import Change, Snapshot
from scoring.scorecard import Entry

COVERAGE_GAP = 0.1  # a site of which so much more or less weight was measured is hard to compare
UNSEEN_FIELD = 0.1  # so is a cohort of which so large a share is ranked in one round only


def note(before: Entry | None, after: Entry | None) -> str:
    """Say what makes a site's two states hard to compare; empty where nothing does."""
    if before is None or after is None:
        return "not in the first round's site list" if before is None else "not in the second round's site list"
    if before.site.cohort != after.site.cohort:
        return f"moved from cohort {before.site.cohort} to {after.site.cohort}"
    if before.rank is None or after.rank is None:
        unranked, when = (before, "first") if before.rank is None else (after, "second")
        return f"unranked in the {when} round: {unranked.reason}"
    old, new = before.scorecard, after.scorecard
    assert old is not None
    assert new is not None
    if old.language != new.language:
        return f"another version stands for the site: {old.language}, then {new.language}"
    if abs(old.coverage - new.coverage) > COVERAGE_GAP:
        return f"coverage went from {old.coverage:.0%} to {new.coverage:.0%}"
    return ""


def warnings(
    before: Snapshot, after: Snapshot, changes: Iterable[Change], lineage: Lineage, *, mapped: bool
) -> Iterator[str]:
    """Say what makes the rounds hard to compare, a sentence each. `mapped`: mappings lead from edition to edition."""
    if before.rules.digest != after.rules.digest:
        yield from _of_rules(before, after, lineage, mapped=mapped)
    for one in (before, after):
        if one.marks:
            yield f"round {one.name} is marked, it may not have seen the sites as it should: {', '.join(one.marks)}"
    if after.cutoff <= before.cutoff:
        yield f"the second round's cut-off date {after.cutoff} is not later than the first's, {before.cutoff}"
    differing = sorted(_measured_otherwise(before, after, lineage))
    if differing:
        yield f"measured under other parameters in the two rounds: {', '.join(differing)}"
    yield from _of_field(changes)


def _of_rules(before: Snapshot, after: Snapshot, lineage: Lineage, *, mapped: bool) -> Iterator[str]:
    old, new = before.rules, after.rules
    yield f"the rules differ: edition {old.edition} ({old.digest}) and {new.edition} ({new.digest})"
    if old.edition != new.edition and not mapped:
        yield f"no mapping leads from edition {old.edition} to {new.edition}: indicators are matched by their ids alone"
    if lineage.untied:
        weights = new.weights()
        points = math.fsum(weights[name] for name in lineage.untied)
        names = ", ".join(rule.id for rule in new.indicators if rule.id in lineage.untied)
        yield (
            f"{points:g} points of the second rules are for what the first round has no value of (new, split, merged, "
            f"or in another unit), and told as rules: {names}"
        )
    if old.unspecified_share != new.unspecified_share:
        yield (
            f"totals rest on {1 - old.unspecified_share:.0%} of the first rules' weight and "
            f"{1 - new.unspecified_share:.0%} of the second's: the rest is unspecified"
        )
    if old.method != new.method:
        yield f"totals are made differently: by {old.method}, then by {new.method}"
    if old.ranked_version != new.ranked_version:
        yield f"sites stand with another version: {old.ranked_version}, then {new.ranked_version}"


def _of_field(changes: Iterable[Change]) -> Iterator[str]:
    by_cohort: dict[str, list[Change]] = {}
    for change in changes:
        by_cohort.setdefault(change.site.cohort, []).append(change)
    for cohort, members in sorted(by_cohort.items()):
        ranked = [c for c in members if any(e is not None and e.rank is not None for e in (c.before, c.after))]
        alone = [change for change in ranked if change.total is None]
        if ranked and len(alone) > UNSEEN_FIELD * len(ranked):
            yield f"{cohort}: {len(alone)} of {len(ranked)} ranked sites are ranked in one round only"


def _measured_otherwise(before: Snapshot, after: Snapshot, lineage: Lineage) -> set[str]:
    first = {
        lineage.names.get(name, name): dict(found.parameters)
        for measured in before.measurements.values()
        for name, found in measured.items()
    }
    return {
        name
        for measured in after.measurements.values()
        for name, found in measured.items()
        if name in first and dict(found.parameters) != first[name]
    }
