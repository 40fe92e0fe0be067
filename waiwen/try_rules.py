"""`waiwen rules try`: who would move under other weights, before the year's weights are fixed."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from crawler.errors import BadInput
from scoring.registry import registry
from scoring.reports.wording import counted, fixed
from scoring.ruleset.loading import load_rules
from scoring.scorecard import Entry, Ranking
from scoring.what_if import reweighed
from waiwen.options import DEFAULT_WORKSPACE, RoundOption, RulesOption, WorkspaceOption
from waiwen.screen import print_marks, safe, terminal
from waiwen.steps import open_round, ranking_by, scored
from waiwen.workspace import open_workspace

SetOption = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="ID.weight=POINTS", help="A category, group or indicator; repeatable."),
]


def try_rules(
    changes: SetOption = None,
    rules: RulesOption = None,
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    round_name: RoundOption = None,
    everybody: Annotated[bool, typer.Option("--all", help="List sites that do not move, too.")] = False,
) -> None:
    """Show who would move in a stored round under other weights, or under another rule file. Changes nothing.

    With --set, what stands beside a changed node gives or takes in proportion, so that every level still adds up.
    """
    if not changes and rules is None:
        raise BadInput("nothing to try: give --set ID.weight=POINTS, or --rules FILE")
    round_ = open_round(open_workspace(workspace), round_name)
    ranking, own = scored(round_)
    tried = load_rules(rules, registry()) if rules is not None else own
    tried = reweighed(tried, dict(map(_change, changes or ())))
    console = terminal()
    print_marks(round_, console)
    _print(ranking, ranking_by(round_, tried), console, everybody=everybody)


def _change(text: str) -> tuple[str, float]:
    name, equals, number = text.partition("=")
    name = name.strip().removesuffix(".weight")
    try:
        weight = float(number)
    except ValueError:
        weight = float("nan")
    if not equals or not name or not 0 <= weight <= 100:
        raise BadInput(f"--set {text}: not understood. Write ID.weight=POINTS, such as local_news.weight=6")
    return name, weight


def _print(before: Ranking, after: Ranking, console: Console, *, everybody: bool) -> None:
    now = {entry.site.id: entry for entry in after.entries}
    moved = 0
    for cohort in dict.fromkeys(entry.site.cohort for entry in before.entries):
        table = Table(title=safe(cohort), title_justify="left", title_style="bold", header_style="dim")
        for name in ("site", "name", "rank", "total", "change", "tier"):
            table.add_column(name, justify="left" if name in {"site", "name", "tier"} else "right")
        for entry in before.entries:
            new = now[entry.site.id]
            if entry.site.cohort != cohort or (entry.rank is None and new.rank is None):
                continue
            stays = entry.rank == new.rank and entry.tier == new.tier
            moved += not stays
            if everybody or not stays:
                table.add_row(*_row(entry, new))
        if table.rows:
            console.print(table)
    sites = sum(entry.rank is not None for entry in before.entries)
    console.print(f"{moved} of {counted(sites, 'ranked site')} would change rank or tier. Nothing was stored.")


def _row(entry: Entry, new: Entry) -> tuple[str | Text, ...]:
    old, then = _total(entry), _total(new)
    change = f"{then - old:+.2f}" if old is not None and then is not None else ""
    return (
        Text(safe(entry.site.id)),
        Text(safe(entry.site.name)),
        f"{entry.rank or '–'} → {new.rank or '–'}",
        f"{_shown(old)} → {_shown(then)}",
        change,
        f"{entry.tier or 'none'} → {new.tier or 'none'}" if entry.tier != new.tier else entry.tier or "",
    )


def _total(entry: Entry) -> float | None:
    return entry.scorecard.total if entry.scorecard is not None and entry.rank is not None else None


def _shown(total: float | None) -> str:
    return "–" if total is None else fixed(total)
