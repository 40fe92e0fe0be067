"""Whether the parts of a rule file fit each other, and the code: ids, sums, units.

Works on the file as read, part by part, so that one broken stanza hides no other problem.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction

from scoring.registry import Indicator
from scoring.ruleset.kinds import SOFTWARE, kind_of, kind_problems, method_problems, units_of
from scoring.ruleset.model import BONUS, DEFAULT_TIERS
from scoring.ruleset.sums import groups_of, sum_problems
from scoring.ruleset.units import share_problems, unit_problems
from scoring.ruleset.yaml_tree import Problem, Stanza, shown, suggestion


def consistency_problems(root: Stanza, known: Mapping[str, Indicator]) -> list[Problem]:
    """Return every disagreement inside the file, and between the file and the indicators that have code."""
    units = units_of(root, known)
    checks = (_duplicates(root), _against_code(root, known), _groups_of_indicators(root), sum_problems(root))
    more = (unit_problems(root, units), kind_problems(root, known), method_problems(root), _gates(root, units))
    return [problem for check in (*checks, *more, _tiers(root), _stages(root)) for problem in check]


def _ids(stanzas: Iterable[Stanza]) -> list[str]:
    return [name for stanza in stanzas if (name := stanza.text("id"))]


def did_you_mean(near: str | None, otherwise: str) -> str:
    """Return the question after a near name, or what to do where none is near."""
    return f"Did you mean {near}?" if near else otherwise


def _duplicates(root: Stanza) -> Iterator[Problem]:
    """Nodes and indicators share one set of names: cohorts, mappings and what-if runs go by them."""
    sections: list[tuple[str, Sequence[Stanza]]] = [
        ("", [*root.stanzas("categories"), *groups_of(root), *root.stanzas("indicators")]),
        ("cohort ", root.stanzas("cohorts")),
        ("stage ", root.stanzas("stages")),
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
        elif name and name not in known and kind_of(stanza) == SOFTWARE:
            near = suggestion(name, known.keys() - accounted)
            otherwise = f"Write scoring/indicators/{name}.py, or remove the stanza"
            yield Problem(stanza.line_of("id"), f"{name}: no such indicator. {did_you_mean(near, otherwise)}")
            accounted |= {near} if near else set()
    if "frozen" in root.mapping or root.text("ranked_version") == "site":
        return  # an edition of another year need not know what has been written since, nor a series without software
    for name in retired.keys() - known.keys():
        near = suggestion(name, known.keys() - accounted)
        yield Problem(retired[name], f"retired: no indicator `{name}` has code. {did_you_mean(near, 'Remove it')}")
        accounted |= {near} if near else set()
    for name in sorted(known.keys() - accounted):
        yield Problem(0, f"{name}: has code but no stanza. Add one, or list it under `retired`")


def _groups_of_indicators(root: Stanza) -> Iterator[Problem]:
    groups = groups_of(root)
    names, categories = _ids(groups), _ids(root.stanzas("categories"))
    split = {group.text("id"): _ids(group.stanzas("subgroups")) for group in groups if group.stanzas("subgroups")}
    for stanza in root.stanzas("indicators"):
        name = stanza.text("group")
        if not name or name == BONUS or (name in names and name not in split):
            continue
        if name in split:
            advice = f"`{name}` is split. Name one of its subgroups: {', '.join(split[name])}"
        elif name in categories:
            advice = f"`{name}` is a category. Name one of its groups"
        else:
            advice = did_you_mean(suggestion(name, names), f"Known are {', '.join(dict.fromkeys(names)) or 'none'}")
            advice = f"no such group as `{name}`. {advice}"
        yield Problem(stanza.line_of("group"), f"{stanza.text('id') or 'an indicator'}: {advice}")


def _gates(root: Stanza, units: Mapping[str, str]) -> Iterator[Problem]:
    stanzas = _ids(root.stanzas("indicators"))
    usable = set(stanzas) | units.keys()
    for gate in root.stanzas("gates"):
        subject, name = f"gate {gate.text('id')}".strip(), gate.text("indicator")
        if name and name not in usable:
            advice = did_you_mean(suggestion(name, usable), "A gate watches an indicator that has code or a stanza")
            yield Problem(gate.line_of("indicator"), f"{subject}: no such indicator as `{name}`. {advice}")
        elif units.get(name) == "share":
            yield from share_problems(subject, gate)


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
            advice = did_you_mean(near, f"Add `{key}` to `cohorts` first")
            yield Problem(tiers.line_of(key), f"tiers of {key}: no such cohort. {advice}")
        yield from _unreachable(key, tiers.stanzas(key))


def _stages(root: Stanza) -> Iterator[Problem]:
    """The first stage begins at 0, so that every total has one, and each later one higher."""
    below: Fraction | None = None
    for stanza in root.stanzas("stages"):
        cut = stanza.number("cut")
        if cut is None:
            continue
        if below is None and cut != 0:
            yield Problem(stanza.line_of("cut"), f"stage {stanza.text('id')}: is the first. Let its cut be 0")
        elif below is not None and cut <= below:
            text = f"begins no higher than the one before. Give it a cut above {shown(below)}"
            yield Problem(stanza.line_of("cut"), f"stage {stanza.text('id')}: {text}")
        below = cut


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
