"""What is shown on the terminal. Crawled text is stripped of control characters before it gets there."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from scoring.reports.wording import fixed, percent
from waiwen.jobs.monitors import marks
from waiwen.jobs.round_counts import kept_findings
from waiwen.steps import Round

# Bidirectional overrides and isolates: they make a line read otherwise than it is.
_BIDI = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u061c")


def safe(text: str, *, keep_lines: bool = False) -> str:
    """Drop what could steer a terminal: control and format characters, bidirectional overrides."""
    return "".join(
        char
        for char in text
        if (keep_lines and char == "\n") or (unicodedata.category(char) not in ("Cc", "Cf", "Cs") and char not in _BIDI)
    )


def terminal(width: int = 140) -> Console:
    """Return where results are printed. A pipe or a log has no width: there it has this one, enough for tables."""
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = width
    return console


def say(line: str) -> None:
    """Print a line, made safe for a terminal."""
    Console(highlight=False).print(safe(line), markup=False, soft_wrap=True)


_NUMBERS = ("rank", "total", "coverage")


def print_ranking(round_: Round, console: Console) -> None:
    """Print the ranked sites by cohort, then the unranked ones with their reasons."""
    scored = round_.workspace.store.ranking(round_.name)
    if scored is None:
        return
    ranking = scored[0]
    for cohort in dict.fromkeys(entry.site.cohort for entry in ranking.entries):
        entries = [entry for entry in ranking.entries if entry.site.cohort == cohort]
        table = Table(title=safe(cohort), title_justify="left", title_style="bold", header_style="dim")
        for name in ("rank", "site", "name", "version", "total", "tier", "coverage", "interval"):
            table.add_column(name, justify="right" if name in _NUMBERS else "left", no_wrap=name != "name")
        unranked = [entry for entry in entries if entry.rank is None]
        for entry in entries:
            card = entry.scorecard
            if entry.rank is None or card is None or card.total is None:
                continue
            low, high = entry.rank_interval or (entry.rank, entry.rank)
            table.add_row(
                str(entry.rank),
                Text(safe(entry.site.id)),
                Text(safe(entry.site.name)),
                card.language,
                fixed(card.total),
                entry.tier or "",
                percent(card.coverage, 0),
                f"{low}-{high}",
            )
        if len(unranked) < len(entries):
            console.print(table)
        else:
            console.print(Text(safe(cohort), style="bold"))
        for entry in unranked:
            console.print(Text(f"  unranked  {safe(entry.site.id)}: {safe(entry.reason)}"), soft_wrap=True)
        console.print()


def print_marks(round_: Round, console: Console) -> None:
    """Print why a round is marked: the monitors that failed."""
    for mark in marks(kept_findings(round_.workspace.archive.engine, round_.name)):
        console.print(Text(safe(f"MARKED  {mark}"), style="bold"), soft_wrap=True)


def finish(failures: Sequence[str]) -> None:
    """Name what failed, and end the command with code 1 where anything did."""
    err = Console(stderr=True, highlight=False)
    for failure in failures:
        err.print(safe(failure), markup=False, soft_wrap=True)
    if failures:
        raise typer.Exit(1)
