"""`waiwen robustness`: how firm a round's ranking is, and which assumption moves it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from crawler.errors import BadInput
from scoring.reports.wording import counted, fixed, percent
from scoring.robustness.cohort import cohort_robustness
from scoring.robustness.model import Assumptions, CohortRobustness
from scoring.robustness.sensitivity import SensitivityIndex, sensitivity
from scoring.scorecard import Ranking, Scorecard
from waiwen.options import DEFAULT_WORKSPACE, RoundOption, WorkspaceOption
from waiwen.screen import print_marks, safe, terminal
from waiwen.steps import open_round, scored
from waiwen.workspace import open_workspace

WORDS = {
    "weights": "weights",
    "aggregation": "arithmetic or geometric mean",
    "missing_data": "gaps left out or filled",
    "sampling_error": "sampling error",
}
WEAK = 0.1  # below it an indicator hardly shows in the ranking, whatever its weight
DEFAULTS = Assumptions()


def robustness(
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    round_name: RoundOption = None,
    cohort: Annotated[str, typer.Option(help="Only this cohort.")] = "",
    noise: Annotated[
        float, typer.Option(min=0.0, max=0.95, help="Each weight varies by up to this share of itself.")
    ] = DEFAULTS.noise,
    runs: Annotated[int, typer.Option(min=20, max=100_000, help="Number of runs.")] = DEFAULTS.runs,
    seed: Annotated[int, typer.Option(min=0, help="The same seed gives the same runs.")] = DEFAULTS.seed,
    indices: Annotated[
        bool, typer.Option("--sensitivity", help="Sobol indices, too: which source moves ranks most. Needs SALib.")
    ] = False,
) -> None:
    """Show how firm a scored round's ranks and award tiers are under other weights, means, gap rules and samples."""
    round_ = open_round(open_workspace(workspace), round_name)
    ranking, rules = scored(round_)
    assumptions = Assumptions(noise=noise, runs=runs, seed=seed)
    standing = standing_cards(ranking)
    if cohort and cohort not in standing:
        known = ", ".join(standing) or "none"
        raise BadInput(f"cohort {cohort!r}: no ranked site. Cohorts with ranked sites: {known}.")
    console = terminal()
    print_marks(round_, console)
    for name, cards in standing.items():
        if cohort in ("", name):
            told = cohort_robustness(rules, name, cards, assumptions)
            _print(told, sensitivity(rules, cards, assumptions) if indices else None, console)


def standing_cards(ranking: Ranking) -> Mapping[str, Mapping[str, Scorecard]]:
    """Return the scorecards that stand for ranked sites: cohort → site id → card."""
    found: dict[str, dict[str, Scorecard]] = {}
    for entry in ranking.entries:
        if entry.rank is not None and entry.scorecard is not None:
            found.setdefault(entry.site.cohort, {})[entry.site.id] = entry.scorecard
    return found


def _print(told: CohortRobustness, indices: tuple[SensitivityIndex, ...] | None, console: Console) -> None:
    varied = told.assumptions
    size = f"{counted(len(told.sites), 'ranked site')}, {counted(varied.runs, 'run')}"
    console.print(Text(safe(f"{told.cohort}: {size}, seed {varied.seed}")))
    sites = _table("site", "rank", "5-95%", "tier kept", "")
    for site in told.sites:
        kept = "" if site.tier_share is None else percent(site.tier_share, 0)
        sites.add_row(Text(safe(site.site_id)), str(site.rank), f"{site.low}-{site.high}", kept, site.standing)
    console.print(sites)
    sources = _table("what varies alone", "mean places moved", "most", "sites that move")
    for effect in told.sources:
        words = WORDS[effect.source]
        sources.add_row(words, fixed(effect.mean_shift), str(effect.largest_shift), percent(effect.moved_share, 0))
    console.print(sources)
    if indices is not None:
        _print_indices(indices, console)
    weak = [c for c in told.correlations if c.correlation is not None and c.correlation < WEAK]
    if weak:
        listed = _table("hardly goes with the total", "share of weight", "correlation", "sites")
        for each in sorted(weak, key=lambda c: (-c.weight_share, c.indicator)):
            listed.add_row(each.indicator, percent(each.weight_share), fixed(each.correlation), str(each.n))
        console.print(listed)
    console.print()


def _print_indices(indices: tuple[SensitivityIndex, ...], console: Console) -> None:
    if not indices:
        console.print("no rank ever moves, so nothing explains a move")
        return
    table = _table("Sobol indices of the mean move", "alone", "with interactions")
    for index in indices:
        alone = f"{index.first:.2f} ± {index.first_margin:.2f}"
        table.add_row(WORDS[index.source], alone, f"{index.total:.2f} ± {index.total_margin:.2f}")
    console.print(table)


def _table(first: str, *others: str) -> Table:
    table = Table(header_style="dim")
    table.add_column(first, no_wrap=True)
    for name in others:
        table.add_column(name, justify="right")
    return table
