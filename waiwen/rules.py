"""`waiwen rules`: check, show, diff and freeze rule files; the JSON Schema for editors."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from crawler.errors import BadInput
from scoring.editions import mapping_path
from scoring.registry import registry
from scoring.ruleset.diff import differences
from scoring.ruleset.docs import indicators_page
from scoring.ruleset.edit import with_first
from scoring.ruleset.loading import content_digest, default_rules_path, load_rules
from scoring.ruleset.mapping import load_mapping
from scoring.ruleset.model import BONUS, IndicatorRule, RuleFile
from scoring.ruleset.nodes import Category, Group, Node
from scoring.ruleset.rule_set import RuleSet
from scoring.ruleset.yaml_tree import shown
from waiwen.screen import say

rules_app = typer.Typer(help="The rule file: check, show, compare, try and freeze it.", no_args_is_help=True)

FileArgument = Annotated[Path | None, typer.Argument(metavar="[FILE]", help="Default: the bundled indicators.yaml.")]


@rules_app.command("check")
def check(path: FileArgument = None) -> None:
    """Check a rule file; every problem is told at once, with its line and what to do."""
    chosen = path or default_rules_path()
    rules = load_rules(chosen, registry())
    missing = f" {rules.unspecified_share:.0%} of the weight is unspecified." if rules.unspecified_share else ""
    words = f"edition {rules.edition}, {len(rules.indicators)} indicators, weights add up."
    say(f"{chosen}: {words}{missing} Digest {rules.digest}.")


@rules_app.command("show")
def show(
    path: FileArgument = None,
    cohort: Annotated[str, typer.Option(help="As the weights hold for this cohort.")] = "",
) -> None:
    """Show a rule file as a tree: what counts, how much, and whose figure it is."""
    rules = load_rules(path or default_rules_path(), registry())
    known = [found.id for found in rules.cohorts]
    if cohort and cohort not in known:
        raise BadInput(f"cohort {cohort!r}: not in the rule file. It has: {', '.join(known)}.")
    for line in _tree(rules.for_cohort(cohort)):
        say(line)


def _tree(rules: RuleSet) -> Iterator[str]:
    yield f"{rules.title.en} ({rules.title.zh}), edition {rules.edition}, method: {rules.method}"
    for category in rules.categories:
        yield from _branch(rules, category, 0)
    if rules.unspecified:
        yield f"{shown(rules.unspecified):>6}  unspecified"
    if rules.bonus:
        yield f"bonus: at most {shown(rules.bonus.cap)}, from a total of {shown(rules.bonus.opens_at)} on"
        yield from (_leaf(rule, 1) for rule in rules.indicators if rule.group == BONUS)
    for gate in rules.gates:
        yield f"gate {gate.id} ({gate.title.zh}): {gate.indicator} [{gate.status}]"


def _branch(rules: RuleSet, node: Node, depth: int) -> Iterator[str]:
    yield f"{shown(node.weight):>6}  {'  ' * depth}{node.title.en} ({node.title.zh}) {node.id} [{node.status}]"
    below: tuple[Node, ...] = ()
    if isinstance(node, Category):
        below = node.groups
    elif isinstance(node, Group):
        below = node.subgroups
    for held in below:
        yield from _branch(rules, held, depth + 1)
    yield from (_leaf(rule, depth + 1) for rule in rules.indicators if rule.group == node.id)
    if node.unspecified:
        yield f"{shown(node.unspecified):>6}  {'  ' * (depth + 1)}unspecified"


def _leaf(rule: IndicatorRule, depth: int) -> str:
    kind = "" if rule.kind == "software" else f", {rule.kind}"
    return f"{shown(rule.weight):>6}  {'  ' * depth}- {rule.title.en} ({rule.title.zh}) {rule.id} [{rule.status}{kind}]"


@rules_app.command("diff")
def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="A rule file.")],
    new: Annotated[Path | None, typer.Argument(metavar="[NEW]", help="Default: the bundled indicators.yaml.")] = None,
    mapping: Annotated[
        Path | None, typer.Option(help="What became of the nodes. Default: the bundled one of the two editions.")
    ] = None,
) -> None:
    """Say what changed from one rule file to another, in words and numbers."""
    before, after = (load_rules(path, registry()) for path in (old, new or default_rules_path()))
    bundled = mapping_path(before.edition, after.edition)
    chosen = mapping or (bundled if bundled.is_file() else None)
    for line in differences(before, after, load_mapping(chosen, before, after) if chosen else None):
        say(line)


@rules_app.command("schema")
def schema() -> None:
    """Print the JSON Schema of rule files, for editors that complete and check while one types."""
    typer.echo(json.dumps(RuleFile.model_json_schema(), indent=2, ensure_ascii=False))


@rules_app.command("docs")
def docs(path: FileArgument = None) -> None:
    """Print the page of all indicators: what each measures, its weight, scale and parameters."""
    typer.echo(indicators_page(load_rules(path or default_rules_path(), registry()), registry()), nl=False)


@rules_app.command("freeze")
def freeze(
    path: FileArgument = None,
    to: Annotated[Path | None, typer.Option(help="The edition file. Default: EDITION.yaml, here.")] = None,
) -> None:
    """Make an edition of a rule file: the same file with its digest in it, which may change no more."""
    chosen = path or default_rules_path()
    rules = load_rules(chosen, registry())
    if rules.frozen is not None:
        raise BadInput(f"{chosen}: is frozen already ({rules.frozen}). Freeze the file that it was made from.")
    target = to or Path(f"{rules.edition}.yaml")
    text = with_first(chosen.read_text("utf-8-sig"), "frozen", content_digest(rules))
    try:
        with target.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise BadInput(
            f"{target}: there is one already, and an edition is not written over. Give another --to."
        ) from None
    except OSError as fault:
        raise BadInput(f"{target}: cannot be written: {fault.strerror}. Give another --to.") from None
    say(f"{target}: edition {rules.edition}, frozen as {content_digest(rules)}")
