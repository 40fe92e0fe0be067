"""Whether scales and bounds fit what an indicator measures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from scoring.ruleset.yaml_tree import Problem, Stanza, exact, shown

BOUNDS = ("full", "zero", "half", "above", "below", "fires_above", "fires_from", "fires_below", "fires_up_to")


def unit_problems(root: Stanza, units: Mapping[str, str]) -> Iterator[Problem]:
    """Tell where a scale does not fit its indicator's unit. `units` are by indicator id, as far as known."""
    for stanza in root.stanzas("indicators"):
        name, scale = stanza.text("id"), stanza.stanza("scale")
        if name not in units or scale is None:
            continue
        unit, keys, line = units[name], scale.mapping, stanza.line_of("scale")
        if "deduct" in keys:
            yield from share_problems(name, scale) if unit == "share" else ()
        elif "boolean" in keys and unit != "boolean":
            yield Problem(line, f"{name}: a boolean scale, but its unit is {unit}. Write {_example(unit)}")
        elif unit == "boolean" and "boolean" not in keys:
            yield Problem(line, f"{name}: its unit is boolean (yes or no). Write {_example(unit)}")
        elif "share" in keys and unit != "share":
            yield Problem(line, f"{name}: a share scale, but its unit is {unit}. Write {_example(unit)}")
        elif unit == "share":
            yield from share_problems(name, scale)


def _example(unit: str) -> str:
    examples = {
        "boolean": "{boolean: true}",
        "share": "{share: more}",
        "days": "{full: 7, zero: 180}",
        "seconds": "{full: 1, zero: 15}",
    }
    return examples.get(unit, "{full: 10, zero: 0}")


def share_problems(subject: str, stanza: Stanza) -> Iterator[Problem]:
    """Bounds on a share that lie outside 0..1 were meant as per cent."""
    bounds = [(key, stanza.number(key)) for key in (*BOUNDS, "each")]
    steps = stanza.mapping.get("steps")
    if isinstance(steps, list):
        bounds += [("steps", exact(step[0])) for step in steps if isinstance(step, list) and step]
    band = stanza.mapping.get("band")
    if isinstance(band, list):
        bounds += [("band", exact(value)) for value in band]
    for key, bound in bounds:
        if bound is not None and not 0 <= bound <= 1:
            text = f"{subject}: a share is 0..1, `{key}` holds {shown(bound)}. {_share_advice(bound)}"
            yield Problem(stanza.line_of(key), text)


def _share_advice(bound: Fraction) -> str:
    return f"Write {shown(bound / 100)} for {shown(bound)} %" if 1 < bound <= 100 else "Write 0.5 for 50 %"
