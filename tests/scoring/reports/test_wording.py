import math

import numpy as np
import pandas as pd
import pytest

from scoring.reports.csvfile import write_csv
from scoring.reports.wording import counted, fixed, in_words, language_name, percent


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (9.0, "days", "9 days"),
        (1.0, "days", "1 day"),
        (-3, "days", "-3 days"),
        (0.6345, "share", "63.5%"),
        (1.0, "boolean", "yes"),
        (0.0, "boolean", "no"),
        (12.0, "count", "12"),
        (0.0, "pages", "0 pages"),
        (71.25, "score", "71.25"),
        (None, "days", ""),
    ],
)
def test_a_value_is_said_with_its_unit(value, unit, words):
    assert in_words(value, unit) == words


def test_a_number_is_never_minus_zero_nor_nan():
    assert fixed(-0.001) == "0.00"
    assert fixed(math.nan) == fixed(None) == ""
    assert percent(None) == ""


def test_a_language_is_named_by_its_primary_tag():
    assert language_name("zh-Hant")[0] == "Chinese"
    assert language_name("tlh") == ("tlh", "")


def test_halves_are_rounded_up_as_by_hand():
    assert fixed(2.675) == "2.68"
    assert fixed(-2.675) == "-2.68"
    assert percent(12 / 31, 2) == "38.71%"


def test_numbers_of_numpy_are_numbers(tmp_path):
    write_csv(pd.DataFrame({"total": [np.float64(-0.5)], "n": [np.int64(-3)]}, dtype=object), tmp_path / "x.csv")
    assert (tmp_path / "x.csv").read_text(encoding="utf-8-sig") == "total,n\n-0.50,-3\n"


@pytest.mark.parametrize(("number", "words"), [(0, "0 ranked sites"), (1, "1 ranked site"), (2, "2 ranked sites")])
def test_one_of_a_thing_is_told_in_the_singular(number, words):
    assert counted(number, "ranked site") == words
