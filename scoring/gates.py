"""Gates (单项否决): a measured value beyond a bound is told beside the score."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping

from scoring.evidence import Measurement, Outcome
from scoring.ruleset.model import Gate
from scoring.ruleset.yaml_tree import shown
from scoring.scorecard import GateResult

BEYOND: Mapping[str, Callable[[float, float], bool]] = {
    "above": operator.gt,
    "from": operator.ge,
    "below": operator.lt,
    "up to": operator.le,
}


def fired(gates: Iterable[Gate], measurements: Mapping[str, Measurement]) -> tuple[GateResult, ...]:
    """Return the gates that fire, in the order of the rule file, with the pages that they rest on.

    A gate may watch an indicator that weighs nothing. Only a measured value can fire it, from a sample that is large
    enough: what could not be measured is never held against a site.
    """
    results = []
    for gate in gates:
        found = measurements.get(gate.indicator)
        if found is None or found.outcome is not Outcome.MEASURED or found.value is None:
            continue
        if gate.fewest is not None and (found.n or 0) < gate.fewest:
            continue
        ((side, bound),) = gate.bounds().items()
        if BEYOND[side](found.value, bound):
            said = f"{gate.indicator} is {shown(found.value)}, the gate fires {side} {shown(bound)}"
            reason = f"{gate.reason} ({f'{found.note}; ' if found.note else ''}{said})"
            results.append(GateResult(gate.id, gate.indicator, reason, found.evidence))
    return tuple(results)
