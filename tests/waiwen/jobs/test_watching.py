import json
import os
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from crawler.errors import BadInput
from waiwen.jobs.book import Job, State
from waiwen.jobs.metrics import metrics_text, parse_address, serving_metrics
from waiwen.jobs.progress import snapshot
from waiwen.jobs.schedule import Schedule
from waiwen.jobs.taking import take
from waiwen.steps import open_round
from waiwen.watch import worked_on

from .test_monitors import round_of

START = datetime(2026, 1, 1, tzinfo=UTC)


def test_a_snapshot_tells_sites_pages_rate_and_the_time_left_by_the_round_before(desk):
    archive = desk.place.archive
    round_of(desk.place, "one", 1, (None, None, "blocked"))
    round_of(desk.place, "two", 2, (None, "timeout", None))
    with archive.engine.begin() as connection:  # the second is under way, with half of it to come
        connection.exec_driver_sql("DELETE FROM capture WHERE round = 'two' AND site_id = 's2'")
        connection.exec_driver_sql("UPDATE round SET finished_steps = '[\"discover\"]' WHERE name = 'two'")
    seen = snapshot(archive, "two", START + timedelta(days=1, seconds=40))
    assert (seen.step, seen.sites, seen.sites_done, seen.captures, seen.blocked, seen.failed) == (
        "crawl",
        3,
        0,
        20,
        0,
        10,
    )
    assert (seen.rate, seen.left) == (0.5, 20)
    later = snapshot(archive, "two", START + timedelta(days=1, seconds=100))
    assert later.sites_done == 2
    assert snapshot(archive, "one", START).left is None


def test_watching_prints_json_lines_until_the_round_is_done(waiwen, desk):
    round_of(desk.place, "one", 1, (None,))
    for step in ("discover", "crawl", "measure", "score"):
        desk.place.archive.finish_step("one", step)
    code, out, _ = waiwen("watch", "--workspace", desk.place.folder, "--json")
    assert code == 0
    (line,) = out.splitlines()
    assert (json.loads(line)["round"], json.loads(line)["step"], json.loads(line)["captures"]) == ("one", "", 10)
    assert "captures: 10" in waiwen("watch", "--workspace", desk.place.folder)[1]


def test_watching_ends_when_nobody_works_on_the_round_any_more(desk):
    round_of(desk.place, "one", 1, (None,))
    with desk.place.archive.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE round SET finished_steps = '[\"discover\"]'")
    # A process of its own, under a limit: what it must not do is go on for ever.
    line = [sys.executable, "-m", "waiwen", "watch", "--every", "0.2", "--json", "--workspace", str(desk.place.folder)]
    ended = subprocess.run(line, capture_output=True, text=True, timeout=60, check=True)
    assert {json.loads(line)["step"] for line in ended.stdout.splitlines()} == {"crawl"}
    assert ended.stderr == "round one: nobody works on it; `crawl` would come next\n"


def test_a_round_is_worked_on_while_a_command_holds_it_or_a_job_runs_it(desk):
    job = Job("weekly", "discover", (("--sites", "s.csv"),), Schedule(every=timedelta(hours=1)), START)
    desk.book.add(job)
    now = START + timedelta(hours=1)
    taken = take(desk, job, now)
    round_of(desk.place, taken.run.round, 1, (None,))
    round_ = open_round(desk.place, taken.run.round)
    assert worked_on(round_, now)
    assert not worked_on(round_, now + timedelta(minutes=6))  # its owner has died
    os.close(taken.lock)
    desk.book.change_state(taken.run, State.DONE, ended=now)
    assert not worked_on(round_, now)
    with round_.held():
        assert worked_on(round_, now)
    gone = subprocess.Popen(["true"])
    gone.wait()
    round_.lock_file.write_text(f"{gone.pid}\n")
    assert not worked_on(round_, now)


def test_metrics_tell_the_last_state_of_each_job_and_how_far_its_round_is(desk):
    job = Job("weekly", "discover", (("--sites", "s.csv"),), Schedule(every=timedelta(hours=1)), START)
    desk.book.add(job)
    taken = take(desk, job, START + timedelta(hours=1))
    round_of(desk.place, taken.run.round, 1, (None, "blocked"))
    said = metrics_text(desk.book, desk.place.archive, START + timedelta(hours=1)).splitlines()
    assert 'waiwen_job_last_state{job="weekly",state="running"} 1' in said
    assert 'waiwen_job_last_state{job="weekly",state="done"} 0' in said
    assert f'waiwen_round_blocked{{round="{taken.run.round}"}} 10' in said
    names = [line.split()[2] for line in said if line.startswith("# TYPE")]
    assert len(names) == len(set(names))


def test_metrics_tell_of_a_rare_job_among_many_runs_of_others_and_of_no_removed_one(desk):
    for name in ("rare", "often", "gone"):
        job = Job(name, "report", (), Schedule(), START)
        desk.book.add(job)
        taken = take(desk, job, START, by_hand=True)
        run = desk.book.change_state(taken.run, State.DONE, ended=START + timedelta(minutes=1))
        os.close(taken.lock)
        for minute in range(1, 1100 if name == "often" else 1):
            fired = START + timedelta(minutes=minute)
            desk.book.claim(replace(run, job=name, fire_time=fired, started=fired))
    desk.book.remove("gone")
    said = metrics_text(desk.book, desk.place.archive, START + timedelta(days=1))
    assert f'waiwen_job_last_done_timestamp_seconds{{job="rare"}} {START.timestamp() + 60:.0f}' in said
    assert 'waiwen_job_last_state{job="rare",state="done"} 1' in said
    assert "gone" not in said


@pytest.mark.skipif(not socket.has_ipv6, reason="no IPv6")
def test_metrics_are_served_on_an_address_of_ipv6():
    with (
        serving_metrics(parse_address("[::1]:0"), lambda: "waiwen_jobs 1\n") as port,
        urllib.request.urlopen(f"http://[::1]:{port}/metrics") as answer,
    ):
        assert answer.read() == b"waiwen_jobs 1\n"


def test_metrics_are_served_on_the_named_address_only():
    with serving_metrics(("127.0.0.1", 0), lambda: "waiwen_jobs 1\n") as port:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics") as answer:
            assert (answer.read(), answer.headers.get_content_type()) == (b"waiwen_jobs 1\n", "text/plain")
        with pytest.raises(urllib.error.HTTPError):
            urllib.request.urlopen(f"http://127.0.0.1:{port}/")
        with pytest.raises(BadInput, match="cannot be listened on"), serving_metrics(("127.0.0.1", port), str):
            pass


@pytest.mark.parametrize("text", ["9108", ":9108", "127.0.0.1", "127.0.0.1:x", "127.0.0.1:99999"])
def test_an_address_for_metrics_is_never_guessed(text):
    with pytest.raises(BadInput, match="ADDRESS:PORT"):
        parse_address(text)
