"""`waiwen review`: corrections, and objections with their answers. Every one has an author and a reason."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from crawler.errors import BadInput
from crawler.manners import SITE_ZONE
from scoring.engine import waiting_for_review
from scoring.evidence import Outcome
from scoring.registry import registry
from scoring.review.records import Decision, Objection, Override
from scoring.review.store import ReviewStore
from waiwen.options import DEFAULT_WORKSPACE, RoundOption, WorkspaceOption
from waiwen.ratings import ratings_app
from waiwen.screen import say
from waiwen.steps import Round, open_round
from waiwen.workspace import open_workspace

review_app = typer.Typer(
    help="Corrections, and objections with their answers; each with author and reason.", no_args_is_help=True
)

review_app.add_typer(ratings_app, name="ratings")

SiteArgument = Annotated[str, typer.Argument(metavar="SITE", help="The site's id in the roster.")]
AuthorOption = Annotated[str, typer.Option("--author", help="Who says so.")]


@review_app.command("override")
def override(  # noqa: PLR0913, PLR0917 - a command's options are its interface
    site: SiteArgument,
    indicator: Annotated[str, typer.Argument(metavar="INDICATOR", help="The indicator's id.")],
    author: AuthorOption,
    reason: Annotated[str, typer.Option(help="Why, in a sentence that stands in the report.")],
    version: Annotated[str, typer.Option(help="The language of the version.")] = "en",
    value: Annotated[float | None, typer.Option(help="The right value, in the indicator's unit.")] = None,
    outcome: Annotated[Outcome, typer.Option(help="Where there is no value: what it is instead.")] = Outcome.MEASURED,
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    round_name: RoundOption = None,
) -> None:
    """Correct a measurement. What was measured stays on record; `waiwen score` then counts the correction."""
    round_ = _round(workspace, round_name, site)
    if indicator not in registry():
        raise BadInput(f"{indicator}: no such indicator. `waiwen rules show` lists them.")
    if (value is None) == (outcome is Outcome.MEASURED):
        raise BadInput("give --value for a measured figure, or --outcome not_measured, not_applicable without one")
    if outcome is Outcome.ERROR:
        raise BadInput("--outcome error: a person's correction is no fault of ours")
    _require(author=author, reason=reason)
    measured = round_.workspace.store.measurements(round_.name)
    if (site, version) not in measured:
        have = ", ".join(language for name, language in measured if name == site) or "none"
        raise BadInput(f"site {site!r}: no measured version {version!r}. Measured versions: {have}.")
    before = measured[site, version].get(indicator)
    now = datetime.now(SITE_ZONE)
    _store(round_).add_override(
        round_.name, Override(site, version, indicator, outcome.value, value, author, reason, now, before)
    )
    say(f"kept. Run `waiwen score --round {round_.name}` and `waiwen report` for it to count.")


@review_app.command("object")
def object_(
    site: SiteArgument,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="What the site says.")],
    author: AuthorOption,
    indicator: Annotated[str, typer.Option(help="The indicator that it is about.")] = "",
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    round_name: RoundOption = None,
) -> None:
    """Record an objection of a site; it is shown in the report, with its answer once there is one."""
    round_ = _round(workspace, round_name, site)
    if indicator and indicator not in registry():
        raise BadInput(f"{indicator}: no such indicator. `waiwen rules show` lists them.")
    _require(author=author, text=text)
    found = Objection(0, site, indicator, author, text, datetime.now(SITE_ZONE))
    kept = _store(round_).add_objection(round_.name, found)
    say(f"objection {kept.number} of round {round_.name}")


@review_app.command("answer")
def answer(
    number: Annotated[int, typer.Argument(metavar="NUMBER", help="The objection's number in the round.")],
    text: Annotated[str, typer.Argument(metavar="TEXT", help="What was done, or why the figure stands.")],
    author: AuthorOption,
    complied: Annotated[bool, typer.Option("--complied/--explained", help="The round was corrected, or not.")],
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    round_name: RoundOption = None,
) -> None:
    """Answer an objection: comply or explain. An answer stays as it was given."""
    round_ = open_round(open_workspace(workspace), round_name)
    _require(author=author, text=text)
    decision = Decision.COMPLIED if complied else Decision.EXPLAINED
    at = datetime.now(SITE_ZONE).isoformat()
    if not _store(round_).answer(round_.name, number, decision, text, author, at):
        raise BadInput(f"objection {number}: round {round_.name!r} has no open objection of this number")
    say(f"objection {number}: {decision.value}")


@review_app.command("list")
def list_(workspace: WorkspaceOption = DEFAULT_WORKSPACE, round_name: RoundOption = None) -> None:
    """List a round's corrections, objections and retests, and the measurements that wait for a person."""
    round_ = open_round(open_workspace(workspace), round_name)
    lines = list(_on_record(round_))
    for line in lines or [f"round {round_.name}: no correction, objection or retest, and nothing waits for a person"]:
        say(line)


def _on_record(round_: Round) -> Iterator[str]:
    store = _store(round_)
    for made in store.overrides(round_.name):
        value = made.outcome if made.value is None else f"{made.value:g}"
        yield f"override  {made.site_id} {made.language} {made.indicator}: {value}, by {made.author}: {made.reason}"
    for found in store.objections(round_.name):
        told = f": {found.answer} ({found.answered_by})" if found.answer else ""
        about = f" {found.indicator}" if found.indicator else ""
        said = f"by {found.author}: {found.text} [{found.decision}]{told}"
        yield f"objection {found.number} {found.site_id}{about}, {said}"
    for again in store.retests(round_.name):
        yield f"retest    {again.site_id}, round {again.source}, by {again.author}: {again.reason}"
    if (scored := round_.workspace.store.ranking(round_.name)) is not None:
        ranking, rules = scored
        for card in ranking.scorecards:
            for line in waiting_for_review(rules, card):
                yield f"waiting   {card.site_id} {card.language} {line.indicator}: {line.measurement.note}"


def _round(workspace: Path, name: str | None, site: str) -> Round:
    round_ = open_round(open_workspace(workspace), name)
    known = [each.id for each in round_.sites]
    if site not in known:
        raise BadInput(f"site {site!r}: not in round {round_.name!r}. It holds: {', '.join(sorted(known))}.")
    return round_


def _store(round_: Round) -> ReviewStore:
    return ReviewStore(round_.workspace.store.engine)


def _require(**texts: str) -> None:
    for name, text in texts.items():
        if not text.strip():
            raise BadInput(f"--{name}: empty. Every correction and objection needs one.")
