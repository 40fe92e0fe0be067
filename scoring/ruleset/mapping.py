"""What became of the nodes of one edition in another: renamed, split, merged, or some of their weight moved."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import Field, ValidationError, model_validator

from scoring.ruleset.model import RuleFile
from scoring.ruleset.nodes import Id, Sourced, Text
from scoring.ruleset.yaml_tree import Problem, Stanza, line_at, read_tree, rules_error, suggestion
from scoring.scale import Number, Record

Kind = Literal["renamed", "split", "merged", "moved"]
Year = Annotated[int, Field(strict=True, ge=2000, le=2100)]


class Change(Sourced):
    """One change. `weight` are the points that moved, where only a part of a node did."""

    kind: Kind = Field(description="what happened")
    old: tuple[Id, ...] = Field(min_length=1, description="ids in the older edition")
    new: tuple[Id, ...] = Field(min_length=1, description="ids in the newer edition")
    weight: Number | None = Field(default=None, description="the points that moved")
    note: Text | None = Field(default=None, description="what a reader must know of it")

    @model_validator(mode="after")
    def _counts_fit(self) -> Self:
        counts = (len(self.old) > 1, len(self.new) > 1)
        wanted = {"renamed": (False, False), "split": (False, True), "merged": (True, False)}.get(self.kind)
        if wanted is not None and counts != wanted:
            words = {"renamed": "one id to one", "split": "one id to several", "merged": "several ids to one"}[
                self.kind
            ]
            raise ValueError(f"`{self.kind}` goes from {words}; it has {len(self.old)} and {len(self.new)}")
        return self


class Mapping(Record):
    """A mapping between two editions. A node that no change names kept its id."""

    old_edition: Year = Field(description="the older edition's year")
    new_edition: Year = Field(description="the newer edition's year")
    changes: tuple[Change, ...] = Field(description="what changed, a stanza each")

    def became(self, node: str) -> tuple[str, ...]:
        """Return what a node of the older edition is called in the newer; itself where nothing is said of it."""
        found = [new for change in self.changes if node in change.old and change.kind != "moved" for new in change.new]
        return tuple(found) or (node,)


def read_mapping(path: Path) -> Mapping:
    """Read a mapping without its editions. Raises RulesError that lists every problem."""
    return _read(path)[0]


def load_mapping(path: Path, old: RuleFile, new: RuleFile) -> Mapping:
    """Read a mapping and hold it against both editions. Raises RulesError that lists every problem."""
    mapping, tree, problems = _read(path)
    for year, file in ((mapping.old_edition, old), (mapping.new_edition, new)):
        if year != file.edition:
            problems.append(Problem(1, f"maps edition {year}, but the rule file is of {file.edition}"))
    stanzas = Stanza(tree).stanzas("changes")
    for change, stanza in zip(mapping.changes, stanzas, strict=True):
        for key, names, file in (("old", change.old, old), ("new", change.new, new)):
            ids = file.weights()
            for name in names:
                if name not in ids:
                    near = suggestion(name, ids)
                    advice = f"Did you mean {near}?" if near else "See `waiwen rules show`"
                    told = f"edition {file.edition} has no `{name}`. {advice}"
                    problems.append(Problem(stanza.line_of(key), told))
    if problems:
        raise rules_error(path, problems)
    return mapping


def _read(path: Path) -> tuple[Mapping, Any, list[Problem]]:
    tree, _, problems = read_tree(path)
    try:
        return Mapping.model_validate(tree), tree, problems
    except ValidationError as fault:
        found = [
            Problem(line_at(tree, error["loc"]), f"{error['loc'][-1]}: {error['msg']}") for error in fault.errors()
        ]
        raise rules_error(path, problems + found) from None
