"""All tables in one XLSX workbook: a sheet a table, Chinese and English headers, filters; cells are never formulas."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from numbers import Real
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

import pandas as pd

from scoring.reports.dictionary import column_entry
from scoring.reports.plaintext import clean
from scoring.reports.wording import instant, plain

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

MOST_TEXT = 32_767  # characters that a cell of a workbook may hold
MOST_ROWS = 1_048_576 - 2  # rows of a sheet, less the two of headers
HEADERS = 2
CREATED = datetime(2000, 1, 1, tzinfo=UTC)  # not the clock: the same round gives the same bytes
WIDEST = 60

# What a column of these names looks like: a bar from 0 to 1 or 0 to 100.
BARS = {"coverage": 1, "confidence": 1, "tier_share": 1, "scaled": 100, "total": 100}
# A word in a column that is worth seeing at a glance, and its colour.
COLOURS = {
    "outcome": {"error": "#F8D7DA", "not_measured": "#FFF3CD", "not_applicable": "#E9ECEF"},
    "tier_standing": {"borderline": "#FFF3CD", "robust": "#D4EDDA"},
    "verdict": {"real": "#D4EDDA", "blocked": "#FFF3CD", "not_captured": "#FFF3CD"},
}


def write_workbook(
    tables: dict[str, pd.DataFrame], path: Path, parts: Mapping[str, str] = MappingProxyType({})
) -> None:
    """Write every table as a sheet: first a Chinese row of headers, then the English one that carries the filters.

    `parts` are the Chinese titles of the categories by id, for the headers. Rows beyond what a sheet can hold are left
    to the CSV file; a comment on the first header then says so.
    """
    import xlsxwriter  # noqa: PLC0415 - takes long to load, and few commands write workbooks

    options = {
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
        "in_memory": True,
        "remove_timezone": True,
    }
    with xlsxwriter.Workbook(str(path), options) as book:
        book.set_properties({"created": CREATED.replace(tzinfo=None)})
        bold = book.add_format({"bold": True, "bg_color": "#E6EBEF", "bottom": 1, "text_wrap": True, "valign": "top"})
        colours = {
            word: book.add_format({"bg_color": colour}) for words in COLOURS.values() for word, colour in words.items()
        }
        for name, frame in tables.items():
            headers = [column_entry(name, str(column), parts).chinese for column in frame.columns]
            _sheet(book.add_worksheet(name), name, frame, headers, bold, colours)


def _sheet(
    sheet: Worksheet, name: str, frame: pd.DataFrame, headers: list[str], bold: Format, colours: dict[str, Format]
) -> None:
    names = [str(column) for column in frame.columns]
    for place, (column, chinese) in enumerate(zip(names, headers, strict=True)):
        sheet.write_string(0, place, clean(chinese), bold)
        sheet.write_string(1, place, clean(column), bold)
    rows = frame.iloc[:MOST_ROWS]
    widths = [max(len(column), 8) for column in names]
    for number, row in enumerate(rows.itertuples(index=False, name=None), start=HEADERS):
        for place, value in enumerate(row):
            widths[place] = max(widths[place], _write(sheet, number, place, value))
    if len(frame) > MOST_ROWS:
        sheet.write_comment(0, 0, f"The first {MOST_ROWS} of {len(frame)} rows; {name}.csv has all.")
    for place, width in enumerate(widths):
        sheet.set_column(place, place, min(width, WIDEST) + 2)
    last = HEADERS + max(len(rows), 1) - 1
    sheet.freeze_panes(HEADERS, 2 if name == "ranking" else 1)
    sheet.autofilter(1, 0, last, len(names) - 1)
    for place, column in enumerate(names):
        _highlight(sheet, column, (HEADERS, place, last, place), colours)


def _write(sheet: Worksheet, row: int, place: int, value: object) -> int:
    """Write one cell as what it is; returns about how wide it is, in characters."""
    match value:
        case None:
            return 0
        case bool():
            sheet.write_boolean(row, place, value)
            return 5
        case Real():
            sheet.write_number(row, place, float(value))
            return len(plain(float(value)))
        case datetime():
            text = instant(value)
        case date():
            text = value.isoformat()
        case _:
            text = clean(str(value)).strip()
    sheet.write_string(row, place, text[:MOST_TEXT])
    return len(text)


def _highlight(sheet: Worksheet, column: str, where: tuple[int, int, int, int], colours: dict[str, Format]) -> None:
    top = 100 if column.endswith("_score") else BARS.get(column)
    if top is not None:
        bar = {"type": "data_bar", "bar_color": "#9CC3D0", "bar_solid": True}
        sheet.conditional_format(*where, bar | {"min_type": "num", "min_value": 0, "max_type": "num", "max_value": top})
    for word in COLOURS.get(column, {}):
        sheet.conditional_format(
            *where, {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": colours[word]}
        )
