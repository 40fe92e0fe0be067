"""What pydantic finds wrong with the shape of a rule file, in words that say where and what to do."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from scoring.ruleset.model import Bonus, Cohort, Gate, IndicatorRule, RubricLevel, RuleFile, Stage, Tier, When
from scoring.ruleset.nodes import Category, Group, Subgroup, Title
from scoring.ruleset.yaml_tree import Problem, line_at, suggestion
from scoring.scale import SCALES, Band, Boolean, Deduct, Linear, Saturation, Share, Steps

SECTIONS: Mapping[tuple[str, ...], type[BaseModel]] = {
    (): RuleFile,
    ("categories",): Category,
    ("categories", "groups"): Group,
    ("categories", "groups", "subgroups"): Subgroup,
    ("indicators",): IndicatorRule,
    ("indicators", "rubric"): RubricLevel,
    ("bonus",): Bonus,
    ("indicators", "when"): When,
    ("cohorts",): Cohort,
    ("tiers", "*"): Tier,
    ("stages",): Stage,
    ("gates",): Gate,
}
# What a list's elements are called in a message; indicators go by their bare ids.
NOUNS = {
    "categories": "category",
    "groups": "group",
    "subgroups": "subgroup",
    "indicators": "",
    "cohorts": "cohort",
    "stages": "stage",
    "gates": "gate",
}
WANTED = {
    "float_type": "a number",
    "int_type": "a whole number",
    "bool_type": "true or false",
    "string_type": "text",
    "tuple_type": "a list",
    "dict_type": "keys with values",
    "model_type": "keys with values, like {en: ..., zh: ...}",
    "model_attributes_type": "keys with values",
    "finite_number": "a finite number",
}
SHAPES: tuple[type[BaseModel], ...] = (Linear, Steps, Boolean, Share, Saturation, Band, Deduct)
SCALE_EXAMPLES = "{full: 7, zero: 180}, {steps: [[1, 50], [3, 100]]}, {boolean: true}, {share: more}"
BOUNDS = {
    "greater_than": ("gt", "must be above"),
    "greater_than_equal": ("ge", "must be at least"),
    "less_than": ("lt", "must be below"),
    "less_than_equal": ("le", "must be at most"),
}
PERCENT = re.compile(r"([0-9.]+) ?[%％]")
KEY = "[key]"  # pydantic's last step where the key itself is at fault, not what stands under it
YES_AND_NO = {"yes": "true", "on": "true", "no": "false", "off": "false"}
Place = tuple[str | int, ...]


def shape_problems(fault: ValidationError, tree: CommentedMap) -> list[Problem]:
    """Return each fault with its line, its subject and what to do."""
    errors = [(error, _written(error["loc"])) for error in fault.errors(include_url=False)]
    meant = {(*place[:-1], _near_key(place)) for error, place in errors if error["type"] == "extra_forbidden"}
    return [
        _problem(error, place, tree)
        for error, place in errors
        if not (error["type"] == "missing" and place in meant)  # told as a misspelt key
        and not (error["type"] == "too_short" and any(other[:-1][: len(place)] == place for _, other in errors))
    ]


def _written(place: Place) -> Place:
    """Return a place as the file has it: pydantic adds a step for the shape of a scale, and for a key at fault."""
    steps = place[:-1] if place[-1:] == (KEY,) else place
    return tuple(step for i, step in enumerate(steps) if not (i and steps[i - 1] == "scale" and step in SCALES))


def _problem(error: ErrorDetails, place: Place, tree: CommentedMap) -> Problem:
    subject = _subject(tree, place)
    text = _wrong_key(error) if error["loc"][-1:] == (KEY,) else _sentence(error, place)
    return Problem(line_at(tree, place), f"{subject}: {text}" if subject else text)


def _sentence(error: ErrorDetails, place: Place) -> str:
    kind, found, context = error["type"], error["input"], error.get("ctx", {})
    key = _key(place)
    if kind in BOUNDS:
        name, words = BOUNDS[kind]
        return f"{key} is {_shown(found)}; it {words} {context[name]:g}{_percent_hint(found, context)}"
    if kind in WANTED:
        return _wrong_type(key, found, WANTED[kind])
    sentences: Mapping[str, Callable[[], str]] = {
        "missing": lambda: _missing(key, place),
        "extra_forbidden": lambda: _unknown_key(place, found),
        "invalid_key": lambda: _key_not_text(place[-1]),
        "value_error": lambda: str(context["error"]),
        "literal_error": lambda: _not_a_choice(key, found, place),
        "union_tag_not_found": lambda: f"{key} is {_shown(found)}. Write one of {SCALE_EXAMPLES}",
        "string_pattern_mismatch": lambda: _pattern(key, found, context["pattern"]),
        "string_too_long": lambda: f"{key} is longer than {context['max_length']} characters",
        "too_short": lambda: f"{key} needs at least {context['min_length']} in its list",
        "too_long": lambda: f"{key} has a pair of more than two; each is [value, score]",
    }
    return sentences.get(kind, lambda: f"{key}: {error['msg']}")()


def _wrong_key(error: ErrorDetails) -> str:
    """Say what is wrong with a key that the file's author was free to choose, or had to choose from a list."""
    name, context = error["input"], error.get("ctx", {})
    if error["type"] == "literal_error":
        return _unknown_name(str(name), re.findall(r"'([^']*)'", context["expected"]))
    if error["type"] == "string_pattern_mismatch":
        return _pattern("a key", name, context["pattern"])
    return _key_not_text(name) if not isinstance(name, str) else f"the key {_shown(name)}: {error['msg']}"


