"""Corrections, objections and a retest on a small round of two demonstration sites."""

import csv
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from crawler.errors import BadInput
from scoring.ruleset.loading import default_rules_path
from waiwen.cli import app
from waiwen.compare import snapshot
from waiwen.demo import ROSTER
from waiwen.demo.server import DemoServer
from waiwen.workspace import open_workspace


def inside(*arguments, workspace):
    """Run a command in this process, which has everything loaded; returns what it printed, raises what it refused."""
    found = CliRunner().invoke(app, [*arguments, "--workspace", str(workspace)], catch_exceptions=False)
    assert found.exit_code == 0, found.output
    return found.output


def apart(*arguments, workspace):
    """Run a command that starts workers, in a process of its own."""
    found = subprocess.run(
        [sys.executable, "-m", "waiwen", *arguments, "--workspace", str(workspace)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == 0, found.stderr


@pytest.fixture(scope="module")
def web():
    with DemoServer() as server:
        yield server


@pytest.fixture(scope="module")
def workspace(tmp_path_factory, web):
    folder = tmp_path_factory.mktemp("review")
    header, *rows = ROSTER.read_text(encoding="utf-8-sig").splitlines()
    chosen = [row for row in rows if row.startswith(("baita,", "zean,"))]
    (folder / "sites.csv").write_text("\n".join([header, *chosen]) + "\n", encoding="utf-8")
    place = folder / "ws"
    crawl = ("--proxy", web.proxy_url, "--delay", "0", "--cutoff", "2026-06-30", "--max-pages", "8", "--no-render")
    apart("audit", str(folder / "sites.csv"), "--round", "r", *crawl, "--workers", "1", workspace=place)
    return place


def lines(workspace, indicator):
    with (workspace / "reports" / "r" / "measurements.csv").open(encoding="utf-8-sig", newline="") as file:
        return {row["site"]: row for row in csv.DictReader(file) if row["indicator"] == indicator}


def again(workspace):
    inside("score", "--round", "r", workspace=workspace)
    inside("report", "--round", "r", workspace=workspace)


def test_a_correction_counts_after_scoring_and_stands_in_the_report_with_its_author(workspace):
    before = lines(workspace, "live_chat")["baita"]
    said = ("--author", "Li <b>", "--reason", "the chat opens at noon", "--version", "en", "--value", "1")
    inside("review", "override", "baita", "live_chat", *said, "--round", "r", workspace=workspace)
    again(workspace)
    after = lines(workspace, "live_chat")
    assert (before["value"], after["baita"]["value"], after["baita"]["points"]) == ("0", "1", after["baita"]["points"])
    assert "corrected by Li <b> on" in after["baita"]["note"]
    page = (workspace / "reports" / "r" / "sites" / "baita.html").read_text(encoding="utf-8")
    assert "the chat opens at noon" in page
    assert "Li <b>" not in page
    assert snapshot(open_workspace(workspace), "r").given == {("baita", "en"): {"live_chat"}}


def test_an_objection_is_shown_open_then_with_its_answer(workspace):
    inside("review", "object", "zean", "we have a forum", "--author", "Zean", "--round", "r", workspace=workspace)
    answer = ("review", "answer", "1", "it is in Chinese", "--author", "Wang", "--explained", "--round", "r")
    inside(*answer, workspace=workspace)
    again(workspace)
    page = (workspace / "reports" / "r" / "sites" / "zean.html").read_text(encoding="utf-8")
    assert "we have a forum" in page
    assert "it is in Chinese" in page
    assert "objection 1 zean" in inside("review", "list", "--round", "r", workspace=workspace)
    with pytest.raises(BadInput, match="no open objection"):
        inside(*answer, workspace=workspace)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("override", "nobody", "live_chat", "--author", "a", "--reason", "b", "--value", "1"), "not in round"),
        (("override", "baita", "no_such", "--author", "a", "--reason", "b", "--value", "1"), "no such indicator"),
        (("override", "baita", "live_chat", "--author", "a", "--reason", "b"), "give --value"),
        (("override", "baita", "live_chat", "--author", " ", "--reason", "b", "--value", "1"), "--author: empty"),
        (("override", "baita", "live_chat", "--author", "a", "--reason", "b", "--value", "1", "--version", "fr"), "en"),
        (("object", "baita", "text", "--author", "a", "--indicator", "no_such"), "no such indicator"),
    ],
)
def test_a_correction_or_objection_that_cannot_stand_is_refused(workspace, arguments, words):
    with pytest.raises(BadInput, match=words):
        inside("review", *arguments, "--round", "r", workspace=workspace)


