"""Jobs as they really run: child processes, tiny sites on loopback, kill -9."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from crawler.errors import StorageError
from waiwen.jobs import running
from waiwen.jobs.book import Job, State
from waiwen.jobs.runner import Running
from waiwen.jobs.schedule import Schedule
from waiwen.jobs.taking import take

from .conftest import open_desk, roster

PATIENCE = 300.0  # seconds; a test that waits longer has failed


def until(condition):
    deadline = time.monotonic() + PATIENCE
    while not (found := condition()):
        assert time.monotonic() < deadline
        time.sleep(0.03)
    return found


@pytest.fixture
def serve(tmp_path):
    """Start `waiwen jobs serve` on the workspace; what is left of it is killed at the end."""
    begun = []

    def start(*options):
        line = [sys.executable, "-m", "waiwen", "jobs", "serve", "--workspace", str(tmp_path / "ws"), *options]
        log = (tmp_path / "serve.log").open("ab")
        begun.append(subprocess.Popen(line, stdout=log, stderr=log))
        return begun[-1]

    yield start
    for process in begun:
        process.kill()
        process.wait()


@pytest.fixture
def add(waiwen, tmp_path):
    def call(name, proxy, *options, sites=(0,)):
        arguments = ("--workspace", tmp_path / "ws", "--sites", roster(tmp_path / f"{name}.csv", *sites))
        code, _, err = waiwen("jobs", "add", name, *arguments, "--proxy", proxy, "--workers", "1", *options)
        assert (code, err) == (0, "")

    return call


def test_a_job_that_is_killed_and_then_stopped_in_the_middle_goes_on_each_time_and_ends_once(serve, add, web, tmp_path):
    proxy, hits = web(1, pages=6)
    add("j", proxy, "--kind", "recrawl", "--delay", "0.4")
    book = open_desk(tmp_path / "ws").book
    arm(tmp_path / "ws")
    first = serve()
    until(lambda: articles(hits))
    first.send_signal(signal.SIGKILL)
    first.wait()
    killed = len(hits)
    assert book.newest("j").state is State.RUNNING
    second = serve()
    until(lambda: articles(hits[killed:]))
    second.send_signal(signal.SIGTERM)
    assert second.wait(60) == 0
    stopped = len(hits)
    run = book.newest("j")
    assert (run.state, run.attempt) == (State.INTERRUPTED, 2)
    assert "lost" in run.note
    serve()
    run = until(lambda: ended(book.newest("j")))
    assert (run.state, run.attempt) == (State.DONE, 2), run
    assert len(book.history()) == 1
    place = open_desk(tmp_path / "ws").place
    assert place.archive.round_names() == [run.round]
    assert "crawl" in place.archive.round_record(run.round)["finished_steps"]
    assert len(set(articles(hits))) == 6
    # but for the one that was under way at each end, nothing was asked for twice
    assert len(articles(hits)) <= 6 + 2
    assert len(articles(hits[stopped:])) <= 6 - len(set(articles(hits[:stopped]))) + 1


def articles(hits):
    return [path for _, _, path, status in list(hits) if path.endswith(".html") and status == 200]


NEW_YEAR = {"cron": "0 0 1 1 *", "every": None, "at": None, "timezone": "UTC", "first": None, "last": None}


def arm(folder):
    """Make every job due at once, at the same minute."""
    with sqlite3.connect(folder / "waiwen.db") as connection:
        values = ("2020-01-01T00:00:00.000000+00:00", json.dumps(NEW_YEAR))
        connection.execute("UPDATE job SET anchor = ?, schedule = ?", values)


def ended(run):
    return run if run is not None and run.state in (State.DONE, State.FAILED, State.REFUSED, State.FAILURES) else None


def test_ten_jobs_at_the_same_minute_run_once_each_hold_the_total_rate_and_all_end(serve, add, web, tmp_path):
    rate, window = 4.0, 2.0
    proxy, hits = web(10, pages=1)
    for number in range(10):
        add(f"j{number}", proxy, "--kind", "discover", "--delay", "0", sites=(number,))
    book = open_desk(tmp_path / "ws").book
    arm(tmp_path / "ws")
    for _ in range(2):  # two servers: a job that one runs is none of the other's
        serve("--total-rate", f"{rate:g}", "--parallel", "10")
    until(lambda: sum(ended(run) is not None for run in book.history(limit=50)) == 10)
    runs = book.history(limit=50)
    assert sorted((run.job, run.state, run.attempt) for run in runs) == [(f"j{n}", State.DONE, 1) for n in range(10)]
    moments = sorted(moment for moment, *_ in hits)
    assert len(moments) >= 30
    assert max(Counter((host, path) for _, host, path, _ in hits).values()) == 1
    for begin in moments:  # what the window holds, and a little for answers that were late on their way
        assert sum(begin <= moment < begin + window for moment in moments) <= window * rate + 2


def test_running_a_job_that_runs_already_exits_0_and_says_so(waiwen, add, web, tmp_path):
    proxy, hits = web(1, pages=4)
    add("j", proxy, "--kind", "discover", "--delay", "0.5")
    line = [sys.executable, "-m", "waiwen", "jobs", "run", "j", "--workspace", str(tmp_path / "ws")]
    first = subprocess.Popen(line, stdout=subprocess.PIPE)
    until(lambda: hits)
    code, out, _ = waiwen("jobs", "run", "j", "--workspace", tmp_path / "ws")
    assert (code, "already runs" in out) == (0, True)
    said, _ = first.communicate(timeout=PATIENCE)
    assert (first.returncode, said.decode().startswith("j: done")) == (0, True)
    assert len(open_desk(tmp_path / "ws").book.history()) == 1


def test_the_hand_that_stops_a_run_leaves_no_child_behind(add, web, tmp_path):
    proxy, hits = web(1, pages=4)
    add("j", proxy, "--kind", "discover", "--delay", "2")
    line = [sys.executable, "-m", "waiwen", "jobs", "run", "j", "--workspace", str(tmp_path / "ws")]
    process = subprocess.Popen(line)
    until(lambda: hits)
    process.send_signal(signal.SIGINT)
    assert process.wait(60) == 3
    desk = open_desk(tmp_path / "ws")
    lock = desk.lock("j")
    assert lock is not None
    os.close(lock)
    assert desk.book.newest("j").state is State.INTERRUPTED


def test_a_heartbeat_that_cannot_be_written_ends_no_run(desk, monkeypatch):
    def locked(*_):
        raise StorageError("the database is locked")

    class Twice(Running):
        polled = 0

        def poll(self):
            self.polled += 1
            self.code = 0
            return self.polled > 1

    desk.book.add(Job("j", "report", (), Schedule(), datetime.now(UTC)))
    monkeypatch.setattr(running, "BEAT", timedelta(0))
    monkeypatch.setattr(desk.book, "beat", locked)
    taken = take(desk, desk.book.job("j"), datetime.now(UTC), by_hand=True)
    assert running._carry(Twice(desk, taken), desk, threading.Event()).state is State.DONE
