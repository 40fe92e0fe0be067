"""The page of all indicators, from their docstrings and a rule file."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator, Mapping

from scoring.registry import Indicator
from scoring.ruleset.model import BONUS, IndicatorRule
from scoring.ruleset.rule_set import RuleSet
from scoring.ruleset.yaml_tree import flow, shown

HEAD = """# Indicators

Made by `waiwen rules docs > docs/indicators.md` from the docstrings in `scoring/indicators/` and `indicators.yaml`;
do not edit it.
Edition {edition}: {count} indicators have weight, {rest} more are measured without one.
"""
HEADING = re.compile(r"^(What it measures|Why it matters|Blind spots)$", re.MULTILINE)


def indicators_page(rules: RuleSet, known: Mapping[str, Indicator]) -> str:
    """Return the page as Markdown: weighed indicators by category, then those without a weight, by name."""
    weighed = [rule.id for rule in rules.indicators]
    rest = [name for name in known if name not in weighed]
    lines = [HEAD.format(edition=rules.edition, count=len(weighed), rest=len(rest))]
    for category in (*((found.id, found.title) for found in rules.categories), (BONUS, None)):
        own = [rule for rule in rules.indicators if rules.category_of(rule.id) == category[0]]
        if own:
            lines.append(f"## {category[1].en} {category[1].zh}\n" if category[1] else "## Bonus 加分项\n")
        for rule in own:
            lines += _entry(rule, rules, known.get(rule.id))
    if rest:
        lines.append("## Without a weight in this edition\n")
    for name in rest:
        lines += [f"### `{name}`\n", f"Unit: {known[name].unit}.\n", *_docstring(known[name])]
    return "\n".join(lines).rstrip() + "\n"


def _entry(rule: IndicatorRule, rules: RuleSet, code: Indicator | None) -> Iterator[str]:
    yield f"### {rule.title.en} {rule.title.zh} `{rule.id}`\n"
    scale = flow(rule.scale.model_dump(exclude_none=True))
    facts = [f"{shown(rule.weight)} points under `{rule.group}` ({rule.status})", f"unit: {rules.unit(rule.id)}"]
    facts.append(f"scale: `{scale}`")
    settled = rules.parameters.get(rule.id)
    if settled:
        facts.append(f"parameters: `{flow(settled)}`")
    yield f"{'; '.join(facts)}.\n"
    if code is not None:
        yield from _docstring(code)


def _docstring(code: Indicator) -> Iterator[str]:
    text = importlib.import_module(code.measure.__module__).__doc__ or ""
    summary, *parts = HEADING.split(text.strip())
    yield f"{summary.strip()}\n"
    for heading, body in zip(parts[::2], parts[1::2], strict=True):
        yield f"* {heading}: {' '.join(body.split())}"
    yield ""
