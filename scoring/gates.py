"""Gates (单项否决): a measured value beyond a bound is told beside the score."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from scoring.evidence import Outcome
from scoring.ruleset_model import Gate
from scoring.ruleset_yaml import shown
from scoring.scorecard import GateResult, Line


def fired(gates: Iterable[Gate], lines: Sequence[Line]) -> tuple[GateResult, ...]:
    """Return the gates that fire, in the order of the rule file.

    Only a measured value can fire a gate: what could not be measured is never held against a site.
    """
    measured = {line.indicator: line for line in lines if line.measurement.outcome is Outcome.MEASURED}
    return tuple(
        GateResult(gate.id, gate.indicator, _reason(gate, line))
        for gate in gates
        if (line := measured.get(gate.indicator)) is not None and _fires(gate, line)
    )


def _fires(gate: Gate, line: Line) -> bool:
    value = line.measurement.value
    assert value is not None
    above = gate.fires_above is not None and value > gate.fires_above
    below = gate.fires_below is not None and value < gate.fires_below
    return above or below


def _reason(gate: Gate, line: Line) -> str:
    """Say the rule file's sentence, and the measurement that it rests on."""
    value = line.measurement.value
    assert value is not None
    bound, side = (gate.fires_above, "above") if gate.fires_above is not None else (gate.fires_below, "below")
    assert bound is not None
    found = line.measurement.note or f"{shown(value)} {line.unit}"
    return f"{gate.reason} ({found}; {gate.indicator} is {shown(value)}, the gate fires {side} {shown(bound)})"
