import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "scripts" / "new_indicator.py"

RULES = """indicators:
  - id: first
    group: links
    weight: 1
  - id: second
    group: links
    weight: 1 # half of it
  - id: third
    group: contact
    weight: 1

retired: []
"""


@pytest.fixture(scope="module")
def new_indicator():
    spec = importlib.util.spec_from_file_location("new_indicator", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def root(tmp_path):
    (tmp_path / "scoring" / "indicators").mkdir(parents=True)
    (tmp_path / "tests" / "scoring" / "indicators").mkdir(parents=True)
    (tmp_path / "indicators.yaml").write_text(RULES, encoding="utf-8")
    return tmp_path


def tree(root):
    return {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_the_stanza_goes_under_the_last_indicator_of_its_group_and_changes_nothing_else(new_indicator, root):
    assert new_indicator.main(["slow_page_share", "--group", "links"], root) == 0
    lines = (root / "indicators.yaml").read_text(encoding="utf-8").splitlines()
    assert lines.index("  # - id: slow_page_share") == lines.index("    weight: 1 # half of it") + 1
    assert [line for line in lines if not line.startswith("  # ")] == RULES.splitlines()


def test_without_a_group_the_stanza_is_only_printed(new_indicator, root, capsys):
    assert new_indicator.main(["slow_page_share", "--unit", "boolean"], root) == 0
    assert (root / "indicators.yaml").read_text(encoding="utf-8") == RULES
    printed = capsys.readouterr().out
    assert "- id: slow_page_share" in printed
    assert "{boolean: true}" in printed
    assert "links, contact" in printed


def test_the_module_is_an_indicator_of_its_name_and_unit_with_all_headings(new_indicator, root):
    new_indicator.main(["slow_page_share", "--unit", "days"], root)
    path = root / "scoring" / "indicators" / "slow_page_share.py"
    spec = importlib.util.spec_from_file_location("slow_page_share", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert (module.slow_page_share.id, module.slow_page_share.unit) == ("slow_page_share", "days")
    for heading in ("What it measures", "Why it matters", "Blind spots"):
        assert f"\n{heading}\n    " in module.__doc__


@pytest.mark.parametrize("folder", ["scoring/indicators", "tests/scoring/indicators"])
def test_a_name_that_is_taken_is_refused_and_nothing_is_written(new_indicator, root, capsys, folder):
    taken = root / folder / ("slow_page_share.py" if folder.startswith("scoring") else "test_slow_page_share.py")
    taken.write_text("kept")
    before = tree(root)
    assert new_indicator.main(["slow_page_share", "--group", "links"], root) == 2
    assert tree(root) == before
    assert taken.name in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["third"], "a stanza `third` already"),
        (["Slow-Pages"], "no name for an indicator"),
        (["../escape"], "no name for an indicator"),
        (["import"], "no name for an indicator"),
        (["has_mailbox"], "named by the quantity"),
        (["slow_page_share", "--group", "link"], "groups are links, contact"),
    ],
)
def test_bad_input_is_told_and_nothing_is_written(new_indicator, root, capsys, arguments, reason):
    before = tree(root)
    assert new_indicator.main(arguments, root) == 2
    assert tree(root) == before
    assert reason in capsys.readouterr().err


def test_the_script_runs_as_the_recipe_says(root):
    done = subprocess.run([sys.executable, str(SCRIPT), "Bad"], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("new_indicator: ")


def test_a_folder_for_small_pages_is_made(new_indicator, root):
    new_indicator.main(["slow_page_share", "--group", "links"], root)
    readme = root / "tests" / "fixtures" / "pages" / "slow_page_share" / "README.md"
    assert "slow_page_share" in readme.read_text("utf-8")