APPEAL = """
  - id: appeal
    title: {en: Appeal, zh: 吸引力}
    kind: expert
    group: visual_quality
    weight: 0.25
    scale: {full: 5, zero: 0}
    rubric: [{mark: 0, en: none, zh: 无}, {mark: 5, en: much, zh: 强}]
    reviewers: 1
    status: proposed
"""


def test_a_reviewers_mark_of_a_captured_version_counts_and_cites_its_archived_home_page(workspace, tmp_path):
    bundled = default_rules_path().read_text(encoding="utf-8")
    halved = bundled.replace("group: visual_quality\n    weight: 0.5", "group: visual_quality\n    weight: 0.25")
    (tmp_path / "rules.yaml").write_text(halved.replace("\n  # ---- bonus ----", f"{APPEAL}\n  # ---- bonus ----"))
    own = ("--rules", str(tmp_path / "rules.yaml"), "--round", "r")
    inside("review", "ratings", "sheet", "li", "--to", str(tmp_path), *own, workspace=workspace)
    with (tmp_path / "ratings-li.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["site"], row["language"]) for row in rows] == [("baita", "en"), ("zean", "en")]
    assert rows[0]["archived"].startswith("r-discover-")
    table = "site,language,indicator,reviewer,mark,date,reason\nzean,en,appeal,li,5,2026-07-01,bright\n"
    (tmp_path / "filled.csv").write_text(table)
    inside("review", "ratings", "import", str(tmp_path / "filled.csv"), *own, workspace=workspace)
    inside("score", *own, workspace=workspace)
    inside("report", "--round", "r", workspace=workspace)
    rated = lines(workspace, "appeal")
    assert (rated["zean"]["value"], rated["zean"]["points"], rated["baita"]["outcome"]) == ("5", "0.25", "not_measured")
    assert rated["zean"]["evidence_urls"] == "http://en.zean.gov.example/"
    again(workspace)


def test_a_retest_replaces_one_site_is_marked_and_keeps_the_old_values(workspace, web):
    other = lines(workspace, "overview_facets")["zean"]
    crawl = ("--proxy", web.proxy_url, "--delay", "0", "--max-pages", "10", "--round", "r")
    apart("retest", "baita", "--author", "Li", "--reason", "its server was moved", *crawl, workspace=workspace)
    again(workspace)
    page = (workspace / "reports" / "r" / "sites" / "baita.html").read_text(encoding="utf-8")
    assert "its server was moved" in page
    assert "r.retest-baita-1" in page
    assert lines(workspace, "overview_facets")["zean"] == other
    evidence = lines(workspace, "overview_facets")["baita"]["evidence_urls"].split()
    assert evidence
    assert "r.retest-baita-1" in inside("review", "list", workspace=workspace)  # the newest round is still `r`


def test_a_round_without_any_says_so(tmp_path):
    example = Path(__file__).parents[2] / "examples" / "city_figures"
    values, sites = str(example / "values.csv"), str(example / "sites.csv")
    inside("external", "add", values, "--sites", sites, "--round", "r", "--cutoff", "2026-06-30", workspace=tmp_path)
    assert "round r: no correction, objection or retest" in inside("review", "list", workspace=tmp_path)
