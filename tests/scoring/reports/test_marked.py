"""A round whose capture differs from earlier ones says so wherever somebody may read of it."""

import csv
import json
import zipfile
from dataclasses import replace

import pytest
from lxml import html

from scoring.reports import write_reports
from scoring.reports.bundle import Mark

from .conftest import small_round

MARKS = (
    Mark("blocked", ("more of them blocked", "拦截增多"), "60% of captures blocked, usually 5%"),
    Mark("silent", ("sites fell silent", "有网站不再响应"), "1 of 5 sites that answered last time gave no page: d"),
)


@pytest.fixture(scope="module")
def marked(tmp_path_factory):
    folder = tmp_path_factory.mktemp("marked") / "r"
    write_reports(replace(small_round(), marks=MARKS), folder)
    return folder


def notice(path):
    """What stands at the top of a page, before its heading: (English, Chinese)."""
    page = html.fromstring(path.read_bytes().decode())
    first = page.xpath("//main/*[1][contains(@class, 'notice')]")
    return (
        tuple(" ".join(first[0].xpath(f".//*[@class='{language}']//text()")) for language in ("en", "zh"))
        if first
        else None
    )


def test_every_page_of_a_marked_round_begins_with_the_mark_in_both_languages(marked):
    pages = sorted(marked.rglob("*.html"))
    assert {path.parent.name for path in pages} == {"r", "sites", "parity", "evidence"}
    for path in pages:
        english, chinese = notice(path)
        assert "This round is marked" in english, path
        assert "more of them blocked" in english, path
        assert "本轮采集异常" in chinese, path
        assert "有网站不再响应" in chinese, path
        assert "采集异常" in html.fromstring(path.read_text("utf-8")).findtext(".//title"), path


def test_the_overview_has_what_each_monitor_found_and_other_pages_lead_there(marked):
    overview = html.fromstring((marked / "report.html").read_text("utf-8"))
    told = [item.text_content() for item in overview.xpath("//*[@id='marks']//li")]
    assert [mark.sentence in item for item, mark in zip(told, MARKS, strict=True)] == [True] * len(MARKS)
    for path in marked.rglob("*.html"):
        if path.name != "report.html":
            (link,) = html.fromstring(path.read_text("utf-8")).xpath("//main/*[1]//a/@href")
            assert (path.parent / link.partition("#")[0]).resolve() == (marked / "report.html").resolve()


def test_every_row_of_every_table_the_workbook_and_the_manifest_carry_the_mark(marked):
    for path in marked.glob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        assert rows, path
        assert {row["marks"] for row in rows} == {"blocked; silent"}, path
    with zipfile.ZipFile(marked / "tables.xlsx") as book:
        assert "blocked; silent" in book.read("xl/sharedStrings.xml").decode()
    told = json.loads((marked / "manifest.json").read_text("utf-8"))
    assert told["marks"] == [f"{mark.monitor}: {mark.sentence}" for mark in MARKS]


def test_a_round_without_a_mark_says_none_of_this(folder):
    for path in folder.rglob("*.html"):
        assert notice(path) is None, path
        assert "采集异常" not in path.read_text("utf-8"), path
    with (folder / "ranking.csv").open(encoding="utf-8-sig", newline="") as file:
        assert {row["marks"] for row in csv.DictReader(file)} == {"none"}
    assert json.loads((folder / "manifest.json").read_text("utf-8"))["marks"] == []
