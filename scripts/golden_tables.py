"""The demonstration round's tables, less what differs between machines: `make golden` keeps them, a test compares.

The round's archive is measured anew without the extras (a dictionary of Chinese, spelling), and scored without what the
machine's speed and its browser decide. No page of the demonstration needs a browser to be read.

    python scripts/golden_tables.py WORKSPACE
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import pandas as pd
from ruamel.yaml import YAML

from scoring.reports import tables
from scoring.reports.csvfile import write_csv
from scoring.ruleset.loading import default_rules_path
from waiwen import steps
from waiwen.reporting import report_of
from waiwen.workspace import open_workspace

FOLDER = Path(__file__).parents[1] / "tests" / "golden" / "demo"
BARE = Path(__file__).with_name("bare_python")
ROUND = "demo"
OF_THE_MACHINE = ("load_seconds", "axe_serious_violations")  # its speed, its browser
TABLES = ("ranking", "measurements", "versions", "pairs", "columns", "statistics", "failures")
# The clock, offsets in files, and the round's own stamps; what the rule file says as well.
LEFT_OUT = frozenset("fetched warc_addresses round cutoff edition rules_digest unspecified marks".split())
SAID_ELSEWHERE = {"measurements": frozenset("category group unit scaled weight status evidence_urls".split())}
LONGEST = 80  # characters of a cell that are kept


def golden_tables(workspace: Path) -> dict[str, str]:
    """Return each table's kept text by its name. The workspace, with its demonstration round, is left as it is."""
    with tempfile.TemporaryDirectory() as made:
        copy, rules = Path(made) / "workspace", Path(made) / "rules.yaml"
        shutil.copytree(workspace, copy, ignore=shutil.ignore_patterns("reports", "logs"))
        _yaml().dump(without(OF_THE_MACHINE, _yaml().load(default_rules_path())), rules)
        command = [sys.executable, "-m", "waiwen", "measure", "--workspace", str(copy), "--round", ROUND]
        path = os.pathsep.join([str(BARE), *filter(None, [os.environ.get("PYTHONPATH")])])
        subprocess.run(
            [*command, "--rules", str(rules)],
            check=True,
            stderr=subprocess.DEVNULL,
            cwd=FOLDER.parents[2],
            env={**os.environ, "PYTHONPATH": path},
        )
        round_ = steps.open_round(open_workspace(copy), ROUND)
        steps.score(round_, rules)
        frames = tables(report_of(round_))
        return {name: kept(name, frames[name], Path(made) / "table.csv") for name in TABLES}


def without(indicators: tuple[str, ...], rules: dict[str, Any]) -> dict[str, Any]:
    """Return a rule file that retires these indicators; their points are left unspecified, so that all sums hold."""
    stanzas = {stanza["id"]: stanza for stanza in rules["indicators"]}
    for name in indicators:
        stanza = stanzas.pop(name)
        for group in (group for category in rules["categories"] for group in category["groups"]):
            if group["id"] == stanza["group"]:
                group["unspecified"] = group.get("unspecified", 0) + stanza["weight"]
        for cohort in rules["cohorts"]:
            cohort.get("weights", {}).pop(name, None)
    return rules | {"indicators": list(stanzas.values()), "retired": [*rules["retired"], *indicators]}


def kept(name: str, frame: pd.DataFrame, scratch: Path) -> str:
    """Return a table as it is kept: as its CSV file, without what differs between machines and cut where it is long."""
    dropped = LEFT_OUT | SAID_ELSEWHERE.get(name, frozenset())
    columns = [column for column in frame.columns if column not in dropped]
    write_csv(frame[columns].map(_short), scratch)
    return scratch.read_text(encoding="utf-8-sig")


def _short(cell: object) -> object:
    return f"{cell[:LONGEST]}…" if isinstance(cell, str) and len(cell) > LONGEST else cell


def _yaml() -> YAML:
    return YAML(typ="safe", pure=True)


def renew(workspace: Path) -> None:
    """Write the kept tables anew from a workspace that holds a demonstration round."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in golden_tables(workspace).items():
        (FOLDER / f"{name}.csv").write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    renew(Path(sys.argv[1]))
