"""`waiwen compare` and `waiwen trends`: rounds side by side, and a cohort's course over many."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from statistics import fmean, median
from typing import Annotated

import pandas as pd
import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from crawler.errors import BadInput
from scoring.comparison.records import Change, Comparison, Driver, Parts, Snapshot, as_scored, figures_of_people
from scoring.comparison.rounds import compare
from scoring.editions import bundled_mappings
from scoring.reports.csvfile import write_csv
from scoring.reports.tables import marks_cell
from scoring.reports.wording import fixed
from scoring.review.store import ReviewStore
from scoring.ruleset.mapping import Mapping, load_mapping
from scoring.ruleset.rule_set import RuleSet
from waiwen.jobs.monitors import failed
from waiwen.jobs.round_counts import kept_findings
from waiwen.options import DEFAULT_WORKSPACE, WorkspaceOption
from waiwen.screen import safe, terminal
from waiwen.steps import open_round, scored
from waiwen.workspace import Workspace, open_workspace

CAUSES = ("site", "correction", "rules", "measurement", "field")
OutOption = Annotated[Path | None, typer.Option(help="Write the table to this CSV file, too.")]

RoundsArgument = Annotated[list[str] | None, typer.Argument(metavar="[ROUND...]", help="Default: all scored rounds.")]


def snapshot(workspace: Workspace, name: str) -> Snapshot:
    """Read a scored round. Raises BadInput for one that is not there or not scored."""
    round_ = open_round(workspace, name)
    ranking, rules = scored(round_)
    marks = tuple(finding.name for finding in failed(kept_findings(workspace.archive.engine, name)))
    stored = workspace.store.measurements(name)
    overrides = ReviewStore(workspace.store.engine).overrides(name)
    overridden = {(found.site_id, found.language, found.indicator) for found in overrides}
    given = figures_of_people(ranking, stored, overridden)
    return Snapshot(name, round_.cutoff, ranking, rules, as_scored(ranking, stored), marks, given)


def compare_rounds(
    before: Annotated[str, typer.Argument(metavar="ROUND", help="The earlier round.")],
    after: Annotated[str, typer.Argument(metavar="ROUND", help="The later round.")],
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    mapping: Annotated[
        Path | None, typer.Option(help="What became of the indicators. Default: the bundled ones of the two editions.")
    ] = None,
    out: OutOption = None,
    lines: Annotated[Path | None, typer.Option(help="Write a table of every indicator beside itself, too.")] = None,
) -> None:
    """Show who moved between two rounds, split by cause: site, corrections, rules, what could be measured, the field.

    A correction is a figure that people gave: an override, ratings, a value from elsewhere.
    Places are counted downward: -2 is two places up. The field are the sites that are ranked in one round only.
    """
    place = open_workspace(workspace)
    one, other = snapshot(place, before), snapshot(place, after)
    found = compare(one, other, mappings_between(one.rules, other.rules, mapping))
    console = terminal()
    for warning in found.warnings:
        console.print(Text(f"! {safe(warning)}", style="yellow"), soft_wrap=True)
    for cohort in dict.fromkeys(change.site.cohort for change in found.changes):
        _print([change for change in found.changes if change.site.cohort == cohort], cohort, console)
    for table, path in ((comparison_table, out), (line_table, lines)):
        if path is not None:
            write_csv(table(found), path)
            console.print(f"written: {path}", markup=False, soft_wrap=True)


def mappings_between(old: RuleSet, new: RuleSet, given: Path | None) -> tuple[Mapping, ...] | None:
    """Return what leads from the earlier edition to the later: the file that is given, else the bundled ones."""
    if given is None:
        return bundled_mappings(old.edition, new.edition)
    first, last = sorted((old, new), key=lambda rules: rules.edition)
    return (load_mapping(given, first, last),)


def _print(changes: list[Change], cohort: str, console: Console) -> None:
    table = Table(title=safe(cohort), title_justify="left", title_style="bold", header_style="dim")
    for name in ("site", "rank", "places, by cause", "total", "points, by cause", "what moved it"):
        table.add_column(name, no_wrap=name in {"site", "rank", "total"})
    for change in changes:
        if change.total is None or change.rank is None or change.before is None or change.after is None:
            continue
        one, other = change.before.scorecard, change.after.scorecard
        assert one is not None
        assert other is not None
        table.add_row(
            Text(safe(change.site.id)),
            f"{change.before.rank} → {change.after.rank}",
            _by_cause(change.rank, "+.0f"),
            f"{fixed(one.total)} → {fixed(other.total)}",
            _by_cause(change.total, "+.2f"),
            "; ".join(_told(driver) for driver in change.drivers),
        )
    console.print(table)
    for change in changes:
        if change.note:
            console.print(Text(safe(f"  {change.site.id}: {change.note}")), soft_wrap=True)


def _by_cause(parts: Parts, form: str) -> str:
    """Write the causes that moved something; nothing where none did."""
    told = ((cause, format(getattr(parts, cause), form)) for cause in CAUSES)
    return ", ".join(f"{cause} {number}" for cause, number in told if float(number))


def _told(driver: Driver) -> str:
    values = (f"{value:g}" if value is not None else "–" for value in (driver.before, driver.after))
    name = f"{driver.formerly} → {driver.indicator}:" if driver.formerly else driver.indicator
    return f"{name} {' → '.join(values)}{' (correction)' if driver.corrected else ''}"


def comparison_table(found: Comparison) -> pd.DataFrame:
    """Return one row a site: ranks and totals of both rounds, the changes by cause, and what moved them."""
    columns = (
        *("cohort", "site", "name", "rank_before", "rank_after", "total_before_score", "total_after_score"),
        *("change_score", *(f"{cause}_score" for cause in CAUSES[:-1])),
        *("places", *(f"{cause}_places" for cause in CAUSES), "drivers", "note"),
        *("round_before", "round_after", "rules_before", "rules_after", "marks_before", "marks_after"),
    )
    rows = [_row(change, found) for change in found.changes]
    return pd.DataFrame(rows, columns=list(columns), dtype=object)


def _row(change: Change, found: Comparison) -> tuple[object, ...]:
    entries = (change.before, change.after)
    return (
        *(change.site.cohort, change.site.id, change.site.name),
        *(entry.rank if entry else None for entry in entries),
        *(entry.scorecard.total if entry and entry.scorecard and entry.rank else None for entry in entries),
        *_numbers(change.total, CAUSES[:-1]),
        *(None if number is None else round(number) for number in _numbers(change.rank, CAUSES)),
        *("; ".join(_told(driver) for driver in change.drivers), change.note),
        *(found.before.name, found.after.name, found.before.rules.digest, found.after.rules.digest),
        *(marks_cell(found.before.marks), marks_cell(found.after.marks)),
    )


def line_table(found: Comparison) -> pd.DataFrame:
    """Return one row a site and indicator, or group of indicators that were split or merged, in both rounds."""
    columns = (
        *("cohort", "site", "indicator_before", "indicator", "kind", "category_before", "category"),
        *("value_before", "value", "points_before", "points"),
    )
    rows = [
        (
            *(change.site.cohort, change.site.id, " + ".join(line.old), " + ".join(line.new), line.kind),
            *(*line.categories, *line.values, *line.points),
        )
        for change in found.changes
        for line in change.lines
    ]
    return pd.DataFrame(rows, columns=list(columns), dtype=object)


def _numbers(parts: Parts | None, causes: Iterable[str]) -> list[float | None]:
    if parts is None:
        return [None, *(None for _ in causes)]
    return [parts.whole, *(getattr(parts, cause) for cause in causes)]


def trends(
    rounds: Annotated[
        list[str] | None, typer.Argument(metavar="[ROUND...]", help="Default: all scored rounds.")
    ] = None,
    workspace: WorkspaceOption = DEFAULT_WORKSPACE,
    out: OutOption = None,
) -> None:
    """Show each cohort's course over many rounds, by cut-off date: ranked sites, and their totals."""
    place = open_workspace(workspace)
    scored_names = [name for name in place.archive.round_names() if place.store.ranking(name) is not None]
    names = rounds or scored_names
    if not names:
        raise BadInput("no round of this workspace is scored yet. Run `waiwen audit` or `waiwen score` first.")
    table = trend_table([snapshot(place, name) for name in names])
    console = terminal()
    shown = Table(header_style="dim")
    for column in table.columns:
        shown.add_column(
            str(column), justify="left" if column in {"cohort", "round", "rules_digest", "marks"} else "right"
        )
    for row in table.itertuples(index=False):
        shown.add_row(*(Text(fixed(cell) if isinstance(cell, float) else safe(str(cell))) for cell in row))
    console.print(shown)
    if table.groupby("cohort")["rules_digest"].nunique().gt(1).any():
        console.print(Text("! rounds under different rules: totals of different rows are not comparable", "yellow"))
    if out is not None:
        write_csv(table, out)
        console.print(f"written: {out}", markup=False, soft_wrap=True)


def trend_table(snapshots: Iterable[Snapshot]) -> pd.DataFrame:
    """Return one row a cohort and round, by cohort, then cut-off date; totals are of ranked sites."""
    rows: list[tuple[str, date, str, *tuple[object, ...]]] = []
    for each in sorted(snapshots, key=lambda one: (one.cutoff, one.name)):
        for cohort in sorted({entry.site.cohort for entry in each.ranking.entries}):
            entries = [entry for entry in each.ranking.entries if entry.site.cohort == cohort]
            totals = [e.scorecard.total or 0.0 for e in entries if e.rank is not None and e.scorecard is not None]
            spread = (fmean(totals), median(totals), max(totals)) if totals else (None, None, None)
            rows.append(
                (
                    cohort,
                    each.cutoff,
                    each.name,
                    len(entries),
                    len(totals),
                    *spread,
                    each.rules.digest,
                    marks_cell(each.marks),
                )
            )
    rows.sort(key=lambda row: (row[0], row[1], row[2]))
    columns = ["cohort", "cutoff", "round", "sites", "ranked", "mean_score", "median_score", "highest_score"]
    return pd.DataFrame(rows, columns=[*columns, "rules_digest", "marks"], dtype=object)
