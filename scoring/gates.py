"""Gates (单项否决): a measured value beyond a bound is told beside the score."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from scoring.evidence import Measurement, Outcome
from scoring.ruleset_model import Gate
from scoring.ruleset_yaml import shown
from scoring.scorecard import GateResult


def fired(gates: Iterable[Gate], measurements: Mapping[str, Measurement]) -> tuple[GateResult, ...]:
    """Return the gates that fire, in the order of the rule file, with the pages that they rest on.

    A gate may watch an indicator that weighs nothing. Only a measured value can fire it: what could not be measured
    is never held against a site.
    """
    return tuple(
        GateResult(gate.id, gate.indicator, _reason(gate, found, found.value), found.evidence)
        for gate in gates
        if (found := measurements.get(gate.indicator)) is not None
        and found.outcome is Outcome.MEASURED
        and found.value is not None
        and _fires(gate, found.value)
    )


def _fires(gate: Gate, value: float) -> bool:
    if gate.fires_above is not None:
        return value > gate.fires_above
    if gate.fires_from is not None:
        return value >= gate.fires_from
    return gate.fires_below is not None and value < gate.fires_below


def _reason(gate: Gate, found: Measurement, value: float | None) -> str:
    """Say the rule file's sentence, and the measurement that it rests on."""
    sides = (("above", gate.fires_above), ("from", gate.fires_from), ("below", gate.fires_below))
    side, bound = next((side, bound) for side, bound in sides if bound is not None)
    said = f"{gate.indicator} is {shown(value or 0.0)}, the gate fires {side} {shown(bound)}"
    return f"{gate.reason} ({f'{found.note}; ' if found.note else ''}{said})"
