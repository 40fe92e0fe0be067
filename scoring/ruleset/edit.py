"""A rule file changed by the tool: values are set where they stand; comments, order and layout stay."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap

from crawler.errors import RulesError
from scoring.ruleset.yaml_tree import suggestion

SECTIONS = ("categories", "groups", "subgroups", "indicators", "cohorts", "gates")


def _yaml() -> YAML:
    yaml = YAML(typ="rt")
    yaml.preserve_quotes = True
    yaml.width = 4096  # no line is broken that was not
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def with_values(text: str, changes: Mapping[str, object]) -> str:
    """Return a rule file's text with some values set: `{"local_news.weight": 6, "minimum_coverage": 0.5}`.

    What stands before the point is the id of a category, group, subgroup, indicator, cohort or gate. Raises RulesError
    for one that the file does not hold.
    """
    yaml = _yaml()
    tree = yaml.load(text)
    named = {"": tree, **_by_id(tree)}
    problems = []
    for path, value in changes.items():
        name, _, key = path.rpartition(".")
        if name in named:
            named[name][key] = value
        else:
            near = suggestion(name, named)
            problems.append(
                f"{path}: no such thing as `{name}`. " + (f"Did you mean {near}?" if near else "See its ids")
            )
    if problems:
        raise RulesError.listing("changes to the rule file", problems)
    return _written(yaml, tree)


def with_first(text: str, key: str, value: object) -> str:
    """Return a rule file's text with a key added behind the first one."""
    yaml = _yaml()
    tree = yaml.load(text)
    tree.insert(1, key, value)
    return _written(yaml, tree)


def _written(yaml: YAML, tree: CommentedMap) -> str:
    out = io.StringIO()
    yaml.dump(tree, out)
    return out.getvalue()


def _by_id(tree: Any) -> dict[str, CommentedMap]:
    """Everything in the file that has an id, by it."""
    found: dict[str, CommentedMap] = {}
    for section in SECTIONS:
        for node in tree.get(section) or () if isinstance(tree, CommentedMap) else ():
            if isinstance(node, CommentedMap):
                found.setdefault(str(node.get("id")), node)
                found = {**_by_id(node), **found}
    return found