def _key_not_text(name: object) -> str:
    return f"the key {name!r} is not text. Put quotes around it, or remove it"


def _missing(key: str, place: Place) -> str:
    if isinstance(place[-1], int):
        return f"{key} has a pair of fewer than two; each is [value, score]"
    return f"{key} is missing: {_description(place)}"


def _key(place: Place) -> str:
    """Name the key that a place ends in; an element of a list goes by its list's."""
    names = [step for step in place if isinstance(step, str)]
    return f"`{names[-1]}`" if names else ""


def _unknown_key(place: Place, found: Any) -> str:
    name, known = str(place[-1]), _fields_at(place[:-1])
    if name in known:  # a scale knows the keys of all scales
        return f"`{name}` does not go with the keys beside it: a scale is of one kind, such as {SCALE_EXAMPLES}"
    told = _unknown_name(name, list(known))
    cut = found is None and _near_key(place) is None
    return f"{told}. Put quotes around a text that holds a comma" if cut else told


def _unknown_name(name: str, known: Sequence[str]) -> str:
    near = suggestion(name, known)
    return f"unknown key `{name}`. " + (f"Did you mean `{near}`?" if near else f"Known here: {', '.join(known)}")


def _near_key(place: Place) -> str | None:
    return suggestion(str(place[-1]), _fields_at(place[:-1]))


def _description(place: Place) -> str:
    field = _fields_at(place[:-1])[str(place[-1])]
    choices = _choices(field)
    return f"{field.description} ({_either(choices)})" if choices else str(field.description)


def _not_a_choice(key: str, found: Any, place: Place) -> str:
    field = _fields_at(place[:-1])[str(place[-1])]
    near = suggestion(str(found), _choices(field))
    advice = f"Did you mean {near}?" if near else f"Write {_either(_choices(field))} ({field.description})"
    return f"{key} is {_shown(found)}. {advice}"


def _choices(field: FieldInfo) -> list[str]:
    return [str(choice) for choice in get_args(field.annotation)] if get_origin(field.annotation) is Literal else []


def _either(choices: Sequence[str]) -> str:
    return " or ".join(part for part in (", ".join(choices[:-1]), choices[-1]) if part)


