"""The kinds of jobs: which commands of waiwen each runs, and which options they take."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from crawler.errors import BadInput
from crawler.manners import Manners, check_manners, without_password
from crawler.roster import read_roster
from scoring.registry import registry
from scoring.ruleset.loading import load_rules
from waiwen.jobs.book import Job, Options


@dataclass(frozen=True)
class Kind:
    """What a job of a kind does: `commands` in turn. `own_round`: each run makes a round, named for its fire time.

    `after` is the step that a stored round must have behind it for a kind that works on one.
    """

    commands: tuple[str, ...]
    help: str
    own_round: bool = False
    after: str = ""

    @property
    def last_step(self) -> str:
        """The step whose end makes the run's round complete for this kind."""
        return "report" if self.commands[-1] == "audit" else self.commands[-1]


KINDS = {
    "round": Kind(("audit",), "a whole round", own_round=True),
    "discover": Kind(("discover",), "discovery only", own_round=True),
    "probe": Kind(("probe",), "one spaced visit to every home page, for availability"),
    "recrawl": Kind(
        ("discover", "crawl"), "what changed since earlier rounds, by conditional requests", own_round=True
    ),
    "links": Kind(("discover", "crawl", "measure"), "dead links: a crawl, and its links measured", own_round=True),
    "rescore": Kind(("measure", "score", "report"), "a stored round measured and scored again", after="crawl"),
    "report": Kind(("report",), "a stored round's report", after="score"),
}
# Set by the job itself, not by its options.
_OURS = ("--workspace", "--help")
# What typer raises for words that a command does not understand; it brings its own click, under no public name.
USAGE = cast("type[typer.BadParameter]", typer.BadParameter.__mro__[1])
TOLERATED = "measure"  # exit code 1 of it: some indicators erred, the others stand


class Commands:
    """The command line's own commands, by which options are checked: each is declared once, there."""

    def __init__(self, root: TyperGroup) -> None:
        self._root = root

    def options(self, command: str) -> dict[str, TyperOption]:
        """An option's names → itself, of one command."""
        found = {}
        for parameter in self._root.commands[command].params:
            if isinstance(parameter, TyperOption):
                found.update(dict.fromkeys((*parameter.opts, *parameter.secondary_opts), parameter))
        return {name: parameter for name, parameter in found.items() if name not in _OURS}

    def takes_sites(self, command: str) -> bool:
        """Whether a command is given a site list."""
        return any(isinstance(parameter, TyperArgument) for parameter in self._root.commands[command].params)

    def parse(self, kind: str, words: Sequence[str]) -> Options:
        """Check the options of a kind's commands, as those commands would; paths become absolute. Raises BadInput."""
        by_name: dict[str, TyperOption] = {}
        for command in KINDS[kind].commands:
            for parameter in self.options(command).values():
                by_name.setdefault(str(parameter.name), parameter)
        if KINDS[kind].own_round:
            by_name.pop("round_name", None)  # named for the fire time
        if kind == "probe":
            by_name.pop("every", None)  # the job's own
        reader = TyperCommand(f"jobs add --kind {kind}", params=list(by_name.values()))
        try:
            context = reader.make_context(reader.name, list(words))
        except USAGE as fault:
            raise BadInput(f"{fault.format_message()} (options of `waiwen {KINDS[kind].commands[0]}`)") from fault
        given = {name: context.params[name] for name in by_name if _is_given(context.get_parameter_source(name))}
        _check(given)
        return tuple(_option(by_name[name], value) for name, value in given.items())

    def lines(self, job: Job, workspace: Path, round_name: str) -> list[list[str]]:
        """The command lines that a run of a job makes, in turn."""
        kept = dict(job.options)
        sites = kept.pop("--sites", None)
        if round_name:
            kept.pop("--round", None)
        lines = []
        for command in KINDS[job.kind].commands:
            known = self.options(command)
            line = [command, "--workspace", str(workspace)]
            for name, value in kept.items():
                if name in known:
                    line += [name] if value is None else [name, value]
            if round_name:
                line += ["--round", round_name]
            if self.takes_sites(command) and sites:
                line += ["--", sites]
            lines.append(line)
        return lines


def _is_given(source: object) -> bool:
    return getattr(source, "name", "") == "COMMANDLINE"


def _check(given: dict[str, Any]) -> None:
    """Refuse what a command would refuse when it runs, perhaps at night. Raises BadInput."""
    check_manners(Manners(**{name: given[name] for name in ("proxy", "contact", "quiet_hours") if name in given}))
    proxy = given.get("proxy", "")
    if proxy != without_password(proxy):
        raise BadInput("--proxy with a password: what is secret is not kept in the database. Set WAIWEN_PROXY instead.")
    if "rules" in given:
        load_rules(given["rules"], registry())


def _option(parameter: TyperOption, value: object) -> tuple[str, str | None]:
    name = parameter.opts[-1]
    if isinstance(value, bool):
        return (name if value else parameter.secondary_opts[-1]), None
    if isinstance(value, Path):
        return name, str(value.absolute())
    return name, str(value)


def with_sites(kind: str, options: Options, sites: Path | None, commands: Commands) -> Options:
    """Add the site list, read once so that a broken one is told at once. Raises BadInput."""
    needed = commands.takes_sites(KINDS[kind].commands[0])
    if needed and sites is None:
        raise BadInput(f"--sites SITES.csv is missing: a job of kind {kind} goes over a site list.")
    if sites is None:
        return options
    if not needed:
        raise BadInput(
            f"--sites: a job of kind {kind} works on a stored round; give --round, or nothing for the newest."
        )
    read_roster(sites)
    return (("--sites", str(sites.absolute())), *options)
