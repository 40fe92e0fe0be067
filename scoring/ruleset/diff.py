"""What changed between two rule files, in words and numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from scoring.ruleset.mapping import Change, Mapping
from scoring.ruleset.model import IndicatorRule, RuleFile
from scoring.ruleset.nodes import Node
from scoring.ruleset.rule_set import RuleSet
from scoring.ruleset.yaml_tree import flow, shown
from scoring.scale import Record

# What `_rest` tells on its own: a record's name is in its subject.
NAMED = {"id", "title", "status", "source", "reason"}


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
    for name in ("title", "note", "method", "minimum_coverage", "ranked_version", "split"):
        before, after = _plain(getattr(old, name)), _plain(getattr(new, name))
        if before != after:
            yield f"{name.replace('_', ' ')}: {_said(before)} to {_said(after)}"
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
    if isinstance(old, Node) and isinstance(new, Node) and old.unspecified != new.unspecified:
        yield f"{subject}: unspecified {_said(old.unspecified)} to {_said(new.unspecified)}"
    if isinstance(old, IndicatorRule) and isinstance(new, IndicatorRule):
        if old.group != new.group:
            yield f"{subject}: moved from {old.group} to {new.group}"
        before, after = old.model_dump(exclude_defaults=True), new.model_dump(exclude_defaults=True)
        for key in ("kind", "unit", "scale", "parameters", "when", "rubric", "reviewers", "combine", "differ_at_most"):
            if before.get(key) != after.get(key):
                yield f"{subject}: {key} {flow(before.get(key))} to {flow(after.get(key))}"


def _rest(old: RuleFile, new: RuleFile) -> Iterator[str]:
    """Tell each key that changed beside the tree: gates, tiers, cohorts, stages, bonus; then who retired."""
    before, after = _records(old), _records(new)
    for name in dict.fromkeys([*before, *after]):
        if name not in after:
            yield f"{name}: gone{_having(', it had', before[name])}"
        elif name not in before:
            yield f"{name}: new{_having(',', after[name])}"
        else:
            for key in type(after[name]).model_fields:
                values = _plain(getattr(before[name], key)), _plain(getattr(after[name], key))
                if values[0] != values[1]:
                    yield f"{name}: {key} {_said(values[0])} to {_said(values[1])}"
    for cohort in old.tiers.keys() & new.tiers.keys():
        orders = [[tier.id for tier in file.tiers[cohort]] for file in (old, new)]
        if orders[0] != orders[1] and sorted(orders[0]) == sorted(orders[1]):
            yield f"tiers of {cohort}: from {', '.join(orders[0])} to {', '.join(orders[1])}"
    yield from (f"retired: {name} no more" for name in old.retired if name not in new.retired)
    yield from (f"retired: {name}" for name in new.retired if name not in old.retired)


def _records(file: RuleFile) -> dict[str, Record]:
    """What a file holds beside its tree, by what it is called in a sentence."""
    found: dict[str, Record] = {f"gate {gate.id}": gate for gate in file.gates}
    found |= {f"tier {tier.id} of {cohort}": tier for cohort, tiers in file.tiers.items() for tier in tiers}
    found |= {f"cohort {cohort.id}": cohort for cohort in file.cohorts}
    found |= {f"stage {stage.id}": stage for stage in file.stages}
    return found | ({"bonus": file.bonus} if file.bonus else {})


def _having(words: str, record: Record) -> str:
    held = record.model_dump(exclude_defaults=True, exclude=NAMED)
    return f"{words} {', '.join(f'{key} {flow(value)}' for key, value in held.items())}" if held else ""


def _plain(value: object) -> object:
    return value.model_dump() if isinstance(value, Record) else value


def _said(value: object) -> str:
    return "none" if value is None or value in ((), {}) else flow(value)
