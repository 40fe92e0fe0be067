"""Weights as a cohort has them: what stands below a changed node changes in proportion, unless it has its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from scoring.ruleset.yaml_tree import exact

NOTHING = Fraction(0)


@dataclass(frozen=True)
class Part:
    """A node or an indicator with the weight that the file gives it, and the id of what it belongs to."""

    id: str
    parent: str
    weight: Fraction


def settle(parts: Iterable[Part], own: Mapping[str, float]) -> dict[str, Fraction]:
    """Return the weight of every part, by id, where a cohort has some of its own. Parents come before their parts."""
    written: dict[str, Fraction] = {}
    settled: dict[str, Fraction] = {}
    for part in parts:
        mine = exact(own.get(part.id))
        parent = written.get(part.parent)
        ratio = settled[part.parent] / parent if parent else Fraction(1)
        written[part.id] = part.weight
        settled[part.id] = part.weight * ratio if mine is None else mine
    return settled
