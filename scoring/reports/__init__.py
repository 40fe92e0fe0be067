"""Reports of a scored round: CSV tables, and HTML pages that open from disk without network or script.

report.html           rankings, unranked sites with reasons, charts
awards.html           tier lists as a notice has them
statistics.html       ownership, bands, languages, stages, adoption, gates
robustness.html       rank intervals, what moves ranks, correlations beside weights
method.html           weights, scales and rules, from the rule file
weights.html          the ranking under other weights of the categories
sites/<site id>.html  a score line by line, what to mend, versions, columns, failures
parity/<site id>.html the Chinese version and the foreign ones side by side, missing columns and items, lag
evidence/*.html       every archived page that a point rests on
*.csv, tables.xlsx    the tables of `scoring.reports.tables`, data_dictionary.csv among them
manifest.json         what all of it was made from, by digest
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from scoring.reports.bundle import RoundReport, Titles
from scoring.reports.csvfile import write_csv
from scoring.reports.evidence_pages import evidence_pages
from scoring.reports.manifest import manifest
from scoring.reports.method_page import METHOD_FILE, method_page
from scoring.reports.parity_pages import parity_pages
from scoring.reports.round_page import report_page
from scoring.reports.site_pages import site_pages
from scoring.reports.standing_pages import AWARDS_FILE, ROBUSTNESS_FILE, awards_page, robustness_page
from scoring.reports.statistics_page import STATISTICS_FILE, statistics_page
from scoring.reports.tables import tables
from scoring.reports.weights_page import WEIGHTS_FILE, weights_page
from scoring.reports.workbook import write_workbook

__all__ = ["RoundReport", "Titles", "tables", "write_reports"]

PAGE_FOLDERS = ("evidence", "parity", "sites")  # these belong to the reports: pages that no longer exist are removed


def write_reports(report: RoundReport, folder: Path) -> list[Path]:
    """Write every report of a round into `folder` and return the files, sorted.

    All files are made in a temporary folder beside it and moved only when the last is done, `report.html`
    at the very end: an interrupted run leaves the reports that were there. The same record gives the
    same bytes. Other files in `folder` are left alone.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=f".{folder.name}.partial-") as temporary:
        made = sorted(_make(report, Path(temporary)), key=lambda name: (name == "report.html", name))
        for name in made:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (Path(temporary) / name).replace(folder / name)
    _remove_stale(folder, set(made))
    return sorted(folder / name for name in made)


def _make(report: RoundReport, folder: Path) -> Iterator[str]:
    """Make every file below `folder`; yield its path below it, with slashes."""
    for name in PAGE_FOLDERS:
        (folder / name).mkdir()
    made = tables(report)
    for table, frame in made.items():
        write_csv(frame, folder / f"{table}.csv")
        yield f"{table}.csv"
    write_workbook(made, folder / "tables.xlsx", report.titles.chinese_categories)
    yield "tables.xlsx"
    files = [*(f"{table}.csv" for table in made), "tables.xlsx"]
    (folder / "manifest.json").write_text(manifest(report, folder, files), encoding="utf-8", newline="\n")
    yield "manifest.json"
    for pages in (
        evidence_pages(report),
        parity_pages(report),
        site_pages(report),
        round_pages(report),
    ):
        for name, text in pages:
            (folder / name).write_text(text, encoding="utf-8", newline="\n")
            yield name


def round_pages(report: RoundReport) -> Iterator[tuple[str, str]]:
    """Yield (path, page) of the pages on the whole round; the method page only where the rule set is known."""
    yield AWARDS_FILE, awards_page(report)
    yield STATISTICS_FILE, statistics_page(report)
    yield ROBUSTNESS_FILE, robustness_page(report)
    if report.rules is not None:
        yield METHOD_FILE, method_page(report, report.rules)
    yield WEIGHTS_FILE, weights_page(report)
    yield "report.html", report_page(report)


def _remove_stale(folder: Path, made: set[str]) -> None:
    for pages in PAGE_FOLDERS:
        for path in sorted((folder / pages).glob("*.html")):
            if f"{pages}/{path.name}" not in made:
                path.unlink()
