"""How far the figures of a small page budget lie from those of a full crawl.

    python scripts/budget_study.py                                        # the demonstration sites
    python scripts/budget_study.py --large                                # generated sites of hundreds of pages
    python scripts/budget_study.py --sites ROSTER.csv --proxy URL --cutoff DAY  # sites replayed by a proxy

Runs a whole round for each budget and one without a limit, and prints a table as Markdown: of all indicators
that the full crawl measured, how many came out the same (same outcome, and points within 5% of the weight), how
many were not measured, the mean and the largest difference of a version's total, and whether any rank moved.
"""

from __future__ import annotations

import csv
import subprocess
import sys
import tempfile
from argparse import ArgumentParser
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import mean

from large_sites import large_web, roster

from waiwen.demo import CUTOFF, ROSTER
from waiwen.demo.server import DemoServer

FULL = 100_000
SAME = 0.05  # of an indicator's weight


@dataclass(frozen=True)
class Outcome:
    """What one round found: (site, language, indicator) → row; (site, language) → total and rank; pages captured."""

    measured: dict[tuple[str, str, str], dict[str, str]]
    totals: dict[tuple[str, str], float]
    ranks: dict[tuple[str, str], str]
    pages: int


def run_round(roster: Path, proxy: str, cutoff: str, budget: int, folder: Path) -> Outcome:
    """Audit the sites with a budget; returns what the reports say."""
    command = [sys.executable, "-m", "waiwen", "audit", str(roster), "--workspace", str(folder), "--round", "study"]
    command += ["--cutoff", cutoff, "--delay", "0", "--proxy", proxy, "--max-pages", str(budget), "--workers", "1"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        sys.exit(done.stderr or done.stdout)
    reports = folder / "reports" / "study"
    measured = {(row["site"], row["language"], row["indicator"]): row for row in _rows(reports / "measurements.csv")}
    totals: dict[tuple[str, str], float] = {}
    for key, row in measured.items():
        totals[key[:2]] = totals.get(key[:2], 0.0) + float(row["points"] or 0)
    ranks = {(row["site"], row["language"]): row["rank"] for row in _rows(reports / "ranking.csv")}
    return Outcome(measured, totals, ranks, _captured(folder))


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _captured(folder: Path) -> int:
    # Imported late: the script's help needs no database.
    from crawler.archive.index import Archive, open_database  # noqa: PLC0415

    archive = Archive(open_database(f"sqlite:///{folder / 'waiwen.db'}"), folder / "archive")
    return sum(capture.status == 200 and capture.site_id != "" for capture in archive.all_captures())


def compare(small: Outcome, full: Outcome) -> str:
    """One row of the table."""
    same = missing = compared = 0
    for key, row in full.measured.items():
        if row["outcome"] != "measured":
            continue
        compared += 1
        other = small.measured.get(key)
        if other is None or other["outcome"] != "measured":
            missing += 1
        elif abs(float(other["points"] or 0) - float(row["points"] or 0)) <= SAME * float(row["weight"] or 0):
            same += 1
    gaps = [abs(small.totals.get(key, 0.0) - total) for key, total in full.totals.items()]
    moved = sum(small.ranks.get(key) != rank for key, rank in full.ranks.items())
    return (
        f"{small.pages} | {same} of {compared} ({same / max(1, compared):.0%}) | {missing} | "
        f"{mean(gaps):.1f} | {max(gaps):.1f} | {moved} of {len(full.ranks)}"
    )


def main() -> None:
    """Run the rounds and print the table."""
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--sites", type=Path, help="a site list; the demonstration's unless given")
    parser.add_argument("--large", action="store_true", help="generated sites with hundreds of pages a version")
    parser.add_argument("--proxy", help="the proxy that serves these sites")
    parser.add_argument("--cutoff", default=CUTOFF.isoformat())
    parser.add_argument("--budgets", type=int, nargs="+", default=[25, 50, 100])
    options = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        sites = options.sites or ROSTER
        if options.large:
            sites = folder / "large.csv"
            sites.write_text(roster(), encoding="utf-8")
        web = large_web() if options.large else None
        proxy = options.proxy or stack.enter_context(DemoServer(web)).proxy_url
        rounds = {
            budget: run_round(sites, proxy, options.cutoff, budget, folder / str(budget))
            for budget in (*options.budgets, FULL)
        }
    print("| pages a version | pages captured | indicators as in the full crawl | not measured | mean total off by "
          "| largest | ranks moved |\n| --- | --- | --- | --- | --- | --- | --- |")  # fmt: skip
    for budget, outcome in rounds.items():
        print(f"| {'all' if budget == FULL else budget} | {compare(outcome, rounds[FULL])} |")


if __name__ == "__main__":
    main()
