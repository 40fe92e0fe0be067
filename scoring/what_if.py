"""What if this weighed more? A rule set with some weights changed, every level still adding up."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from crawler.errors import BadInput
from scoring.ruleset.model import BONUS
from scoring.ruleset.rule_set import RuleSet, parents, with_weights
from scoring.ruleset.yaml_tree import exact, shown, suggestion

WHOLE = ""


def reweighed(rules: RuleSet, changes: Mapping[str, float]) -> RuleSet:
    """Return the rule set with other weights, by id of a category, group, subgroup or indicator.

    What stands beside a changed node gives or takes in proportion, so that the node above keeps its weight; what stands
    below changes in proportion. Cohorts keep the weights that they have of their own. Raises BadInput for an unknown id
    or weights that leave nothing for the others.
    """
    written, held = _tree(rules)
    _check_ids(changes, written)
    settled = {WHOLE: written[WHOLE]}
    for parent, parts in held.items():
        settled |= _shared(parts, parent, settled, written, changes)
    tried = with_weights(rules, {name: float(weight) for name, weight in settled.items() if name != WHOLE})
    return RuleSet.model_construct(**{**dict(tried), "cohorts": rules.cohorts})


def _tree(rules: RuleSet) -> tuple[dict[str, Fraction], dict[str, list[str]]]:
    """Return every part's weight by id, and by the id of each node what it holds; nodes come before what they hold.

    The whole stands under WHOLE. Bonus indicators are no part of it.
    """
    written, held = {WHOLE: Fraction(0)}, {WHOLE: list[str]()}
    for name, parent, weight in (*parents(rules), *((rule.id, rule.group, rule.weight) for rule in rules.indicators)):
        if parent == BONUS:
            continue
        written[name] = exact(weight) or Fraction(0)
        held.setdefault(parent, []).append(name)
        if parent == WHOLE:
            written[WHOLE] += written[name]
    return written, held


def _check_ids(changes: Mapping[str, float], written: Mapping[str, Fraction]) -> None:
    for name, weight in changes.items():
        if name not in written or name == WHOLE:
            near = suggestion(name, [known for known in written if known])
            raise BadInput(
                f"{name}: nothing in the rule file weighs under this id. "
                + (f"Did you mean {near}?" if near else "`waiwen rules show` lists the ids.")
            )
        if weight < 0:
            raise BadInput(f"{name}: a weight cannot be negative; found {shown(weight)}")


def _shared(
    siblings: list[str],
    parent: str,
    settled: Mapping[str, Fraction],
    written: Mapping[str, Fraction],
    changes: Mapping[str, float],
) -> dict[str, Fraction]:
    """Return the weights of the parts of one node: the changed ones as asked for, the others sharing the rest."""
    whole = settled[parent]
    given = sum((written[name] for name in siblings), Fraction(0))
    # An edition may leave points of a node unspecified: what its parts had of it, they have together.
    available = whole * given / written[parent] if written[parent] else whole
    fixed = {name: exact(changes[name]) or Fraction(0) for name in siblings if name in changes}
    others = [name for name in siblings if name not in fixed]
    rest = available - sum(fixed.values(), Fraction(0))
    share = sum((written[name] for name in others), Fraction(0))
    place = parent or "all categories"
    if rest < 0 or (rest > 0 and not share):
        asked = " + ".join(f"{name} {shown(float(weight))}" for name, weight in fixed.items())
        raise BadInput(f"{place} has {shown(float(available))} points to share; {asked} is not what it can hold")
    return fixed | {name: written[name] * rest / share if share else Fraction(0) for name in others}
