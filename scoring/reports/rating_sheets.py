"""The sheet that a reviewer fills in: a row a version and indicator, with the rubric and where to look."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from crawler.model import Site
from scoring.evidence import EvidenceRef
from scoring.reports.csvfile import write_csv
from scoring.reports.paths import file_stem, site_file
from scoring.reports.plaintext import clean
from scoring.reports.workbook import CREATED, MOST_TEXT
from scoring.review.assignment import Version
from scoring.review.rating_table import COLUMNS, FILLED
from scoring.ruleset.model import IndicatorRule
from scoring.ruleset.yaml_tree import shown

CONTEXT = ("name", "title", "rubric", "address", "site_address", "report", "archived")
WIDTHS = {"reason": 50, "rubric": 60, "address": 40, "site_address": 40, "title": 30, "name": 24, "report": 30}


@dataclass(frozen=True)
class ToRate:
    """A version that is rated: its site, its address, and its archived home page, where there is one."""

    site: Site
    language: str
    url: str
    home: EvidenceRef | None

    @property
    def key(self) -> Version:
        """What it is called in a table of ratings."""
        return self.site.id, self.language


def sheet_rows(
    reviewer: str,
    versions: Iterable[ToRate],
    assignment: Mapping[Version, tuple[str, ...]],
    known: Mapping[str, IndicatorRule],
) -> list[dict[str, str]]:
    """The rows of one reviewer's sheet. What fewer people rate goes to the first of a version's reviewers."""
    rows = []
    for version in sorted(versions, key=lambda version: version.key):
        turn = assignment[version.key]
        for name, rule in known.items():
            if reviewer in turn[: rule.reviewers or 1]:
                own = {"site": version.site.id, "language": version.language, "indicator": name, "reviewer": reviewer}
                rows.append(own | dict.fromkeys(FILLED, "") | _context(version, rule))
    return rows


def _context(version: ToRate, rule: IndicatorRule) -> dict[str, str]:
    home = version.home
    return {
        "name": version.site.name,
        "title": f"{rule.title.en} {rule.title.zh}",
        "rubric": "; ".join(f"{shown(level.mark)}: {level.en} {level.zh}" for level in rule.rubric),
        "address": version.url,
        "site_address": version.site.url,
        "report": site_file(version.site),
        "archived": f"{home.warc_file}:{home.offset} {home.digest}" if home is not None else "",
    }


def sheet_name(reviewer: str, ending: str) -> str:
    """The name of a reviewer's file."""
    return f"ratings-{file_stem(reviewer)}.{ending}"


def write_sheet_csv(rows: list[dict[str, str]], path: Path) -> None:
    """Write a sheet as CSV (UTF-8 with BOM)."""
    write_csv(pd.DataFrame(rows, columns=[*COLUMNS, *CONTEXT]), path)


def write_sheet_xlsx(rows: list[dict[str, str]], known: Mapping[str, IndicatorRule], path: Path) -> None:
    """Write a sheet as a workbook: the marks of the rubric to choose from, and the rubric as a second sheet."""
    import xlsxwriter  # noqa: PLC0415 - takes long to load

    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"created": CREATED.replace(tzinfo=None)})
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet("ratings")
        for place, name in enumerate((*COLUMNS, *CONTEXT)):
            sheet.write_string(0, place, name, bold)
            sheet.set_column(place, place, WIDTHS.get(name, 14))
            for number, row in enumerate(rows, start=1):
                sheet.write_string(number, place, clean(row[name])[:MOST_TEXT], wrapped)
        for number, row in enumerate(rows, start=1):
            marks = [shown(level.mark) for level in known[row["indicator"]].rubric]
            place = COLUMNS.index("mark")
            sheet.write_blank(number, place, None)  # a number will stand there, no text
            sheet.data_validation(number, place, number, place, {"validate": "list", "source": marks})
        sheet.freeze_panes(1, 3)
        rubric = book.add_worksheet("rubric")
        levels = [(name, level) for name, rule in known.items() for level in rule.rubric]
        for place, name in enumerate(("indicator", "mark", "en", "zh")):
            rubric.write_string(0, place, name, bold)
        for number, (name, level) in enumerate(levels, start=1):
            rubric.write_string(number, 0, name)
            rubric.write_number(number, 1, level.mark)
            rubric.write_string(number, 2, clean(level.en))
            rubric.write_string(number, 3, clean(level.zh))
