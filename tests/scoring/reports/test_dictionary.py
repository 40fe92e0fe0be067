from pathlib import Path

import pytest

from scoring.reports import tables
from scoring.reports.dictionary import column_entry, dictionary_page, topics
from scoring.reports.round_statistics import round_statistics


def test_every_column_of_every_table_has_an_entry_and_the_dictionary_is_itself_a_table(report):
    made = tables(report)
    told = made["data_dictionary"]
    for name, frame in made.items():
        for column in frame.columns:
            entry = column_entry(name, str(column))
            assert all((entry.unit, entry.meaning, entry.chinese, entry.meaning_chinese))
    others = {(name, column) for name in made if name != "data_dictionary" for column in made[name].columns}
    assert {(row.table, row.column) for row in told.itertuples()} == others


def test_a_column_without_an_entry_is_refused_by_name():
    with pytest.raises(KeyError, match=r"ranking\.mood"):
        column_entry("ranking", "mood")


def test_a_column_of_a_category_is_told_by_its_pattern():
    assert column_entry("ranking", "interaction_score").chinese == "interaction 得分"
    assert column_entry("ranking", "interaction_score", {"interaction": "互动交流"}).chinese == "互动交流得分"


def test_every_statistic_that_a_round_counts_is_explained(report):
    assert {found.topic for found in round_statistics(report)} <= topics().keys()


def test_the_page_of_the_docs_is_the_one_that_the_dictionary_makes():
    page = Path(__file__).parents[3] / "docs" / "data-dictionary.md"
    assert page.read_text("utf-8") == dictionary_page(), "run: make dictionary"
