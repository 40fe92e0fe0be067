"""Whether a round was measured under the windows, thresholds and words that a rule set asks for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from scoring.evidence import Measurement, Parameter
from scoring.ruleset.rule_set import RuleSet


def measured_otherwise(rules: RuleSet, found: Iterable[Mapping[str, Measurement]]) -> tuple[str, ...]:
    """Say of each indicator that was measured under other parameters what was used and what is asked for.

    `found` are measurements by indicator id, a mapping a version. An indicator without any measurement is not told:
    it is left out of the score.
    """
    told: dict[str, str] = {}
    for measurements in found:
        for name, wanted in rules.parameters.items():
            measurement = measurements.get(name)
            if measurement is not None and measurement.parameters != wanted:
                told.setdefault(name, f"{name}: {_difference(measurement.parameters, wanted)}")
    return tuple(told[name] for name in sorted(told))


def _difference(used: Mapping[str, Parameter], wanted: Mapping[str, Parameter]) -> str:
    changed = [name for name in sorted(used.keys() | wanted.keys()) if used.get(name) != wanted.get(name)]
    return ", ".join(
        f"measured with {name} {_shown(used.get(name))}, the rules ask for {_shown(wanted.get(name))}"
        for name in changed
    )


def _shown(value: Parameter | None) -> str:
    return "none" if value is None else ", ".join(value) if isinstance(value, tuple) else str(value)
