"""indicators.yaml → RuleSet. Every problem of the file is reported at once, with its line and what to do."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from pydantic import ValidationError

from scoring.registry import Indicator
from scoring.ruleset_checks import consistency_problems
from scoring.ruleset_model import (
    Category,
    Cohort,
    Cost,
    Gate,
    Group,
    IndicatorRule,
    RuleFile,
    RuleSet,
    Tier,
    Title,
    When,
)
from scoring.ruleset_shape import shape_problems
from scoring.ruleset_yaml import Stanza, read_tree, rules_error

__all__ = [
    "Category",
    "Cohort",
    "Cost",
    "Gate",
    "Group",
    "IndicatorRule",
    "RuleFile",
    "RuleSet",
    "Tier",
    "Title",
    "When",
    "default_rules_path",
    "load_rules",
]

FILE_NAME = "indicators.yaml"
DIGEST_LENGTH = 16  # hex digits: 64 bits tell apart all rule files there will ever be


def load_rules(path: Path, known: Mapping[str, Indicator]) -> RuleSet:
    """Read and check a rule file against the indicators that have code (`registry()`).

    Raises RulesError that lists every problem: YAML that cannot be parsed, unknown or missing keys, wrong
    types, sums that do not add up, and indicators that the file or the code does not know.
    """
    tree, raw, problems = read_tree(path)
    problems += consistency_problems(Stanza(tree), known)
    try:
        file = RuleFile.model_validate(tree)
    except ValidationError as fault:
        raise rules_error(path, problems + shape_problems(fault, tree)) from None
    if problems:
        raise rules_error(path, problems)
    units = {rule.id: known[rule.id].unit for rule in file.indicators}
    return RuleSet(**dict(file), digest=digest_of(raw), units=units)


def digest_of(raw: bytes) -> str:
    """Return the name of a rule file's content: 16 hex digits of its SHA-256."""
    return hashlib.sha256(raw).hexdigest()[:DIGEST_LENGTH]


def default_rules_path() -> Path:
    """Return the rule file that comes with waiwen: beside this module where installed, else the checkout's own."""
    installed = Path(__file__).with_name(FILE_NAME)
    return installed if installed.is_file() else Path(__file__).parents[1] / FILE_NAME
