import re
import zipfile

import pytest
from lxml import etree

from scoring.reports import tables

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.fixture(scope="session")
def book(folder):
    with zipfile.ZipFile(folder / "tables.xlsx") as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def sheets(book):
    names = [sheet.get("name") for sheet in etree.fromstring(book["xl/workbook.xml"]).iter(f"{MAIN}sheet")]
    return {name: etree.fromstring(book[f"xl/worksheets/sheet{n}.xml"]) for n, name in enumerate(names, start=1)}


def strings(book):
    return ["".join(item.itertext()) for item in etree.fromstring(book["xl/sharedStrings.xml"]).iter(f"{MAIN}si")]


def test_every_table_is_a_sheet_with_two_rows_of_headers_frozen_and_filtered(book, report):
    found, words = sheets(book), strings(book)
    assert list(found) == list(tables(report))
    for name, sheet in found.items():
        first = {
            c.get("r"): words[int(c[0].text)] for c in sheet.iter(f"{MAIN}c") if re.fullmatch("[A-Z]+[12]", c.get("r"))
        }
        assert first["A2"] == tables(report)[name].columns[0]
        assert re.search("[一-鿿]", first["A1"])
        assert next(sheet.iter(f"{MAIN}pane")).get("ySplit") == "2"
        assert next(sheet.iter(f"{MAIN}autoFilter")).get("ref").startswith("A2:")


def test_scores_and_outcomes_are_seen_at_a_glance(book):
    found = sheets(book)
    assert list(found["ranking"].iter(f"{MAIN}dataBar"))
    assert any(rule.get("dxfId") for rule in found["measurements"].iter(f"{MAIN}cfRule"))


def test_no_cell_is_a_formula_or_a_link_however_it_begins(book):
    assert any(text.startswith("=HYPERLINK(") for text in strings(book))
    for sheet in sheets(book).values():
        assert not list(sheet.iter(f"{MAIN}f"))
        assert not list(sheet.iter(f"{MAIN}hyperlink"))
    assert not any(re.search("[\x00-\x08\x0b-\x1f\u202a-\u202e\u2066-\u2069]", text) for text in strings(book))


def test_numbers_are_numbers_and_an_unmeasured_value_is_an_empty_cell(book, report):
    sheet = sheets(book)["ranking"]
    cells = {cell.get("r"): cell for cell in sheet.iter(f"{MAIN}c")}
    place = list(tables(report)["ranking"].columns).index("total")
    column = "ABCDEFGHIJ"[place]
    assert cells[f"{column}4"].get("t") is None
    assert float(cells[f"{column}4"][0].text) == pytest.approx(61.2345)
    assert f"{column}3" not in cells
