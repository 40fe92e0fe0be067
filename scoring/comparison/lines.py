"""Indicator beside indicator: a site's lines in two rounds, under the rules of each."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scoring.comparison.lineage import Lineage
from scoring.scorecard import Line, Scorecard


@dataclass(frozen=True)
class LineChange:
    """What indicators of the first rules scored, and what they score as indicators of the second.

    `kind` is the tie's: same, renamed, split, merged, new or gone. Values are those of one indicator alone, points are
    added up; None where nothing counts.
    """

    old: tuple[str, ...]
    new: tuple[str, ...]
    kind: str
    categories: tuple[str, str]
    values: tuple[float | None, float | None]
    points: tuple[float | None, float | None]


def line_changes(lineage: Lineage, one: Scorecard, other: Scorecard) -> Iterator[LineChange]:
    """Yield a row for each tie, in the order of the second rules; what is gone comes last."""
    before, after = ({line.indicator: line for line in card.lines} for card in (one, other))
    for tie in lineage.ties:
        first = [before[name] for name in tie.old if name in before]
        second = [after[name] for name in tie.new if name in after]
        yield LineChange(
            tie.old,
            tie.new,
            tie.kind,
            (_category(first), _category(second)),
            (_value(first), _value(second)),
            (_points(first), _points(second)),
        )


def _category(lines: Sequence[Line]) -> str:
    return lines[0].category if lines else ""


def _value(lines: Sequence[Line]) -> float | None:
    return lines[0].measurement.value if len(lines) == 1 else None


def _points(lines: Sequence[Line]) -> float | None:
    counted = [line.points for line in lines if line.points is not None]
    return math.fsum(counted) if counted else None
