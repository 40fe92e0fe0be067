import sys

import pytest

from waiwen.cli import main


@pytest.fixture
def waiwen(monkeypatch, capsys):
    """Run the command line in this process: waiwen("audit", path) → (exit code, stdout, stderr)."""

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["waiwen", *map(str, arguments)])
        try:
            main()
            code = 0
        except SystemExit as stop:
            code = stop.code or 0
        said = capsys.readouterr()
        return code, said.out, said.err

    return run
