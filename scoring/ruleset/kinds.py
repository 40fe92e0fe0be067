"""Whether a stanza fits its kind (software, expert, external), and a rule file its method."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

from scoring.evidence import Parameter
from scoring.registry import Indicator
from scoring.ruleset.model import BONUS
from scoring.ruleset.yaml_tree import Problem, Stanza, suggestion

SOFTWARE, EXPERT, EXTERNAL = "software", "expert", "external"
# What only one kind may say: (key, kind, what it is for).
OWN_KEYS = (
    ("rubric", EXPERT, "the marks that reviewers give"),
    ("reviewers", EXPERT, "how many people rate it"),
    ("combine", EXPERT, "what is made of the reviewers' marks"),
    ("differ_at_most", EXPERT, "how far reviewers' marks may lie apart"),
    ("unit", EXTERNAL, "what the values of a table are in"),
    ("parameters", SOFTWARE, "what an indicator with code declares"),
)


def kind_of(stanza: Stanza) -> str:
    """Return a stanza's kind as written, software where it says none."""
    return stanza.text("kind") or SOFTWARE


def units_of(root: Stanza, known: Mapping[str, Indicator]) -> dict[str, str]:
    """Return every indicator's unit, by id, as far as the file and the code tell it."""
    units = {name: found.unit for name, found in known.items()}
    for stanza in root.stanzas("indicators"):
        if kind_of(stanza) == EXPERT:
            units[stanza.text("id")] = "score"
        elif kind_of(stanza) == EXTERNAL and stanza.text("unit"):
            units[stanza.text("id")] = stanza.text("unit")
    return units


def kind_problems(root: Stanza, known: Mapping[str, Indicator]) -> Iterator[Problem]:
    """Tell where a stanza says what its kind cannot, or lacks what it needs."""
    for stanza in root.stanzas("indicators"):
        name, kind = stanza.text("id"), kind_of(stanza)
        for key, owner, purpose in OWN_KEYS:
            if key in stanza.mapping and kind != owner and kind in (SOFTWARE, EXPERT, EXTERNAL):
                told = f"`{key}` is {purpose}; this one is `kind: {kind}`. Remove it, or write `kind: {owner}`"
                yield Problem(stanza.line_of(key), f"{name}: {told}")
        if kind == EXPERT and not stanza.mapping.get("rubric"):
            advice = "Add one: a list such as [{mark: 0, en: ..., zh: ...}, {mark: 5, en: ..., zh: ...}]"
            yield Problem(stanza.line, f"{name}: an expert indicator without a `rubric`. {advice}")
        if kind == EXTERNAL and not stanza.text("unit"):
            told = "an external indicator without a `unit`. Write one of boolean, count, days, score or share"
            yield Problem(stanza.line, f"{name}: {told}")
        if kind != SOFTWARE and name in known:
            told = f"scoring/indicators/{name}.py measures it, but it is `kind: {kind}`. Choose another id"
            yield Problem(stanza.line_of("id"), f"{name}: {told}")
        yield from _rubric(stanza)
        if kind == SOFTWARE and name in known:
            yield from _parameters(stanza, known[name].parameters)


def _rubric(stanza: Stanza) -> Iterator[Problem]:
    levels = stanza.stanzas("rubric")
    marks = [mark for level in levels if (mark := level.number("mark")) is not None]
    if levels and (len(marks) < 2 or any(low >= high for low, high in pairwise(marks))):
        told = "a `rubric` needs at least two marks, each higher than the one before"
        yield Problem(stanza.line_of("rubric"), f"{stanza.text('id')}: {told}")


def _parameters(stanza: Stanza, declared: Mapping[str, Parameter]) -> Iterator[Problem]:
    name, given = stanza.text("id"), stanza.stanza("parameters")
    for key, value in given.mapping.items() if given else ():
        line = given.line_of(key) if given else 0
        if key not in declared:
            near = suggestion(str(key), declared)
            known = f"It declares {', '.join(declared)}" if declared else "It declares none"
            advice = f"Did you mean {near}?" if near else known
            yield Problem(line, f"{name}: no such parameter as `{key}`. {advice}")
        elif (_type(value), wanted := _type(declared[key])) not in ((wanted, wanted), (int, float)):
            told = f"parameter `{key}` must be {WORDS[wanted]}, like its default {_yaml(declared[key])}"
            yield Problem(line, f"{name}: {told}")


WORDS: Mapping[type, str] = {
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    str: "text",
    tuple: "a list of texts",
}


def _type(value: object) -> type:
    """Return which of WORDS a value is; the file's own numbers and lists are subclasses of the plain ones."""
    if isinstance(value, list):
        return tuple
    return next((kind for kind in WORDS if isinstance(value, kind)), object)


def _yaml(value: Parameter) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(value)}]"
    return str(value).lower() if isinstance(value, bool) else str(value)


def method_problems(root: Stanza) -> Iterator[Problem]:
    """Tell where scales, bonus and ranked version do not go with the rest of the file."""
    for stanza in root.stanzas("indicators"):
        name, scale = stanza.text("id"), stanza.stanza("scale")
        if scale and "deduct" in scale.mapping and (root.text("method") or "points") == "points":
            told = "`deduct` is a scale of `method: deduction`. Write {full: ..., zero: ...}, or add the method"
            yield Problem(stanza.line_of("scale"), f"{name}: {told}")
        if stanza.text("group") == BONUS and "bonus" not in root.mapping:
            told = "a bonus indicator, but the file has no `bonus`. Add `bonus: {cap: 5}`"
            yield Problem(stanza.line_of("group"), f"{name}: {told}")
        if root.text("ranked_version") == "site" and kind_of(stanza) == SOFTWARE:
            told = "measures a foreign version, but `ranked_version: site` ranks sites without one. Write `best`"
            yield Problem(stanza.line, f"{name}: {told}")
    bonus = root.stanza("bonus")
    if bonus and not any(stanza.text("group") == BONUS for stanza in root.stanzas("indicators")):
        told = "bonus: no indicator is in group `bonus`. Give it one, or remove it"
        yield Problem(root.line_of("bonus"), told)
