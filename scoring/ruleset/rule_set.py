"""The rule set: a rule file that was read and checked, as it holds for a cohort or under other weights."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from functools import cached_property
from typing import TypeVar

from pydantic import Field

from scoring.ruleset.model import BONUS, DEFAULT_TIERS, IndicatorRule, Parameter, RuleFile, Tier
from scoring.ruleset.nodes import Category, Group, Node, Subgroup
from scoring.ruleset.weights import Part, settle
from scoring.ruleset.yaml_tree import exact, suggestion


class RuleSet(RuleFile):
    """A rule file that was read and checked.

    `digest` is of the file's bytes, `units` are of its indicators, `parameters` all that a software indicator is to be
    measured under, by its id: what the file sets, and the code's own defaults.
    """

    digest: str
    units: dict[str, str]
    parameters: dict[str, dict[str, Parameter]] = Field(default_factory=dict)

    @cached_property
    def _rules(self) -> Mapping[str, IndicatorRule]:
        return {rule.id: rule for rule in self.indicators}

    @cached_property
    def _category_by_group(self) -> Mapping[str, str]:
        found = {BONUS: BONUS}
        for category in self.categories:
            for group in category.groups:
                found |= dict.fromkeys((group.id, *(sub.id for sub in group.subgroups)), category.id)
        return found

    @cached_property
    def _by_cohort(self) -> Mapping[str, RuleSet]:
        return {cohort.id: with_weights(self, cohort.weights) for cohort in self.cohorts if cohort.weights}

    def for_cohort(self, cohort: str) -> RuleSet:
        """Return the rule set as it holds for a cohort: with its own weights, without what weighs nothing there."""
        return self._by_cohort.get(cohort, self)

    def rule(self, indicator: str) -> IndicatorRule:
        """Return an indicator's stanza. Raises KeyError where the file has none."""
        return self._rules[indicator]

    def unit(self, indicator: str) -> str:
        """Return an indicator's unit. Raises KeyError where the file has no stanza for it."""
        return self.units[indicator]

    def category_of(self, indicator: str) -> str:
        """Return the id of the category that an indicator counts for; `bonus` of a bonus indicator."""
        return self._category_by_group[self.rule(indicator).group]

    def tiers_for(self, cohort: str) -> tuple[Tier, ...]:
        """Return a cohort's award tiers, best first: its own list, else the default one."""
        return self.tiers.get(cohort, self.tiers.get(DEFAULT_TIERS, ()))

    @property
    def unspecified_share(self) -> float:
        """The part of all points (0..1) that this edition leaves unspecified."""
        whole = math.fsum([self.unspecified or 0.0, *(category.weight for category in self.categories)])
        return math.fsum([self.unspecified or 0.0, *(node.unspecified or 0.0 for node in self.nodes())]) / whole


def with_weights(rules: RuleSet, own: Mapping[str, float]) -> RuleSet:
    """Return a rule set with some weights of its own, without what weighs nothing and without cohorts' weights."""
    parts = [
        Part(name, parent, exact(weight) or Fraction(0))
        for name, parent, weight in (
            *parents(rules),
            *((rule.id, rule.group, rule.weight) for rule in rules.indicators),
        )
    ]
    weights = {name: float(weight) for name, weight in settle(parts, own).items()}
    changes = {
        "categories": tuple(_weighed(category, weights) for category in rules.categories if weights[category.id]),
        "indicators": tuple(_weighed(rule, weights) for rule in rules.indicators if weights[rule.id]),
        "cohorts": (),
    }
    # Not `model_copy`: it would keep the look-ups that were cached for the other weights.
    return RuleSet.model_construct(**{**dict(rules), **changes})


def parents(rules: RuleFile) -> Iterator[tuple[str, str, float]]:
    """Give (id, id of what it belongs to, weight) of every node, parents first."""
    for category in rules.categories:
        yield category.id, "", category.weight
        for group in category.groups:
            yield group.id, category.id, group.weight
            yield from ((subgroup.id, group.id, subgroup.weight) for subgroup in group.subgroups)


def unlisted_cohorts(rules: RuleFile, cohorts: Iterable[str]) -> list[str]:
    """Say of each cohort that the rule file does not list what that means, and which was probably meant.

    Empty where the file lists none: then it takes any.
    """
    listed = {cohort.id: cohort.title.zh for cohort in rules.cohorts}
    names = {name: ident for ident, title in listed.items() for name in (ident, title)}
    have = ", ".join(f"{ident} ({title})" for ident, title in listed.items())
    told = []
    for cohort in dict.fromkeys(cohorts) if listed else ():
        if cohort not in listed:
            near = suggestion(cohort, names)
            meant = f"Did you mean {names[near]}? " if near else ""
            what = "not in the rule file; its sites are ranked by themselves, by the file's own weights"
            told.append(f"cohort {cohort!r}: {what}. {meant}The file has {have}.")
    return told


Weighed = TypeVar("Weighed", Category, Group, Subgroup, IndicatorRule)


def _weighed(part: Weighed, weights: Mapping[str, float]) -> Weighed:
    """Return a node or an indicator, and what it holds, with other weights."""
    changes: dict[str, object] = {"weight": weights[part.id]}
    for below in ("groups", "subgroups"):
        if hasattr(part, below):
            changes[below] = tuple(_weighed(held, weights) for held in getattr(part, below) if weights[held.id])
    if isinstance(part, Node) and part.unspecified:
        changes["unspecified"] = part.unspecified * weights[part.id] / part.weight
    return part.model_copy(update=changes)
