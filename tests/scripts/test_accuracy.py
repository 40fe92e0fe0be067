import sys
from pathlib import Path

import pytest

ACCURACY = Path(__file__).parents[2] / "scripts" / "accuracy"
sys.path.insert(0, str(ACCURACY))

import progress  # noqa: E402
from tables import Counts, Skipped, Table, folder, lines_of  # noqa: E402


def test_a_table_is_printed_as_it_can_stand_in_the_docs() -> None:
    table = Table("Dates", ("set", "n", "share"), [("own", 3, 2 / 3), ("none", 0, None)], ["own a.html: read as None"])
    assert list(lines_of(table)) == [
        "Dates",
        "",
        "| set | n | share |",
        "| --- | --- | --- |",
        "| own | 3 | 0.667 |",
        "| none | 0 | - |",
        "",
        "  own a.html: read as None",
    ]


def test_what_is_skipped_says_why() -> None:
    assert list(lines_of(Skipped("Real pages", "their folder is not there"))) == [
        "Real pages: skipped, their folder is not there"
    ]


def test_counts_have_no_precision_where_nothing_was_found_and_no_recall_where_nothing_is_there() -> None:
    assert Counts(right=3, found=4, there=6).cells() == (0.75, 0.5, 0.6, 3, 4, 6)
    assert Counts(right=0, found=0, there=5).cells()[:2] == (None, 0.0)
    assert Counts().cells()[:3] == (None, None, None)


@pytest.mark.parametrize("shared", [None, Path("/nowhere")])
def test_real_pages_that_are_not_there_are_no_folder(shared: Path | None) -> None:
    assert folder(shared, "gov_pages", "mfa") is None


def test_a_long_measurement_says_how_far_it_is_and_a_short_one_nothing(monkeypatch, capsys) -> None:
    assert list(progress.watched("ab", "pages")) == ["a", "b"]
    assert capsys.readouterr() == ("", "")
    monkeypatch.setattr(progress, "SECONDS", 0)
    assert list(progress.watched("ab", "pages")) == ["a", "b"]
    assert capsys.readouterr() == ("", "  pages: 0 of 2\n  pages: 1 of 2\n")
