"""Lines → category scores → total. A line that is left out takes its weight with it.

All sums are `math.fsum`: exactly rounded, so that neither the order of the lines nor float noise can move a score.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from scoring.rank import comparable
from scoring.ruleset.model import BONUS
from scoring.ruleset.rule_set import RuleSet
from scoring.scale import clamped
from scoring.scorecard import CategoryScore, Line


@dataclass(frozen=True)
class Totals:
    """What lines come to. `total` is 0..100 with the bonus in it, None where no line counts."""

    categories: tuple[CategoryScore, ...]
    total: float | None
    bonus: float


def totals(rules: RuleSet, weights: Mapping[str, float], lines: Sequence[Line]) -> Totals:
    """Add up lines by the method of the rule set; `weights` are the categories' (id → points), in their order."""
    categories = category_scores(weights, lines)
    total = what_deductions_leave(lines) if rules.method == "deduction" else total_of(categories)
    bonus = 0.0 if total is None else bonus_of(rules, total, lines)
    return Totals(categories, None if total is None else clamped(total + bonus), bonus)


def what_deductions_leave(lines: Iterable[Line]) -> float | None:
    """Return 100 less what each line lost of its weight (0..100), None where no line counts."""
    lost = [line.weight - line.points for line in lines if line.points is not None and line.category != BONUS]
    return clamped(100 - math.fsum(lost)) if lost else None


def bonus_of(rules: RuleSet, total: float, lines: Iterable[Line]) -> float:
    """Return what the bonus lines add to a total: nothing below `opens_at`, never more than `cap`."""
    if rules.bonus is None or comparable(total) < rules.bonus.opens_at:
        return 0.0
    earned = math.fsum(line.points for line in lines if line.category == BONUS and line.points is not None)
    return min(earned, rules.bonus.cap)


def category_scores(weights: Mapping[str, float], lines: Sequence[Line]) -> tuple[CategoryScore, ...]:
    """Return a score for each category of `weights` (id → points), in its order."""
    return tuple(_category_score(name, weight, lines) for name, weight in weights.items())


def _category_score(name: str, weight: float, lines: Sequence[Line]) -> CategoryScore:
    own = [line for line in lines if line.category == name]
    points = [line.points for line in own if line.points is not None]
    counted = _counted(own)
    score = clamped(100 * math.fsum(points) / counted) if counted else None
    return CategoryScore(name, weight, score, coverage_of(own))


def total_of(categories: Iterable[CategoryScore]) -> float | None:
    """Return the mean of the categories that have a score, by weight (0..100), None where none has one."""
    scored = [(category.score, category.weight) for category in categories if category.score is not None]
    if not scored:
        return None
    return clamped(math.fsum(score * weight for score, weight in scored) / math.fsum(weight for _, weight in scored))


def coverage_of(lines: Iterable[Line]) -> float:
    """Return the part of the lines' weight that counts, 0..1. Bonus lines are no part of it."""
    lines = [line for line in lines if line.category != BONUS]
    whole = math.fsum(line.weight for line in lines)
    return min(1.0, _counted(lines) / whole) if whole else 0.0


def _counted(lines: Iterable[Line]) -> float:
    return math.fsum(line.weight for line in lines if line.points is not None)
