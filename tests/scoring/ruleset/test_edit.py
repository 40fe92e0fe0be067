import pytest

from crawler.errors import RulesError
from scoring.ruleset.edit import with_values

TEXT = """# Whose figures these are.
edition: 2026
minimum_coverage: 0.6   # a setting

categories:
  # the first
  - id: news
    weight: 40 # points
    groups:
      - {id: local, weight: 40}
"""


def test_a_value_is_set_where_it_stands_and_all_else_stays():
    edited = with_values(TEXT, {"news.weight": 60, "local.weight": 60})
    assert edited == TEXT.replace("weight: 40", "weight: 60")


def test_a_key_of_the_file_itself_needs_no_id():
    assert with_values(TEXT, {"minimum_coverage": 0.5}) == TEXT.replace("0.6", "0.5")


def test_an_unknown_id_is_told_with_the_near_one():
    with pytest.raises(RulesError, match=r"no such thing as `loca`\. Did you mean local"):
        with_values(TEXT, {"loca.weight": 6})
