"""What changed between two rule files, in words and numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scoring.ruleset.mapping import Change, Mapping
from scoring.ruleset.model import IndicatorRule, RuleFile
from scoring.ruleset.nodes import Node
from scoring.ruleset.rule_set import RuleSet
from scoring.ruleset.yaml_tree import flow, shown


def differences(old: RuleSet, new: RuleSet, mapping: Mapping | None = None) -> tuple[str, ...]:
    """Return a sentence for each change: mapped ones first, then nodes, indicators, and the rest of the file."""
    changes = mapping.changes if mapping else ()
    return (
        *_head(old, new),
        *(_mapped(change, old, new) for change in changes),
        *_parts("node", old.nodes(), new.nodes(), changes),
        *_parts("indicator", old.indicators, new.indicators, changes),
        *_rest(old, new),
    )


def _head(old: RuleSet, new: RuleSet) -> Iterator[str]:
    yield f"edition {old.edition} ({old.digest}) to edition {new.edition} ({new.digest})"
    pairs = (("method", old.method, new.method), ("minimum coverage", old.minimum_coverage, new.minimum_coverage))
    for name, before, after in pairs:
        if before != after:
            yield f"{name}: {before} to {after}"
    if old.unspecified_share != new.unspecified_share:
        yield f"weight left unspecified: {old.unspecified_share:.0%} to {new.unspecified_share:.0%}"


def _mapped(change: Change, old: RuleFile, new: RuleFile) -> str:
    before, after = old.weights(), new.weights()
    left = " + ".join(f"{name} {shown(before[name])}" for name in change.old)
    right = " + ".join(f"{name} {shown(after[name])}" for name in change.new)
    moved = f" ({shown(change.weight)} points)" if change.weight is not None else ""
    note = f". {change.note}" if change.note else ""
    return f"{change.kind}{moved}: {left} to {right}{note} [{change.status}]"


def _parts(
    noun: str, old: Sequence[Node | IndicatorRule], new: Sequence[Node | IndicatorRule], changes: Sequence[Change]
) -> Iterator[str]:
    gone = {name for change in changes if change.kind != "moved" for name in change.old}
    come = {name for change in changes if change.kind != "moved" for name in change.new}
    before, after = {part.id: part for part in old}, {part.id: part for part in new}
    for name, part in before.items():
        if name in after:
            yield from _changed(noun, part, after[name])
        elif name not in gone:
            yield f"{noun} {name} ({part.title.zh}): gone, it weighed {shown(part.weight)}"
    for name, part in after.items():
        if name not in before and name not in come:
            yield f"{noun} {name} ({part.title.zh}): new, it weighs {shown(part.weight)} [{part.status}]"


def _changed(noun: str, old: Node | IndicatorRule, new: Node | IndicatorRule) -> Iterator[str]:
    subject = f"{noun} {new.id} ({new.title.zh})"
    if old.weight != new.weight:
        sign = "+" if new.weight > old.weight else "-"
        difference = f"{sign}{shown(abs(new.weight - old.weight))}"
        yield f"{subject}: weight {shown(old.weight)} to {shown(new.weight)} ({difference})"
    if old.title != new.title:
        yield f"{subject}: titled {old.title.en} ({old.title.zh}) to {new.title.en} ({new.title.zh})"
    if old.status != new.status:
        yield f"{subject}: status {old.status} to {new.status}"
    if isinstance(old, IndicatorRule) and isinstance(new, IndicatorRule):
        if old.group != new.group:
            yield f"{subject}: moved from {old.group} to {new.group}"
        before, after = old.model_dump(exclude_defaults=True), new.model_dump(exclude_defaults=True)
        for key in ("kind", "scale", "parameters", "when", "rubric", "reviewers", "combine", "differ_at_most"):
            if before.get(key) != after.get(key):
                yield f"{subject}: {key} {flow(before.get(key))} to {flow(after.get(key))}"


def _rest(old: RuleFile, new: RuleFile) -> Iterator[str]:
    """Gates, bonus, tiers and the cohorts' own weights: each told whole, before and after."""
    sections = (
        ("gate", {gate.id: gate for gate in old.gates}, {gate.id: gate for gate in new.gates}),
        ("tiers of", old.tiers, new.tiers),
        ("cohort", {cohort.id: cohort for cohort in old.cohorts}, {cohort.id: cohort for cohort in new.cohorts}),
        ("", {"bonus": old.bonus} if old.bonus else {}, {"bonus": new.bonus} if new.bonus else {}),
    )
    for noun, before, after in sections:
        for name in dict.fromkeys([*before, *after]):
            subject = f"{noun} {name}".strip()
            if name not in after:
                yield f"{subject}: gone"
            elif name not in before:
                yield f"{subject}: new"
            elif before[name] != after[name]:
                yield f"{subject}: changed"
