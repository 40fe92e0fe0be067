"""Whether the weights of a rule file add up: on every level, for the file as it stands and for every cohort."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from scoring.ruleset.weights import NOTHING, Part, settle
from scoring.ruleset.yaml_tree import Problem, Stanza, shown, suggestion

FULL_MARKS = Fraction(100)
TOLERANCE = Fraction(1, 10**9)


@dataclass(frozen=True)
class Level:
    """A node with the parts that must add up to it; `line` is that of its weight. `node` is None at the root."""

    subject: str
    line: int
    node: Stanza | None
    parts: Sequence[Stanza]
    unspecified: Fraction | None


def sum_problems(root: Stanza) -> Iterator[Problem]:
    """Tell where a level does not add up to the one above, and which nodes hold nothing."""
    levels = list(_levels(root))
    yield from _empty(root, levels)
    for level in levels:
        weights = [part.number("weight") for part in level.parts]
        wanted = FULL_MARKS if level.node is None else level.node.number("weight")
        yield from _sum(level.subject, level.line, weights, wanted, level.unspecified)
    yield from split_problems(root)
    for cohort in root.stanzas("cohorts"):
        yield from _of_cohort(root, levels, cohort)


def split_problems(root: Stanza) -> Iterator[Problem]:
    """Tell where the indicators of a kind do not weigh what the split says."""
    split = root.stanza("split")
    if split is None:
        return
    for kind in ("software", "expert", "external"):
        wanted = split.number(kind)
        of_kind = [
            weight
            for stanza in root.stanzas("indicators")
            if (stanza.text("kind") or "software") == kind and stanza.text("group") != "bonus"
            if (weight := stanza.number("weight")) is not None
        ]
        found = sum(of_kind, NOTHING)
        if abs(found - (wanted or NOTHING)) > TOLERANCE:
            told = f"{kind} indicators weigh {shown(found)}, the split says {shown(wanted or NOTHING)}"
            yield Problem(split.line_of(kind), f"split: {told}. Change one of both")


def groups_of(root: Stanza) -> list[Stanza]:
    """Every group and subgroup, each before what it holds."""
    found = []
    for category in root.stanzas("categories"):
        for group in category.stanzas("groups"):
            found += [group, *group.stanzas("subgroups")]
    return found


def _levels(root: Stanza) -> Iterator[Level]:
    members, stray = _members(root)
    for category in root.stanzas("categories"):
        for group in category.stanzas("groups"):
            subgroups = group.stanzas("subgroups")
            if subgroups:
                yield _level("group", "subgroups", group, subgroups)
            for noun, leaf in [("subgroup", subgroup) for subgroup in subgroups] or [("group", group)]:
                # Where an indicator's group is misspelt beyond guessing, it may belong to any of them.
                if leaf.text("id") and not stray:
                    yield _level(noun, "indicators", leaf, members.get(leaf.text("id"), []))
    for category in root.stanzas("categories"):
        yield _level("category", "groups", category, category.stanzas("groups"))
    if root.text("method") != "deduction":
        line = root.line_of("categories")
        yield Level("categories", line, None, root.stanzas("categories"), root.number("unspecified"))


def _level(noun: str, below: str, node: Stanza, parts: Sequence[Stanza]) -> Level:
    subject = f"{noun} {node.text('id') or 'without an id'}: {below}"
    return Level(subject, node.line_of("weight"), node, parts, node.number("unspecified"))


def _members(root: Stanza) -> tuple[dict[str, list[Stanza]], bool]:
    """Indicators by group. A misspelt group counts for the one that was probably meant; else one is astray."""
    members: dict[str, list[Stanza]] = {stanza.text("id"): [] for stanza in groups_of(root)}
    stray = False
    for stanza in root.stanzas("indicators"):
        group = stanza.text("group")
        home = group if group in members else suggestion(group, members)
        if home and group != "bonus":
            members[home].append(stanza)
        elif group != "bonus":
            stray = True
    return members, stray


def _empty(root: Stanza, levels: Sequence[Level]) -> Iterator[Problem]:
    for level in levels:
        if level.parts or level.unspecified is not None or level.node is None:
            continue
        noun, _, below = level.subject.partition(": ")
        advice = "Give it one, or remove it"
        if below == "indicators":
            yield Problem(level.node.line, f"{noun}: no indicator belongs to it. {advice}")
        elif "groups" not in level.node.mapping:
            yield Problem(level.node.line, f"{noun}: has no groups. Give it `groups`, or say how much is `unspecified`")


def _sum(
    subject: str,
    line: int,
    weights: Sequence[Fraction | None],
    wanted: Fraction | None,
    unspecified: Fraction | None,
) -> Iterator[Problem]:
    known = [weight for weight in weights if weight is not None]
    if wanted is None or (not weights and unspecified is None) or len(known) < len(weights):
        return  # a weight that is missing or no number is reported as such
    total = sum(known, unspecified or NOTHING)
    if abs(total - wanted) <= TOLERANCE:
        return
    terms = [shown(weight) for weight in known]
    terms += [] if unspecified is None else [f"{shown(unspecified)} unspecified"]
    difference = f"{shown(abs(total - wanted))} too {'many' if total > wanted else 'few'}"
    yield Problem(line, f"{subject} add up to {shown(total)}, not {shown(wanted)} ({' + '.join(terms)}), {difference}")


def _of_cohort(root: Stanza, levels: Sequence[Level], cohort: Stanza) -> Iterator[Problem]:
    own = cohort.stanza("weights")
    if own is None:
        return
    parts = list(_parts(root))
    yield from _unknown_ids(own, cohort.text("id"), [part.id for part in parts])
    given = {str(name): float(number) for name in own.mapping if (number := own.number(str(name))) is not None}
    settled = settle(parts, given)
    written = {part.id: part.weight for part in parts}
    for level in levels:
        wanted = FULL_MARKS if level.node is None else settled.get(level.node.text("id"))
        weights = [settled.get(part.text("id")) for part in level.parts]
        if wanted == 0 or (level.node is not None and not written.get(level.node.text("id"))):
            continue
        ratio = Fraction(1) if level.node is None or wanted is None else wanted / written[level.node.text("id")]
        unspecified = None if level.unspecified is None else level.unspecified * ratio
        yield from _sum(f"cohort {cohort.text('id')}: {level.subject}", own.line, weights, wanted, unspecified)


def _unknown_ids(own: Stanza, cohort: str, known: Sequence[str]) -> Iterator[Problem]:
    for name in own.mapping:
        if isinstance(name, str) and name not in known:
            near = suggestion(name, known)
            advice = f"Did you mean {near}?" if near else "Name a category, a group, a subgroup or an indicator"
            yield Problem(own.line_of(name), f"cohort {cohort}: no such thing as `{name}`. {advice}")


def _parts(root: Stanza) -> Iterator[Part]:
    """Everything that has a weight, parents first; what has none yet is reported elsewhere."""
    placed: list[tuple[Stanza, str]] = []
    for category in root.stanzas("categories"):
        placed.append((category, ""))
        for group in category.stanzas("groups"):
            placed.append((group, category.text("id")))
            placed += [(subgroup, group.text("id")) for subgroup in group.stanzas("subgroups")]
    placed += [(stanza, stanza.text("group")) for stanza in root.stanzas("indicators")]
    for stanza, parent in placed:
        weight = stanza.number("weight")
        if stanza.text("id") and weight is not None:
            yield Part(stanza.text("id"), parent, weight)


def weights_by_id(root: Stanza) -> Mapping[str, Fraction]:
    """The weight of every category, group, subgroup and indicator of a file, as it is written."""
    return {part.id: part.weight for part in _parts(root)}
