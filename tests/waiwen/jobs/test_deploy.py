"""What the documentation tells operators to run is what the command line takes."""

import configparser
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
import typer

from waiwen.cli import app
from waiwen.jobs.kinds import Commands
from waiwen.jobs.runner import GRACE

ROOT = Path(__file__).parents[3]
DEPLOY = ROOT / "docs" / "deploy"
UNIT = DEPLOY / "waiwen-jobs.service"
# Lines of the documentation that begin with the command, with what a shell would make of them.
DOCS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), DEPLOY / "README.md"]


def unit():
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str
    parser.read_string(UNIT.read_text("utf-8"))
    return parser["Service"]


def parsed(words):
    """Read a command line as waiwen does, and run nothing: the values of its options."""
    root, rest = typer.main.get_command(app), list(words)
    command = root
    while hasattr(command, "commands"):
        command = command.commands[rest.pop(0)]
    context = command.make_context(command.name, rest)
    if command.name == "add":  # what follows are options of what the job runs
        Commands(root).parse(context.params["kind"], context.args)
    return context.params


def test_the_service_runs_a_command_line_that_waiwen_takes():
    program, *words = shlex.split(unit()["ExecStart"])
    assert program == "/srv/waiwen/.venv/bin/waiwen"
    assert words[:2] == ["jobs", "serve"]
    assert str(parsed(words)["workspace"]) == unit()["ReadWritePaths"]
    assert parsed(words)["total_rate"] > 0


def test_the_service_waits_for_children_longer_than_they_take_and_does_not_repeat_bad_input():
    assert unit()["KillMode"] == "mixed"
    assert int(unit()["TimeoutStopSec"]) > GRACE
    assert unit()["RestartPreventExitStatus"] == "2"


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
def test_systemd_finds_no_fault_in_the_unit(tmp_path):
    """With a program that is there in place of waiwen's, which is not installed where the tests run."""
    copy = tmp_path / UNIT.name
    copy.write_text(UNIT.read_text("utf-8").replace("/srv/waiwen/.venv/bin/waiwen", "/bin/true"), "utf-8")
    done = subprocess.run(["systemd-analyze", "verify", "--man=no", copy], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.strip()) == (0, "")


@pytest.mark.parametrize("page", DOCS, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_command_line_on_jobs_that_the_documentation_gives_is_taken(page):
    text = page.read_text("utf-8").replace("\\\n", " ")
    lines = [found for found in _LINE.findall(text) if not re.search(r"\b[A-Z]{4,}\b|\.\.\.", found)]
    for line in lines:
        words = shlex.split(line, comments=True)
        words = words[: next((n for n, word in enumerate(words) if word in {"&&", "|", ">>", ";"}), len(words))]
        parsed(words)


_LINE = re.compile(r"^(?: {4}).*?(?:\.venv/bin/)?waiwen ((?:jobs|backup|restore|demo|watch|probe) .*)$", re.MULTILINE)


def test_the_documentation_has_command_lines_on_jobs():
    assert len(_LINE.findall((ROOT / "docs" / "jobs.md").read_text("utf-8"))) >= 5
