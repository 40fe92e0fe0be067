"""Whether the parts of a rule file fit each other, and the code: ids, sums, units.

Works on the file as read, part by part, so that one broken stanza hides no other problem.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from scoring.registry import Indicator
from scoring.ruleset_model import DEFAULT_TIERS
from scoring.ruleset_yaml import Problem, Stanza, exact, shown, suggestion

FULL_MARKS = Fraction(100)
TOLERANCE = Fraction(1, 10**9)


def consistency_problems(root: Stanza, known: Mapping[str, Indicator]) -> list[Problem]:
    """Return every disagreement inside the file, and between the file and the indicators that have code."""
    checks = (_duplicates(root), _against_code(root, known), _groups_of_indicators(root), _sums(root))
    more = (_units(root, known), _gates(root, known), _tiers(root))
    return [problem for check in (*checks, *more) for problem in check]


def _groups(root: Stanza) -> list[Stanza]:
    return [group for category in root.stanzas("categories") for group in category.stanzas("groups")]


def _ids(stanzas: Iterable[Stanza]) -> list[str]:
    return [name for stanza in stanzas if (name := stanza.text("id"))]


def _did_you_mean(near: str | None, otherwise: str) -> str:
    return f"Did you mean {near}?" if near else otherwise


def _duplicates(root: Stanza) -> Iterator[Problem]:
    sections: list[tuple[str, Sequence[Stanza]]] = [
        ("category ", root.stanzas("categories")),
        ("group ", _groups(root)),
        ("", root.stanzas("indicators")),
        ("cohort ", root.stanzas("cohorts")),
        ("gate ", root.stanzas("gates")),
    ]
    tiers = root.stanza("tiers")
    if tiers:
        sections += [(f"tiers of {key}: ", tiers.stanzas(key)) for key in tiers.mapping if isinstance(key, str)]
    for noun, stanzas in sections:
        first: dict[str, int] = {}
        for stanza in stanzas:
            name, line = stanza.text("id"), stanza.line_of("id")
            if name and name in first:
                yield Problem(line, f"{noun}{name}: stands here again, first on line {first[name]}. Remove one")
            first.setdefault(name, line)


def _against_code(root: Stanza, known: Mapping[str, Indicator]) -> Iterator[Problem]:
    """Both ways: every stanza has code, and all code has a stanza or is retired."""
    stanzas = root.stanzas("indicators")
    written = set(_ids(stanzas))
    retired = dict(root.texts("retired"))
    accounted = written | retired.keys()
    for stanza in stanzas:
        name = stanza.text("id")
        if name in retired:
            text = f"{name}: has a stanza and is listed under `retired`. Remove one of both"
            yield Problem(retired[name], text)
        elif name and name not in known:
            near = suggestion(name, known.keys() - accounted)
            otherwise = f"Write scoring/indicators/{name}.py, or remove the stanza"
            yield Problem(stanza.line_of("id"), f"{name}: no such indicator. {_did_you_mean(near, otherwise)}")
            accounted |= {near} if near else set()
    for name in sorted(known.keys() - accounted):
        yield Problem(0, f"{name}: has code but no stanza. Add one, or list it under `retired`")


def _groups_of_indicators(root: Stanza) -> Iterator[Problem]:
    groups, categories = _ids(_groups(root)), _ids(root.stanzas("categories"))
    for stanza in root.stanzas("indicators"):
        name = stanza.text("group")
        if not name or name in groups:
            continue
        subject = stanza.text("id") or "an indicator"
        if name in categories:
            advice = f"`{name}` is a category. Name one of its groups"
        else:
            advice = _did_you_mean(suggestion(name, groups), f"Known are {', '.join(dict.fromkeys(groups)) or 'none'}")
            advice = f"no such group as `{name}`. {advice}"
        yield Problem(stanza.line_of("group"), f"{subject}: {advice}")


def _sums(root: Stanza) -> Iterator[Problem]:
    """Each level adds up to the one above. A misspelt group counts for the one that was probably meant."""
    categories, groups = root.stanzas("categories"), _groups(root)
    names = _ids(groups)
    members: dict[str, list[Stanza]] = {name: [] for name in names}
    stray = False
    for stanza in root.stanzas("indicators"):
        group = stanza.text("group")
        home = group if group in members else suggestion(group, names)
        if home:
            members[home].append(stanza)
        else:
            stray = True
    for stanza in groups:
        name = stanza.text("id")
        if name and not members[name] and not stray:
            yield Problem(stanza.line, f"group {name}: no indicator belongs to it. Give it one, or remove it")
        elif name and not stray:
            yield from _sum(stanza, f"group {name}: indicators", members[name], stanza.number("weight"))
    for stanza in categories:
        name = stanza.text("id") or "without an id"
        yield from _sum(stanza, f"category {name}: groups", stanza.stanzas("groups"), stanza.number("weight"))
    whole = Stanza(root.mapping, root.line_of("categories"))
    yield from _sum(whole, "categories", categories, FULL_MARKS)


def _sum(where: Stanza, subject: str, parts: Sequence[Stanza], wanted: Fraction | None) -> Iterator[Problem]:
    weights = [weight for part in parts if (weight := part.number("weight")) is not None]
    if wanted is None or not parts or len(weights) < len(parts):
        return  # a weight that is missing or no number is reported as such
    total = sum(weights, Fraction(0))
    if abs(total - wanted) > TOLERANCE:
        written = " + ".join(shown(weight) for weight in weights)
        difference = f"{shown(abs(total - wanted))} too {'many' if total > wanted else 'few'}"
        line = where.line_of("weight") if subject != "categories" else where.line
        yield Problem(line, f"{subject} add up to {shown(total)}, not {shown(wanted)} ({written}), {difference}")


def _units(root: Stanza, known: Mapping[str, Indicator]) -> Iterator[Problem]:
    """A scale must fit what the indicator measures."""
    for stanza in root.stanzas("indicators"):
        name, scale = stanza.text("id"), stanza.stanza("scale")
        if name not in known or scale is None:
            continue
        unit, keys, line = known[name].unit, scale.mapping, stanza.line_of("scale")
        if "boolean" in keys and unit != "boolean":
            yield Problem(line, f"{name}: a boolean scale, but its unit is {unit}. Write {_example(unit)}")
        elif unit == "boolean" and "boolean" not in keys:
            yield Problem(line, f"{name}: its unit is boolean (yes or no). Write {_example(unit)}")
        elif "share" in keys and unit != "share":
            yield Problem(line, f"{name}: a share scale, but its unit is {unit}. Write {_example(unit)}")
        elif unit == "share":
            yield from _shares(name, scale)


def _example(unit: str) -> str:
    examples = {"boolean": "{boolean: true}", "share": "{share: more}", "days": "{full: 7, zero: 180}"}
    return examples.get(unit, "{full: 10, zero: 0}")


def _shares(subject: str, stanza: Stanza) -> Iterator[Problem]:
    """Bounds on a share that lie outside 0..1 were meant as per cent."""
    bounds = [(key, stanza.number(key)) for key in ("full", "zero", "fires_above", "fires_below")]
    steps = stanza.mapping.get("steps")
    if isinstance(steps, list):
        bounds += [("steps", exact(step[0])) for step in steps if isinstance(step, list) and step]
    for key, bound in bounds:
        if bound is not None and not 0 <= bound <= 1:
            text = f"{subject}: a share is 0..1, `{key}` holds {shown(bound)}. {_share_advice(bound)}"
            yield Problem(stanza.line_of(key), text)


def _share_advice(bound: Fraction) -> str:
    return f"Write {shown(bound / 100)} for {shown(bound)} %" if 1 < bound <= 100 else "Write 0.5 for 50 %"


def _gates(root: Stanza, known: Mapping[str, Indicator]) -> Iterator[Problem]:
    stanzas = _ids(root.stanzas("indicators"))
    usable = set(stanzas) | {near for name in stanzas if name not in known and (near := suggestion(name, known))}
    for gate in root.stanzas("gates"):
        subject, name = f"gate {gate.text('id')}".strip(), gate.text("indicator")
        if name and name not in usable:
            advice = _did_you_mean(suggestion(name, usable), "A gate watches an indicator that has a stanza")
            yield Problem(gate.line_of("indicator"), f"{subject}: no indicator `{name}` in this file. {advice}")
        elif name in known and known[name].unit == "share":
            yield from _shares(subject, gate)


def _tiers(root: Stanza) -> Iterator[Problem]:
    """Lists belong to cohorts that exist, and no tier lies wholly within one before it."""
    tiers = root.stanza("tiers")
    if tiers is None:
        return
    cohorts = _ids(root.stanzas("cohorts"))
    for key in tiers.mapping:
        if not isinstance(key, str):
            continue
        if key != DEFAULT_TIERS and key not in cohorts:
            near = suggestion(key, [*cohorts, DEFAULT_TIERS])
            advice = _did_you_mean(near, f"Add `{key}` to `cohorts` first")
            yield Problem(tiers.line_of(key), f"tiers of {key}: no such cohort. {advice}")
        yield from _unreachable(key, tiers.stanzas(key))


def _unreachable(cohort: str, stanzas: Sequence[Stanza]) -> Iterator[Problem]:
    for bound, sign, words in (("cut", -1, "lower cut"), ("quota", 1, "larger quota")):
        widest: Fraction | None = None
        for stanza in stanzas:
            value = stanza.number(bound)
            if value is None:
                continue
            if widest is not None and sign * value <= sign * widest:
                text = (
                    f"a site in it is always in an earlier one. Give it a {words} than {shown(widest)}, or move it up"
                )
                yield Problem(stanza.line_of(bound), f"tier {stanza.text('id')} of {cohort}: {text}")
            else:
                widest = value
