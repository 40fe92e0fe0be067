import csv
import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from scoring.reports import RoundReport, tables, write_reports
from scoring.scorecard import Ranking

FROM_ROWS = ("ranking", "measurements", "versions", "pairs", "columns", "statistics", "failures", "robustness")
NAMES = (*FROM_ROWS, "data_dictionary")


@pytest.fixture(scope="session")
def rows(folder: Path) -> Callable[[str], list[dict[str, str]]]:
    def read_rows(name: str) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO((folder / f"{name}.csv").read_text(encoding="utf-8-sig"), newline="")))

    return read_rows


@pytest.mark.parametrize("name", NAMES)
def test_a_file_begins_with_a_bom_ends_lines_alike_and_carries_its_round(name, folder, rows):
    raw = (folder / f"{name}.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert b"\r" not in raw
    stamps = {tuple(row.items())[-6:] for row in rows(name)}
    assert stamps == {
        (
            ("round", "2026-spring"),
            ("cutoff", "2026-03-01"),
            ("edition", "2026"),
            ("rules_digest", "sha256:0123456789abcdef"),
            ("unspecified", "0"),
            ("marks", "none"),
        )
    }


@pytest.mark.parametrize("name", FROM_ROWS)
def test_a_table_without_rows_still_has_its_columns(name, report):
    empty = replace(
        report,
        sites=(),
        versions=(),
        failures=(),
        pairs={},
        column_pairs={},
        ranking=Ranking((), ()),
    )
    frame = tables(empty)[name]
    assert len(frame) == 0
    assert list(frame.columns) == list(tables(report)[name].columns)


def test_every_site_is_in_the_ranking_by_cohort_then_rank_unranked_ones_last(rows):
    assert [(row["cohort"], row["rank"], row["site"]) for row in rows("ranking")] == [
        ("city", "", "e/../e"),
        ("province", "1", "a"),
        ("province", "2", "b"),
        ("province", "", "c"),
        ("province", "", "d"),
    ]


def test_an_unranked_site_has_a_reason_and_no_total_and_a_ranked_one_the_reverse(rows):
    for row in rows("ranking"):
        assert bool(row["rank"]) == bool(row["total"]) == (not row["reason"])


def test_a_ranking_row_shows_categories_interval_and_gates_and_leaves_the_unmeasured_empty(rows):
    row = rows("ranking")[2]
    assert row["total"] == "54.00"
    assert (row["disclosure_score"], row["disclosure_rank"]) == ("54.00", "2")
    assert (row["interaction_score"], row["interaction_rank"]) == ("", "")
    assert (row["coverage"], row["rank_low"], row["rank_high"], row["gates"]) == ("0.5000", "1", "2", "home_dead")


def test_text_that_a_spreadsheet_would_run_is_escaped_and_numbers_are_not(rows):
    assert rows("ranking")[2]["name"].startswith("'=HYPERLINK(")
    assert [row["anchor"] for row in rows("versions")] == ["EN", "English", "'-Français", "'+1", "English", "English"]
    assert rows("failures")[0]["note"] == "'@challenge"
    assert rows("pairs")[0]["lag_days"] == "-3"


def test_line_breaks_of_a_note_do_not_break_the_row(rows):
    assert "\n" not in rows("measurements")[0]["note"]
    assert "\r" not in rows("failures")[1]["note"]
    assert len(rows("measurements")) == 17


def test_a_measurement_names_its_archived_pages_and_what_it_earned(rows):
    row = rows("measurements")[0]
    assert (row["value"], row["unit"], row["scaled"], row["points"], row["weight"]) == (
        "9",
        "days",
        "100.00",
        "30.00",
        "30",
    )
    assert row["evidence_urls"].split(" ")[0] == "https://en.a.gov.cn/"
    assert row["warc_addresses"] == "archive/2026-000.warc.gz:1000 archive/2026-000.warc.gz:2000"


def test_an_unmeasured_line_is_empty_where_a_zero_is_a_zero(rows):
    zero, unmeasured = rows("measurements")[1:3]
    assert (zero["outcome"], zero["points"]) == ("measured", "0.00")
    assert (unmeasured["outcome"], unmeasured["value"], unmeasured["points"]) == ("not_measured", "", "")


def test_a_total_stands_beside_the_real_version_not_beside_a_dead_guess_of_the_same_language(rows):
    assert [(row["verdict"], row["total"]) for row in rows("versions")[:2]] == [("dead", ""), ("real", "61.23")]


def test_unmatched_pages_and_missing_columns_are_listed_too(rows):
    assert [bool(row["foreign_url"]) for row in rows("pairs")] == [True, False, True]
    assert [row["translated"] for row in rows("pairs")] == ["true", "", "false"]
    assert [row["alive"] for row in rows("columns")] == ["true", ""]


def test_the_order_of_sites_and_versions_that_come_in_changes_no_byte(report: RoundReport, tmp_path: Path):
    shuffled = replace(
        report,
        sites=report.sites[::-1],
        versions=report.versions[::-1],
        failures=report.failures[::-1],
        ranking=replace(
            report.ranking, entries=report.ranking.entries[::-1], scorecards=report.ranking.scorecards[::-1]
        ),
    )
    one, other = (write_reports(r, tmp_path / name) for r, name in ((report, "one"), (shuffled, "other")))
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in other]
