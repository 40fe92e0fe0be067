"""A round on PostgreSQL is the round that it is on SQLite."""

import csv
import os
import subprocess
import sys

import pytest
import sqlalchemy as sa

from crawler.archive.database import connect_database
from waiwen.demo import CUTOFF, ROSTER
from waiwen.demo.server import DemoServer
from waiwen.migrations import METADATA

TABLES = ("versions", "pairs", "columns", "failures")
# What a measurement is, but for its evidence, which has the time of each capture.
MEASURED = ("site", "language", "indicator", "outcome", "value", "n")


@pytest.fixture
def roster(tmp_path):
    """The first of the demonstration sites."""
    lines = ROSTER.read_text("utf-8").splitlines(keepends=True)
    path = tmp_path / "sites.csv"
    path.write_text("".join(lines[:2]), "utf-8")
    return path


def audit(roster, workspace, proxy, database):
    """Run a round as an operator does; returns its tables, its measurements and how many rows each SQL table has."""
    options = {
        "cutoff": CUTOFF,
        "round": "r",
        "delay": 0,
        "proxy": proxy,
        "max-pages": 5,
        "workers": 1,
        "workspace": workspace,
    }
    environment = {**os.environ, "WAIWEN_DATABASE_URL": database}
    done = subprocess.run(
        [sys.executable, "-m", "waiwen", "audit", roster, "--no-render", *(f"--{k}={v}" for k, v in options.items())],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
    )
    assert done.returncode == 0, done.stderr
    report = workspace / "reports" / "r"
    tables = {name: (report / f"{name}.csv").read_bytes() for name in TABLES}
    with (report / "measurements.csv").open(encoding="utf-8-sig", newline="") as file:
        measured = [tuple(row[name] for name in MEASURED) for row in csv.DictReader(file)]
    with connect_database(database).connect() as connection:
        named = [table for metadata in METADATA for table in metadata.sorted_tables]
        rows = {t.name: connection.scalar(sa.select(sa.func.count()).select_from(t)) for t in named}
    # How long the server took is another figure each time.
    return tables, [row for row in measured if "load_seconds" not in row], rows


def test_a_round_has_the_same_tables_on_postgresql_as_on_sqlite(roster, tmp_path, postgres):
    with DemoServer() as server:
        ours = audit(roster, tmp_path / "a", server.proxy_url, f"sqlite:///{tmp_path / 'a.db'}")
        theirs = audit(roster, tmp_path / "b", server.proxy_url, postgres())
    assert theirs == ours
    assert len(ours[1]) > 50
    assert ours[2]["capture"] > 5


def test_what_a_site_writes_is_stored_whatever_characters_it_has(database_url):
    from dataclasses import replace
    from datetime import UTC, date, datetime

    from crawler.archive.index import Archive, open_database
    from crawler.model import Capture, Site

    archive = Archive(open_database(database_url), None)
    noon = datetime(2026, 6, 30, 12, tzinfo=UTC)
    site = Site("a", "甲", "c", "", "http://a/")
    archive.start_round("r", [site], cutoff=date(2026, 6, 30), started=noon, digest="d", settings={})
    headers = (("X", "a\0b"),)
    big = 3 << 30  # bytes: past what 32 bits hold
    capture = Capture(
        0, "r", "a", "zh", "page", "http://a/", "http://a/", 200, noon, headers, "sha256:0", "w", big, 2, 0.1
    )
    key = archive.add_capture(replace(capture, anchor="a\0b"))
    assert archive.captures("r", "a") == (replace(capture, id=key, anchor="a\ufffdb"),)