def _pattern(key: str, found: Any, pattern: str) -> str:
    if pattern == r"\S":
        return f"{key} is blank"
    return f"{key} is {_shown(found)}; an id is made of small letters, digits and _, and begins with a letter"


def _percent_hint(found: Any, context: Mapping[str, Any]) -> str:
    """A share that was written as per cent."""
    if context.get("le") == 1 and isinstance(found, int | float) and 1 < found <= 100:
        return f". Write {found / 100:g} for {found:g} %"
    return ""


def _wrong_type(key: str, found: Any, wanted: str) -> str:
    if found is None:
        return f"{key} is empty; it must be {wanted}"
    if isinstance(found, str) and "number" in wanted:
        return _text_for_number(key, found, wanted)
    if wanted == "true or false" and isinstance(found, str) and found in YES_AND_NO:
        return f"{key} is the text {_shown(found)}. Write {YES_AND_NO[found]}: YAML 1.2 knows no other yes and no"
    if wanted == "text" and isinstance(found, int | float):
        return f'{key} is {_shown(found)}, not text. Put quotes around it: "{found}"'
    return f"{key} is {_shown(found)}; it must be {wanted}"


def _text_for_number(key: str, found: str, wanted: str) -> str:
    plain = unicodedata.normalize("NFKC", found).strip()  # full-width digits and points
    if re.fullmatch(r"\d+,\d{1,2}", plain):
        plain = plain.replace(",", ".")
    percent = PERCENT.fullmatch(plain)
    if percent and _is_number(percent[1]):
        number = float(percent[1])
        return (
            f"{key} is {_shown(found)}; it must be {wanted}. Write {number / 100:g} for a share, {number:g} for points"
        )
    if not _is_number(plain):
        return f"{key} is {_shown(found)}; it must be {wanted}"
    if plain == found.strip():
        return f"{key} is the text {_shown(found)}. Write it without quotes: {plain}"
    return f"{key} is {_shown(found)}; it must be {wanted}. Write {plain}"


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _shown(found: Any) -> str:
    if isinstance(found, Mapping):
        return f"{{{', '.join(map(str, found))}}}"[:60]
    if isinstance(found, Sequence) and not isinstance(found, str):
        return "a list"
    if isinstance(found, bool):
        return str(found).lower()
    if found is None:
        return "empty"
    text = str(found) if not isinstance(found, str) else f'"{found}"'
    return text if len(text) <= 60 else text[:57] + "..."


def _fields_at(place: Place) -> Mapping[str, FieldInfo]:
    """Return the keys of the record that stands at a place of the file."""
    names = tuple(str(step) for step in place if isinstance(step, str))
    if names and names[-1] == "title":
        return Title.model_fields
    if names and names[0] == "tiers":
        names = ("tiers", "*")
    if names == ("indicators", "scale"):
        return {name: field for shape in SHAPES for name, field in shape.model_fields.items()}
    return SECTIONS.get(names, RuleFile).model_fields


def _subject(tree: CommentedMap, place: Place) -> str:
    """Name the innermost element that has an id: `category management`, `days_since_update`, `indicators, number 3`."""
    node: Any = tree
    subject, parent = "", ""
    for step in place:
        if isinstance(node, CommentedSeq) and isinstance(step, int) and step < len(node):
            node = node[step]
            if parent in NOUNS or place[0] == "tiers":
                subject = _element(node, parent, step, in_tiers=place[0] == "tiers")
        elif isinstance(node, CommentedMap) and step in node:
            node, parent = node[step], str(step)
    return subject


def _element(node: Any, parent: str, number: int, *, in_tiers: bool) -> str:
    name = node.get("id") if isinstance(node, CommentedMap) else None
    if in_tiers:
        return f"tier {name} of {parent}" if isinstance(name, str) else f"tiers of {parent}, number {number + 1}"
    return f"{NOUNS[parent]} {name}".strip() if isinstance(name, str) else f"{parent}, number {number + 1}"
