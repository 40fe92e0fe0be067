"""A full disk and a locked database during a job."""

import resource
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest

from crawler.archive.index import open_database
from crawler.archive.verify import verify
from crawler.errors import StorageError
from waiwen.jobs.book import Book, Job, State
from waiwen.jobs.desk import Desk
from waiwen.jobs.schedule import Schedule
from waiwen.jobs.serve import Server

from .conftest import open_desk, roster
from .test_running import PATIENCE, until
from .test_serve import Instant

START = datetime(2026, 1, 1, tzinfo=UTC)


def test_a_full_disk_during_a_job_is_told_and_the_next_run_ends_the_same_round(waiwen, web, tmp_path):
    proxy, _ = web(1, pages=4)
    sites, place = roster(tmp_path / "sites.csv", 0), ("--workspace", tmp_path / "ws")
    options = ("--kind", "discover", "--delay", "0", "--workers", "1", "--proxy", proxy)
    assert waiwen("jobs", "add", "j", "--sites", sites, *options, *place)[0] == 0
    size = (tmp_path / "ws" / "waiwen.db").stat().st_size
    line = [sys.executable, "-m", "waiwen", "jobs", "run", "j", "--workspace", str(tmp_path / "ws")]
    room = size + 16 * 1024  # a file that would grow beyond is refused, as on a full disk

    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))

    first = subprocess.run(line, check=False, preexec_fn=limit, capture_output=True, text=True, timeout=300)
    assert first.returncode == 1, first
    assert "Traceback" not in first.stdout + first.stderr
    assert "Make room" in first.stdout + first.stderr
    second = subprocess.run(line, check=False, capture_output=True, text=True, timeout=300)
    assert second.returncode == 0, second
    desk = open_desk(tmp_path / "ws")
    assert [run.state for run in desk.book.history()] == [State.DONE]
    assert verify(desk.place.archive) == []
    assert len(desk.place.archive.round_names()) == 1


def test_a_database_that_is_locked_during_a_job_is_told_and_the_next_run_ends_the_same_round(
    waiwen, web, tmp_path, monkeypatch
):
    proxy, hits = web(1, pages=4)
    place = ("--workspace", tmp_path / "ws")
    monkeypatch.setenv("WAIWEN_DATABASE_URL", f"sqlite:///{tmp_path / 'ws' / 'waiwen.db'}?timeout=0.3")
    options = ("--kind", "discover", "--delay", "0.4", "--workers", "1", "--proxy", proxy)
    (tmp_path / "ws").mkdir()
    assert waiwen("jobs", "add", "j", "--sites", roster(tmp_path / "sites.csv", 0), *options, *place)[0] == 0
    line = [sys.executable, "-m", "waiwen", "jobs", "run", "j", "--workspace", str(tmp_path / "ws")]
    first = subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    until(lambda: hits)
    with closing(sqlite3.connect(tmp_path / "ws" / "waiwen.db", isolation_level=None, timeout=30)) as other:
        other.execute("BEGIN IMMEDIATE")
        said, _ = first.communicate(timeout=PATIENCE)
    assert first.returncode == 1, said
    assert "database is locked. Another program keeps it locked" in said
    assert "Traceback" not in said
    second = subprocess.run(line, check=False, capture_output=True, text=True, timeout=PATIENCE)
    assert second.returncode == 0, second
    desk = open_desk(tmp_path / "ws")
    assert [(run.state, run.attempt) for run in desk.book.history()] == [(State.DONE, 2)]
    assert verify(desk.place.archive) == []
    assert len(desk.place.archive.round_names()) == 1


@pytest.fixture
def impatient(tmp_path):
    """A desk whose book gives up on a locked database at once."""
    desk = open_desk(tmp_path / "ws")
    return Desk(desk.place, Book(open_database(desk.place.database, 0.05)), desk.commands)


def test_a_locked_database_neither_loses_nor_doubles_a_run(impatient, tmp_path):
    impatient.book.add(Job("j", "probe", (), Schedule(every=timedelta(days=1)), START))
    server = Server(impatient, say=lambda _: None, begin=lambda desk, taken: Instant(desk, taken, None))
    now = START + timedelta(days=1)
    other = sqlite3.connect(tmp_path / "ws" / "waiwen.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StorageError, match="locked"):
        server.tick(now)
    other.execute("ROLLBACK")
    server.tick(now)
    server.work["j"].state = State.DONE
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StorageError, match="locked"):
        server.tick(now + timedelta(minutes=1))
    other.execute("ROLLBACK")
    server.tick(now + timedelta(minutes=2))
    other.close()
    assert [(run.state, run.attempt) for run in impatient.book.history()] == [(State.DONE, 1)]
