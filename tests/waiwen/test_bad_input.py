"""Bad input ends in exit code 2, a message that names file and line, and nothing written."""

import pytest

ROW = "a,甲市,prefecture,东,http://www.a.gov.example/"
HEAD = "id,name,cohort,region,url"


@pytest.fixture
def audit(waiwen, tmp_path):
    """Audit a site list given as text or bytes; returns (code, stderr) and checks that nothing was written."""

    def run(content, *options):
        path = tmp_path / "sites.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        workspace = tmp_path / "ws"
        code, _, err = waiwen("audit", path, "--workspace", workspace, *options)
        assert not workspace.exists()
        return code, err

    return run


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("id,name,cohort,url\na,甲市,prefecture,http://www.a.gov.example/\n", "region"),
        (f"{HEAD}\n{ROW}\na,乙市,prefecture,东,http://www.b.gov.example/\n", "line 3"),
        (f"{HEAD}\na,甲市,prefecture,东,www.a.gov.example\n", "line 2"),
        ("", "empty"),
        (bytes(range(256)) * 4, "sites.csv"),
    ],
    ids=["a missing column", "a duplicate id", "a bad address", "an empty file", "a binary file"],
)
def test_a_broken_site_list_is_refused(audit, content, told):
    code, err = audit(content)
    assert code == 2
    assert "sites.csv" in err
    assert told in err
    assert "Traceback" not in err


def test_a_missing_site_list_is_refused(waiwen, tmp_path):
    code, _, err = waiwen("audit", tmp_path / "none.csv", "--workspace", tmp_path / "ws")
    assert code == 2
    assert "none.csv" in err
    assert not (tmp_path / "ws").exists()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda text: text.replace("weight: 4.5", "weight: 5.5", 1), "add up"),
        (lambda text: text.replace("id: days_since_update", "id: days_since_updates", 1), "days_since_update?"),
        (lambda text: text.replace("indicators:", "indicators: [", 1), "line"),
        (lambda text: "", "empty"),
    ],
    ids=["weights that do not add up", "an unknown indicator", "broken YAML", "an empty file"],
)
def test_a_broken_rule_file_is_refused_before_anything_is_fetched(audit, tmp_path, change, told):
    from scoring.ruleset.loading import default_rules_path

    rules = tmp_path / "rules.yaml"
    text = default_rules_path().read_text("utf-8")
    assert change(text) != text
    rules.write_text(change(text), "utf-8")
    code, err = audit(f"{HEAD}\n{ROW}\n", "--rules", str(rules))
    assert code == 2
    assert "rules.yaml" in err
    assert told in err


def test_a_workspace_that_is_a_file_is_refused(waiwen, tmp_path):
    (tmp_path / "sites.csv").write_text(f"{HEAD}\n{ROW}\n", "utf-8")
    (tmp_path / "ws").write_text("x")
    options = ("--workspace", tmp_path / "ws", "--contact", "you@example.org")
    code, _, err = waiwen("audit", tmp_path / "sites.csv", *options)
    assert code == 2
    assert "ws" in err
    assert (tmp_path / "ws").read_text() == "x"


def test_a_workspace_that_cannot_be_made_is_refused(waiwen, tmp_path):
    (tmp_path / "sites.csv").write_text(f"{HEAD}\n{ROW}\n", "utf-8")
    options = ("--workspace", "/proc/waiwen", "--contact", "you@example.org")
    code, _, err = waiwen("audit", tmp_path / "sites.csv", *options)
    assert code == 2
    assert "/proc/waiwen" in err


@pytest.mark.parametrize("command", ["crawl", "measure", "score", "report"])
def test_a_step_on_an_unknown_round_names_those_that_there_are(waiwen, tmp_path, command):
    from waiwen.workspace import open_workspace

    open_workspace(tmp_path / "ws", create=True)
    code, _, err = waiwen(command, "--workspace", tmp_path / "ws", "--round", "none")
    assert code == 2
    assert "'none'" in err


def test_a_step_without_a_workspace_makes_none(waiwen, tmp_path):
    code, _, err = waiwen("report", "--workspace", tmp_path / "ws")
    assert code == 2
    assert "no workspace here" in err
    assert not (tmp_path / "ws").exists()


def test_a_step_before_its_time_says_what_to_run_first(waiwen, tmp_path):
    from datetime import UTC, date, datetime

    from crawler.manners import Manners
    from crawler.model import Site
    from waiwen import steps
    from waiwen.workspace import open_workspace

    place = open_workspace(tmp_path / "ws", create=True)
    site = Site("a", "甲", "c", "", "http://www.a.gov.example/")
    steps.begin_round(
        place, [site], name="r", cutoff=date(2026, 6, 30), now=datetime(2026, 7, 1, tzinfo=UTC), manners=Manners()
    )
    code, _, err = waiwen("measure", "--workspace", tmp_path / "ws")
    assert code == 2
    assert "waiwen crawl --round r" in err


def test_an_unknown_option_is_bad_input(waiwen):
    assert waiwen("audit", "--nonsense")[0] == 2


def test_a_proxy_without_a_scheme_is_bad_input(audit):
    code, err = audit(f"{HEAD}\n{ROW}\n", "--proxy", "localhost:8080")
    assert code == 2
    assert "http://host:port" in err


@pytest.mark.parametrize("day", ["30.6.2026", "2026-02-30", "tomorrow", ""])
def test_a_day_that_is_written_otherwise_is_refused_in_words_for_people(audit, day):
    code, err = audit(f"{HEAD}\n{ROW}\n", "--cutoff", day)
    assert code == 2
    assert "--cutoff" in err
    assert "YYYY-MM-DD" in err
    assert "%" not in err


@pytest.mark.parametrize(
    "words",
    [
        ("inspect", "page.html", "--fetched", "1.2.2026"),
        ("jobs", "add", "j", "--kind", "report", "--from", "1.2.2026"),
        ("jobs", "add", "j", "--kind", "report", "--until", "1.2.2026"),
        ("jobs", "add", "j", "--kind", "report", "--at", "1.2.2026"),
        ("jobs", "add", "j", "--sites", "sites.csv", "--cutoff", "1.2.2026"),
    ],
)
def test_no_option_speaks_of_days_in_percent_signs(waiwen, words):
    code, _, err = waiwen(*words)
    assert code == 2
    assert "YYYY-MM-DD" in err
    assert "%" not in err
