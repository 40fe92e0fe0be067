"""The method page: weights, scales, costs and sources, from the rule file that scored the round."""

from __future__ import annotations

from dataclasses import dataclass

from scoring.evidence import Outcome
from scoring.reports.bundle import RoundReport, Title
from scoring.reports.html import render
from scoring.reports.wording import OUTCOMES, unit_name
from scoring.ruleset.model import BONUS, IndicatorRule
from scoring.ruleset.rule_set import RuleSet
from scoring.ruleset.yaml_tree import flow

METHOD_FILE = "method.html"
COSTS: dict[str, Title] = {"zero": ("zero", "计零分"), "review": ("left out until reviewed", "待复核，暂不计入")}
SIDES: dict[str, Title] = {
    "above": ("above", "高于"),
    "from": ("from", "不低于"),
    "below": ("below", "低于"),
    "up to": ("up to", "不高于"),
}


@dataclass(frozen=True)
class RuleLine:
    """One indicator's stanza in words: its scale as written, and what a missing value costs."""

    rule: IndicatorRule
    title: Title
    unit: Title
    scale: str
    when: tuple[tuple[Title, Title], ...]  # an outcome, and what it costs; those that are left out are not named


def method_page(report: RoundReport, rules: RuleSet) -> str:
    """Return the page."""
    return render(
        "method.html",
        report,
        rules=rules,
        lines={category.id: rule_lines(rules, category.id) for category in rules.categories},
        bonus=rule_lines(rules, BONUS),
        SIDES=SIDES,
        own_weights=[cohort for cohort in rules.cohorts if cohort.weights],
    )


def rule_lines(rules: RuleSet, category: str) -> list[RuleLine]:
    """Return the indicators of a category in the order of the file."""
    return [_line(rules, rule) for rule in rules.indicators if rules.category_of(rule.id) == category]


def _line(rules: RuleSet, rule: IndicatorRule) -> RuleLine:
    return RuleLine(
        rule,
        (rule.title.en, rule.title.zh),
        unit_name(rules.unit(rule.id)),
        flow(rule.scale.model_dump(exclude_none=True)),
        tuple(
            (OUTCOMES[Outcome(outcome)], COSTS[cost])
            for outcome, cost in rule.when.model_dump().items()
            if cost != "leave_out"
        ),
    )
