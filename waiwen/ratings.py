"""`waiwen review ratings`: what reviewers are asked, what they answered, and how far they agree."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from crawler.errors import BadInput
from crawler.manners import SITE_ZONE
from crawler.model import Verdict
from scoring.registry import registry
from scoring.reports.rating_sheets import ToRate, sheet_name, sheet_rows, write_sheet_csv, write_sheet_xlsx
from scoring.reports.wording import counted
from scoring.review.assignment import assigned
from scoring.review.rating_table import mark_fault, read_ratings
from scoring.review.ratings import Rating, agreement, expert_rules, panels
from scoring.review.store import ReviewStore
from scoring.ruleset.loading import default_rules_path, load_rules
from scoring.ruleset.model import IndicatorRule
from scoring.ruleset.rule_set import RuleSet
from waiwen.options import DEFAULT_WORKSPACE, RoundOption, RulesOption, WorkspaceOption
from waiwen.screen import say
from waiwen.steps import Round, homes_of, open_round, versions_of
from waiwen.workspace import open_workspace, require_writable

ratings_app = typer.Typer(
    help="Marks of reviewers: sheets to fill in, ratings brought in, agreement.", no_args_is_help=True
)


class Form(StrEnum):
    """What a sheet is written as."""

    CSV = "csv"
    XLSX = "xlsx"


@ratings_app.command("sheet")
def sheet(
    reviewers: Annotated[str, typer.Argument(metavar="REVIEWERS", help="All reviewers, by commas: chen,li,wang.")],
    to: Annotated[Path, typer.Option(help="The folder that gets a sheet a reviewer.")] = Path("ratings"),
    form: Annotated[Form, typer.Option("--format", help="A CSV file, or a workbook to choose marks in.")] = Form.CSV,
    only: Annotated[str, typer.Option(help="Write the sheet of this reviewer alone.")] = "",
    rules: RulesOption = None,
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    round_name: RoundOption = None,
) -> None:
    """Write a sheet for each reviewer: which versions to rate, by which rubric, and where to look."""
    round_, known, versions = _to_rate(workspace, round_name, rules)
    names = sorted({name.strip() for name in reviewers.split(",") if name.strip()})
    if only and only not in names:
        raise BadInput(f"--only {only}: not among the reviewers {', '.join(names)}")
    each = max(rule.reviewers or 1 for rule in known.values())
    try:
        assignment = assigned([version.key for version in versions], names, each, round_.name)
    except ValueError as fault:
        raise BadInput(f"{fault}. Name more, or lower `reviewers` in the rule file.") from None
    require_writable(to)
    for name in [only] if only else names:
        rows, path = sheet_rows(name, versions, assignment, known), to / sheet_name(name, form.value)
        if form is Form.XLSX:
            write_sheet_xlsx(rows, known, path)
        else:
            write_sheet_csv(rows, path)
        say(f"{path}: {len(rows)} marks to give by {name}")


@ratings_app.command("import")
def import_(
    table: Annotated[
        Path, typer.Argument(metavar="FILE.csv", help="site,language,indicator,reviewer,mark,date,reason.")
    ],
    rules: RulesOption = None,
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    round_name: RoundOption = None,
) -> None:
    """Bring a table of ratings into a round; a reviewer's later mark of the same replaces the earlier one."""
    round_, known, versions = _to_rate(workspace, round_name, rules)
    found, blank = read_ratings(table, {version.key for version in versions}, known)
    _store(round_).add_ratings(round_.name, found)
    left = f", {counted(blank, 'row')} without a mark left out" if blank else ""
    say(f"round {round_.name}: {counted(len(found), 'rating')}{left}. `waiwen score` counts them.")


@ratings_app.command("adjudicate")
def adjudicate(  # noqa: PLR0913, PLR0917 - a command's options are its interface
    site: Annotated[str, typer.Argument(metavar="SITE", help="The site's id in the roster.")],
    indicator: Annotated[str, typer.Argument(metavar="INDICATOR", help="The expert indicator's id.")],
    mark: Annotated[float, typer.Option(help="The mark that stands, one of the rubric.")],
    author: Annotated[str, typer.Option("--author", help="Who decides.")],
    reason: Annotated[str, typer.Option(help="Why, in a sentence that stands in the report.")],
    version: Annotated[str, typer.Option(help="The language of the version.")] = "en",
    rules: RulesOption = None,
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    round_name: RoundOption = None,
) -> None:
    """Decide between reviewers whose marks lie too far apart; a later change of theirs opens the question again."""
    round_, known, _ = _to_rate(workspace, round_name, rules)
    rule = known.get(indicator)
    if rule is None:
        raise BadInput(f"{indicator}: no expert indicator of the rule file. It has {', '.join(known)}.")
    panel = panels(_store(round_).ratings(round_.name)).get((site, version, indicator))
    if panel is None or not panel.disagrees(rule):
        raise BadInput(f"{site} {version} {indicator}: nothing to decide. `waiwen review ratings list` shows what is.")
    if told := mark_fault(str(mark), rule):
        raise BadInput(told.replace("`mark`", "--mark", 1))
    for name, text in (("author", author), ("reason", reason)):
        if not text.strip():
            raise BadInput(f"--{name}: empty. Every decision needs one.")
    day = datetime.now(SITE_ZONE).date()
    made = Rating(site, version, indicator, author, mark, day, reason, "adjudication", adjudicates=True)
    _store(round_).add_ratings(round_.name, [made])
    say(f"kept. Run `waiwen score --round {round_.name}` and `waiwen report` for it to count.")


@ratings_app.command("list")
def list_(
    rules: RulesOption = None, workspace: WorkspaceOption = DEFAULT_WORKSPACE, round_name: RoundOption = None
) -> None:
    """Show what the ratings come to, what waits for whom, and the agreement of the reviewers."""
    round_, known, _ = _to_rate(workspace, round_name, rules)
    found = panels(_store(round_).ratings(round_.name))
    for (site, language, indicator), panel in found.items():
        if indicator in known:
            say(f"{site} {language} {indicator}: {panel.measurement(known[indicator], None).note}")
    for rule in known.values():
        value, versions = agreement(rule, found)
        told = "cannot be told" if value is None else f"{value:.3f}"
        say(f"{rule.id}: Krippendorff's alpha {told}, over {versions} versions with two ratings or more")


def _to_rate(
    workspace: Path, round_name: str | None, rules: Path | None
) -> tuple[Round, dict[str, IndicatorRule], list[ToRate]]:
    """The round, the expert stanzas of the rule file, and the versions to rate. Raises BadInput without a stanza."""
    chosen = rules or default_rules_path()
    loaded = load_rules(chosen, registry())
    known = expert_rules(loaded)
    if not known:
        raise BadInput(f"{chosen}: has no indicator of `kind: expert`. Give the rule file that has with --rules.")
    round_ = open_round(open_workspace(workspace), round_name)
    return round_, known, _versions(round_, loaded)


def _versions(round_: Round, rules: RuleSet) -> list[ToRate]:
    versions = [version for version in versions_of(round_, rules) if version.verdict is Verdict.REAL]
    homes = homes_of(round_.workspace.archive, versions)
    sites = {site.id: site for site in round_.sites}
    found = {
        (version.site_id, version.language): ToRate(
            sites[version.site_id], version.language, version.url, homes.get((version.site_id, version.language))
        )
        for version in reversed(versions)  # of two in one language the first stands
    }
    return [found[key] for key in sorted(found)]


def _store(round_: Round) -> ReviewStore:
    return ReviewStore(round_.workspace.store.engine)
