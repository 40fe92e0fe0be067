"""The method page: weights, scales, costs and sources, from the rule file that scored the round."""

from __future__ import annotations

from dataclasses import dataclass

from scoring.reports.bundle import RoundReport, Title
from scoring.reports.html import render
from scoring.ruleset.model import BONUS, IndicatorRule
from scoring.ruleset.rule_set import RuleSet
from scoring.ruleset.yaml_tree import flow

METHOD_FILE = "method.html"


@dataclass(frozen=True)
class RuleLine:
    """One indicator's stanza in words: its scale as written, and what a missing value costs."""

    rule: IndicatorRule
    title: Title
    unit: str
    scale: str
    when: str


def method_page(report: RoundReport, rules: RuleSet) -> str:
    """Return the page."""
    return render(
        "method.html",
        report,
        rules=rules,
        lines={category.id: rule_lines(rules, category.id) for category in rules.categories},
        bonus=rule_lines(rules, BONUS),
        own_weights=[cohort for cohort in rules.cohorts if cohort.weights],
    )


def rule_lines(rules: RuleSet, category: str) -> list[RuleLine]:
    """Return the indicators of a category in the order of the file."""
    return [_line(rules, rule) for rule in rules.indicators if rules.category_of(rule.id) == category]


def _line(rules: RuleSet, rule: IndicatorRule) -> RuleLine:
    costs = {outcome: cost for outcome, cost in rule.when.model_dump().items() if cost != "leave_out"}
    return RuleLine(
        rule,
        (rule.title.en, rule.title.zh),
        rules.unit(rule.id),
        flow(rule.scale.model_dump(exclude_none=True)),
        "; ".join(f"{outcome}: {cost}" for outcome, cost in costs.items()) or "left out",
    )
