"""`waiwen external`: figures that no crawl finds, brought into a round as a table."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from crawler.manners import SITE_ZONE, Manners
from crawler.roster import read_roster
from scoring.external import read_external
from scoring.reports.wording import counted
from waiwen import steps
from waiwen.options import DEFAULT_WORKSPACE, CutoffOption, RoundOption, WorkspaceOption
from waiwen.screen import safe
from waiwen.workspace import open_workspace

external_app = typer.Typer(
    help="Figures from elsewhere: an influence index, nominations, awards.", no_args_is_help=True
)


@external_app.command("add")
def add(
    values: Annotated[Path, typer.Argument(metavar="VALUES.csv", help="site,indicator,value,date,source.")],
    sites: Annotated[
        Path | None, typer.Option(help="A site list: starts a round over it, which needs no crawl.")
    ] = None,
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    round_name: RoundOption = None,
    cutoff: CutoffOption = None,
) -> None:
    """Bring a table of external values into a round; a site's earlier value of the same indicator is replaced."""
    if sites is None:
        round_ = steps.open_round(open_workspace(workspace), round_name)
    else:
        roster, now = read_roster(sites), datetime.now(SITE_ZONE)
        read_external(values, [site.id for site in roster], cutoff or now.date())  # before anything is written
        place = open_workspace(workspace, create=True)
        round_ = steps.begin_round(place, roster, name=round_name, cutoff=cutoff, now=now, manners=Manners())
    found = read_external(values, [site.id for site in round_.sites], round_.cutoff)
    round_.workspace.store.add_external(round_.name, found)
    words = f"round {round_.name}: {counted(len(found), 'external value')}. `waiwen score` weighs them."
    Console(highlight=False).print(safe(words), markup=False, soft_wrap=True)
