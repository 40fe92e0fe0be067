import json
from pathlib import Path

import pytest

from scoring.editions import edition_path
from scoring.ruleset.loading import default_rules_path


@pytest.fixture
def copy(tmp_path):
    path = tmp_path / "indicators.yaml"
    path.write_bytes(default_rules_path().read_bytes())
    return path


def test_check_says_how_much_an_edition_leaves_unspecified(waiwen):
    code, out, _ = waiwen("rules", "check", edition_path(2017))
    assert code == 0
    assert "edition 2017" in out
    assert "of the weight is unspecified" in out


def test_show_prints_every_node_with_its_weight_and_status(waiwen):
    code, out, _ = waiwen("rules", "show", edition_path(2015))
    assert code == 0
    assert "   4.5      Laws and policies (法规文件) laws_and_policies [published]" in out
    assert "    40  unspecified" in out


def test_show_of_an_unknown_cohort_names_those_that_there_are(waiwen):
    code, _, err = waiwen("rules", "show", edition_path(2015), "--cohort", "moon")
    assert code == 2
    assert "It has: province" in err


def test_diff_tells_weights(waiwen):
    code, out, _ = waiwen("rules", "diff", edition_path(2015), edition_path(2017))
    assert code == 0
    assert "node visa (签证服务): weight 5 to 4 (-1)" in out


def test_the_schema_is_json_that_names_the_keys(waiwen):
    code, out, _ = waiwen("rules", "schema")
    assert code == 0
    assert {"edition", "categories", "bonus", "gates"} <= json.loads(out)["properties"].keys()


def test_freeze_adds_one_line_and_keeps_every_comment(waiwen, copy, tmp_path):
    target = tmp_path / "frozen.yaml"
    code, out, _ = waiwen("rules", "freeze", copy, "--to", target)
    assert code == 0
    assert "frozen as" in out
    added = [line for line in target.read_text("utf-8").splitlines() if line.startswith("frozen: ")]
    assert len(added) == 1
    assert [line for line in target.read_text("utf-8").splitlines() if line not in added] == copy.read_text(
        "utf-8"
    ).splitlines()
    assert waiwen("rules", "check", target)[0] == 0


def test_freeze_writes_over_nothing(waiwen, copy, tmp_path):
    target = tmp_path / "frozen.yaml"
    target.write_text("mine")
    code, _, err = waiwen("rules", "freeze", copy, "--to", target)
    assert code == 2
    assert "not written over" in err
    assert target.read_text() == "mine"


def test_a_frozen_edition_that_was_changed_is_refused(waiwen, copy, tmp_path):
    target = tmp_path / "frozen.yaml"
    waiwen("rules", "freeze", copy, "--to", target)
    text = target.read_text("utf-8")
    target.write_text(text.replace("minimum_coverage: 0.6", "minimum_coverage: 0.5"), "utf-8")
    code, _, err = waiwen("rules", "check", target)
    assert code == 2
    assert "was frozen and has been changed since" in err
    target.write_text(text + "# a comment changes nothing\n", "utf-8")
    assert waiwen("rules", "check", target)[0] == 0


def test_the_page_of_indicators_is_what_the_rule_file_and_the_docstrings_say(waiwen):
    code, out, _ = waiwen("rules", "docs")
    assert code == 0
    page = Path(__file__).parents[2] / "docs" / "indicators.md"
    assert page.read_text("utf-8") == out, "run: waiwen rules docs > docs/indicators.md"
