"""indicators.yaml → RuleSet. Every problem of the file is reported at once, with its line and what to do."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from pydantic import ValidationError

from scoring.registry import Indicator
from scoring.ruleset.checks import consistency_problems
from scoring.ruleset.kinds import units_of
from scoring.ruleset.model import RuleFile
from scoring.ruleset.rule_set import RuleSet
from scoring.ruleset.shape import shape_problems
from scoring.ruleset.yaml_tree import Problem, Stanza, read_tree, rules_error

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
    if file.frozen is not None and file.frozen != content_digest(file):
        advice = "Take the change back, or leave `frozen` out and freeze it as an edition of its own"
        told = f"this edition was frozen and has been changed since (its content is {content_digest(file)}). {advice}"
        raise rules_error(path, [Problem(Stanza(tree).line_of("frozen"), told)])
    every = units_of(Stanza(tree), known)
    units = {rule.id: every[rule.id] for rule in file.indicators}
    parameters = {
        rule.id: known[rule.id].settled(rule.parameters)
        for rule in file.indicators
        if rule.id in known and known[rule.id].parameters
    }
    return RuleSet(**dict(file), digest=digest_of(raw), units=units, parameters=parameters)


def content_digest(file: RuleFile) -> str:
    """Return the name of what a rule file says, whatever its comments and layout; `frozen` does not count."""
    not_written = {"frozen", *(RuleSet.model_fields.keys() - RuleFile.model_fields.keys())}
    content = file.model_dump(mode="json", exclude_defaults=True, exclude=not_written)
    return digest_of(json.dumps(content, sort_keys=True, ensure_ascii=False).encode())


def digest_of(raw: bytes) -> str:
    """Return the name of a rule file's content: 16 hex digits of its SHA-256."""
    return hashlib.sha256(raw).hexdigest()[:DIGEST_LENGTH]


def default_rules_path() -> Path:
    """Return the rule file that comes with waiwen: in the package where installed, else the checkout's own."""
    package = Path(__file__).parents[1]
    installed = package / FILE_NAME
    return installed if installed.is_file() else package.parent / FILE_NAME
