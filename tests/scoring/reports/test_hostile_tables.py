"""Hostile text in the tables: a spreadsheet opens them as what they are, and nothing in them runs."""

import csv
import re

import openpyxl
import pandas as pd
import pytest

from scoring.reports import tables
from scoring.reports.plaintext import guard_cell

NAMES = ("ranking", "measurements", "versions", "pairs", "columns", "failures")
# Controls, bidi overrides and isolates, surrogates: what may not stand in a cell.
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
LIVE = re.compile(r"[\s\u200e\u200f]*[=+\-@＝＋－＠\t]")
HEADERS = 2


@pytest.fixture(scope="session")
def book(hostile):
    return openpyxl.load_workbook(hostile / "tables.xlsx")


def rows_of(hostile, name):
    with (hostile / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def is_number(cell):
    return re.fullmatch(r"-?\d+(\.\d+)?", cell) is not None


@pytest.mark.parametrize("name", NAMES)
def test_every_row_of_a_csv_file_has_every_cell(hostile, hostile_report, name):
    header, *rows = rows_of(hostile, name)
    frame = tables(hostile_report)[name]
    assert header == list(frame.columns)
    assert {len(row) for row in rows} == {len(header)}
    assert pd.read_csv(hostile / f"{name}.csv", encoding="utf-8-sig").shape == frame.shape == (len(rows), len(header))


@pytest.mark.parametrize("name", NAMES)
def test_no_cell_of_a_csv_file_would_run_or_steer_what_shows_it(hostile, name):
    for row in rows_of(hostile, name):
        for cell in row:
            assert not ILLEGAL.search(cell)
            assert is_number(cell) or not LIVE.match(cell), cell


@pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")  # bars and colours
@pytest.mark.parametrize("name", NAMES)
def test_a_workbook_opens_with_the_rows_and_cells_of_the_csv_file(hostile, book, name):
    sheet, rows = book[name], rows_of(hostile, name)
    assert (sheet.max_row, sheet.max_column) == (len(rows) + HEADERS - 1, len(rows[0]))
    assert pd.read_excel(hostile / "tables.xlsx", sheet_name=name, header=1).shape == (len(rows) - 1, len(rows[0]))
    texts = 0
    for cells, row in zip(sheet.iter_rows(min_row=HEADERS), rows, strict=True):
        for cell, text in zip(cells, row, strict=True):
            assert cell.hyperlink is None
            if cell.data_type == "s":
                assert guard_cell(cell.value) == text
                assert not ILLEGAL.search(cell.value)
                texts += 1
            else:
                assert cell.data_type in ("n", "b")
                assert (cell.value is None) == (text == "")
    assert texts > len(rows)


def test_a_formula_in_a_workbook_is_text_and_looks_as_it_was_written(book, hostile_words):
    anchors = {row[4].value for row in book["versions"].iter_rows(min_row=HEADERS + 1)}
    assert {text for text in hostile_words if text[0] in "=+-"} <= anchors
    assert "_x0041_ �� �" in anchors
    assert "سيزيف \u200f\u200e rtl" in anchors  # overrides go, the marks that Arabic needs stay
    assert "emoji 👩‍👩‍👧‍👦 🇨🇳 \U0001f4a9" in anchors
    assert "bell escape [31m null" in {re.sub(" +", " ", str(anchor)) for anchor in anchors}
