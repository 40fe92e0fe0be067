"""The server under a clock of ours, with runs that end when we say so."""

import os
import subprocess
import time
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import ClassVar

import pytest
import sqlalchemy as sa

from crawler.errors import BadInput
from waiwen.jobs.book import Job, State
from waiwen.jobs.round_counts import kept_findings
from waiwen.jobs.runner import Running
from waiwen.jobs.schedule import Schedule, fires
from waiwen.jobs.serve import Server
from waiwen.jobs.taking import RETRY_AFTER, settle, take, wants
from waiwen.workspace import open_workspace

from .conftest import open_desk
from .test_monitors import round_of

BERLIN = "Europe/Berlin"
START = datetime(2026, 3, 10, tzinfo=UTC)


class Instant:
    """A run that ends at once, or when `state` is set."""

    def __init__(self, desk, taken, state=State.DONE):
        self.desk, self.taken, self.state = desk, taken, state

    def poll(self):
        return self.state is not None

    def stop(self):
        self.state = self.state or State.INTERRUPTED

    def end(self, grace=0):
        pass

    def finish(self, now):
        run = self.desk.book.change_state(self.taken.run, self.state, ended=now, exit=0)
        os.close(self.taken.lock)
        return run


def probe(name, schedule, anchor=START):
    return Job(name, "probe", (), schedule, anchor)


def server(desk, begin=Instant, **settings):
    return Server(desk, say=lambda _: None, begin=begin, **settings)


def test_a_month_of_three_schedules_over_a_clock_change_and_a_restart_runs_each_time_exactly_once(tmp_path):
    jobs = [
        probe("daily", Schedule(cron="30 2 * * *", timezone=BERLIN)),
        probe("hourly", Schedule(cron="0 * * * *", timezone=BERLIN)),
        probe("six", Schedule(every=timedelta(hours=6), timezone=BERLIN)),
    ]
    desk = open_desk(tmp_path / "ws")
    for job in jobs:
        desk.book.add(job)
    end = START + timedelta(days=30)
    restart = datetime(2026, 3, 29, tzinfo=UTC)  # an hour before the clocks go forward
    ticking, now = server(desk), START
    while now < end:
        now += timedelta(hours=1)
        if now == restart:
            ticking.stop(lambda: restart)
            desk = open_desk(tmp_path / "ws")
            ticking = server(desk)
        ticking.tick(now)
    ticking.stop(lambda: end)
    ran = Counter((run.job, run.fire_time) for run in desk.book.history(limit=10_000))
    wanted = Counter((job.name, moment) for job in jobs for moment in _until(job, end))
    assert ran == wanted
    assert Counter(job for job, _ in ran) == {"daily": 30, "hourly": 720, "six": 120}


def _until(job, end):
    for moment in fires(job.schedule, job.anchor, job.anchor):
        if moment > end:
            return
        yield moment


def test_two_servers_and_a_command_on_one_workspace_run_a_fire_time_once(tmp_path):
    first, second = (server(open_desk(tmp_path / "ws"), begin=lambda d, t: Instant(d, t, None)) for _ in range(2))
    job = probe("j", Schedule(every=timedelta(hours=1)))
    first.desk.book.add(job)
    now = START + timedelta(hours=1)
    first.tick(now)
    second.tick(now)
    assert (list(first.work), list(second.work)) == (["j"], [])
    assert take(second.desk, job, now + timedelta(seconds=1), by_hand=True) is None
    second.tick(now + timedelta(hours=1))  # due again, and still running elsewhere
    assert len(second.desk.book.history("j")) == 1


def test_the_database_itself_refuses_a_second_running_row(desk):
    job = probe("j", Schedule(every=timedelta(hours=1)))
    taken = take(desk, job, START + timedelta(hours=1))
    assert not desk.book.claim(replace(taken.run, fire_time=START + timedelta(hours=2)))
    assert not desk.book.claim(replace(taken.run, state=State.DONE))


def test_what_fell_due_while_a_job_ran_or_nobody_served_is_made_up_for_once(desk):
    desk.book.add(probe("j", Schedule(every=timedelta(hours=1))))
    ticking = server(desk, begin=lambda d, t: Instant(d, t, None))
    ticking.tick(START + timedelta(hours=1))
    for hour in (2, 3, 4):
        ticking.tick(START + timedelta(hours=hour, minutes=1))
    ticking.work["j"].state = State.DONE
    for minute in range(2, 30):
        ticking.tick(START + timedelta(hours=4, minutes=minute))
        for work in ticking.work.values():
            work.state = State.DONE
    assert [run.fire_time.hour for run in desk.book.history("j")] == [4, 1]


def test_a_clock_that_is_set_back_runs_nothing_twice_and_one_that_was_far_ahead_stops_nothing(desk):
    desk.book.add(probe("j", Schedule(every=timedelta(hours=1))))
    ticking = server(desk)
    for hours in (1, 5, 3, 5, 6):
        ticking.tick(START + timedelta(hours=hours))
        ticking.tick(START + timedelta(hours=hours, seconds=1))
    assert sorted(run.fire_time.hour for run in desk.book.history("j")) == [1, 5, 6]
    for moment in (timedelta(days=400), timedelta(hours=7), timedelta(hours=7, seconds=1)):
        ticking.tick(START + moment)
    assert desk.book.history("j")[-1].fire_time == START + timedelta(hours=1)
    assert START + timedelta(hours=7) in {run.fire_time for run in desk.book.history("j")}


def test_a_run_whose_owner_died_is_marked_lost_and_taken_up_once(tmp_path):
    import os

    desk = open_desk(tmp_path / "ws")
    desk.book.add(probe("j", Schedule(every=timedelta(hours=1))))
    now = START + timedelta(hours=1)
    os.close(take(desk, desk.book.job("j"), now).lock)  # as the system does when the owner dies
    assert [run.state for run in settle(desk, now)] == [State.LOST]
    again = take(desk, desk.book.job("j"), now)
    assert (again.run.attempt, again.run.fire_time) == (2, now)
    assert "lost" in again.run.note
    os.close(again.lock)
    settle(desk, now)
    assert take(desk, desk.book.job("j"), now) is None
    assert [(run.state, run.attempt) for run in desk.book.history()] == [(State.LOST, 2)]


def test_a_run_on_another_machine_is_alive_while_its_heart_beats(desk):
    job = probe("j", Schedule(every=timedelta(hours=1)))
    now = START + timedelta(hours=1)
    import os

    taken = take(desk, job, now)
    os.close(taken.lock)
    desk.book.change_state(taken.run, State.RUNNING, owner="elsewhere:/srv")
    assert settle(desk, now + timedelta(minutes=4)) == []
    assert [run.state for run in settle(desk, now + timedelta(minutes=6))] == [State.LOST]


def test_a_stopped_run_goes_on_with_the_next_server_and_a_failed_one_after_a_pause(desk):
    desk.book.add(probe("j", Schedule(every=timedelta(days=1))))
    now = START + timedelta(days=1)
    ticking = server(desk, begin=lambda d, t: Instant(d, t, None))
    ticking.tick(now)
    ticking.stop(lambda: now)
    assert desk.book.newest("j").state is State.INTERRUPTED
    ticking = server(desk, begin=lambda d, t: Instant(d, t, State.FAILED))
    ticking.tick(now)
    ticking.tick(now)
    assert (desk.book.newest("j").state, desk.book.newest("j").attempt) == (State.FAILED, 1)
    ticking.tick(now + RETRY_AFTER / 2)
    assert not ticking.work
    ticking.tick(now + RETRY_AFTER)
    ticking.tick(now + RETRY_AFTER)
    assert desk.book.newest("j").attempt == 2
    ticking.tick(now + 3 * RETRY_AFTER)
    assert not ticking.work
    assert len(desk.book.history()) == 1


def test_a_paused_job_rests_and_no_more_than_the_parallel_ones_run(desk):
    for name in "abcd":
        desk.book.add(probe(name, Schedule(every=timedelta(hours=1))))
    desk.book.change(replace(desk.book.job("a"), paused=True))
    ticking = server(desk, begin=lambda d, t: Instant(d, t, None), parallel=2)
    ticking.tick(START + timedelta(hours=1))
    assert list(ticking.work) == ["b", "c"]


@pytest.mark.parametrize("state", [State.REFUSED, State.DONE, State.FAILURES])
def test_what_is_done_or_needs_a_person_is_not_run_again(desk, state):
    desk.book.add(probe("j", Schedule(every=timedelta(days=1))))
    ticking = server(desk, begin=lambda d, t: Instant(d, t, state))
    for minutes in range(0, 60, 5):
        ticking.tick(START + timedelta(days=1, minutes=minutes))
    assert [run.state for run in desk.book.history()] == [state]


def test_jobs_live_in_the_workspace(tmp_path):
    open_desk(tmp_path / "ws").book.add(probe("j", Schedule(cron="0 2 * * 1")))
    assert open_workspace(tmp_path / "ws").archive.round_names() == []
    kept = open_desk(tmp_path / "ws").book.job("j")
    assert kept == probe("j", Schedule(cron="0 2 * * 1"))


def test_a_tick_asks_the_database_as_often_for_ten_jobs_as_for_one(tmp_path):
    asked = []
    for count in (1, 10):
        desk = open_desk(tmp_path / f"ws{count}")
        for number in range(count):
            desk.book.add(probe(f"j{number}", Schedule(cron="0 2 * * *", timezone="UTC")))
        ours = server(desk)
        ours.tick(START)
        statements = []
        sa.event.listen(desk.book.engine, "before_cursor_execute", lambda *told: statements.append(told[2]))  # noqa: B023
        ours.tick(START + timedelta(seconds=1))
        asked.append(len(statements))
    assert asked[0] == asked[1] <= 3


def test_a_run_that_a_clock_far_ahead_began_hides_no_later_one_that_was_left(desk):
    job = probe("j", Schedule(cron="0 2 * * *", timezone="UTC"))
    desk.book.add(job)
    ahead = server(desk)
    ahead.tick(START + timedelta(days=4000))
    ahead.tick(START + timedelta(days=4000))
    failing = server(desk, lambda *taken: Instant(*taken, state=State.FAILED))
    two = START.replace(hour=2)
    failing.tick(two)
    failing.tick(two)
    again = desk.book.standings(two, "j")["j"].newest
    assert (again.state, again.attempt) == (State.FAILED, 1)
    ended = server(desk)
    for _ in range(2):
        ended.tick(two + RETRY_AFTER)
    ran = [(run.fire_time, run.attempt, run.state) for run in desk.book.history("j")]
    assert (two, 2, State.DONE) in ran


def test_a_fire_time_that_a_clock_far_ahead_caught_up_is_known_as_run(desk):
    job = probe("once", Schedule(at=START + timedelta(hours=2)))
    desk.book.add(job)
    ahead = server(desk)
    for _ in range(2):
        ahead.tick(START + timedelta(days=4000))
    later = START + timedelta(hours=3)
    assert not wants(job, desk.book.standings(later)["once"], later)


def test_a_run_whose_owner_died_when_its_round_was_complete_is_told_and_not_run_again(desk, monkeypatch):
    told = []
    monkeypatch.setattr("waiwen.jobs.serve.tell", lambda _place, run, _now: told.append(run.state) or [])
    desk.book.add(Job("j", "discover", (), Schedule(), START))
    taken = take(desk, desk.book.job("j"), START, by_hand=True)
    round_of(desk.place, taken.run.round, 10, (None,), steps=("discover",))
    os.close(taken.lock)
    ours = Server(desk, say=lambda _: None)
    for seconds in range(3):
        ours.tick(START + timedelta(seconds=seconds))
    (run,) = desk.book.history()
    assert (run.state, run.exit, told) == (State.DONE, 0, [State.LOST, State.DONE])
    assert kept_findings(desk.book.engine, run.round)
    assert not (desk.place.folder / run.log).exists()


def test_a_new_job_does_not_take_up_what_a_removed_one_of_its_name_left(waiwen, tmp_path):
    desk = open_desk(tmp_path / "ws")
    desk.book.add(probe("j", Schedule()))
    taken = take(desk, desk.book.job("j"), START, by_hand=True)
    Instant(desk, taken, State.INTERRUPTED).finish(START)
    assert waiwen("jobs", "remove", "j", "--workspace", tmp_path / "ws")[0] == 0
    desk.book.add(probe("j", Schedule()))
    assert desk.book.newest("j").state is State.DROPPED
    assert take(desk, desk.book.job("j"), START + timedelta(days=1), by_hand=True).run.attempt == 1
    assert [run.fire_time for run in desk.book.history("j")] == [START + timedelta(days=1), START]


def test_a_job_whose_runner_died_can_be_removed(waiwen, tmp_path):
    desk = open_desk(tmp_path / "ws")
    desk.book.add(probe("j", Schedule()))
    os.close(take(desk, desk.book.job("j"), START, by_hand=True).lock)
    assert waiwen("jobs", "remove", "j", "--workspace", tmp_path / "ws")[0] == 0


def test_an_idle_server_tries_again_what_was_not_delivered(desk, monkeypatch):
    tried = []
    monkeypatch.setattr("waiwen.jobs.serve.send_alerts", lambda _place, events, now: tried.append(now) or [])
    ours = server(desk)
    for seconds in range(0, 60, 5):
        ours.tick(START + timedelta(seconds=seconds))
    assert [(moment - START).seconds for moment in tried] == [0, 15, 30, 45]


class Deaf(Instant):
    """A run that does not hear that it is to stop."""

    given: ClassVar = []

    def poll(self):
        return bool(self.given)

    def end(self, grace=0):
        self.given.append(grace)
        self.state = State.LOST
        time.sleep(0.05)


def test_all_runs_together_have_one_time_to_stop_in(desk):
    for name in "abc":
        desk.book.add(probe(name, Schedule(at=START)))
        desk.book.change(probe(name, Schedule(at=START), START - timedelta(days=1)))
    ours = server(desk, Deaf)
    ours.tick(START)
    ours.stop(lambda: START)
    assert len(Deaf.given) == 3
    assert Deaf.given[0] > Deaf.given[1] > Deaf.given[2]


@pytest.mark.parametrize(("left", "state"), [([["crawl"]], State.INTERRUPTED), ([], State.DONE)])
def test_a_run_that_is_stopped_between_two_commands_is_not_done(desk, left, state):
    desk.book.add(Job("j", "report", (), Schedule(), START))
    running = Running(desk, take(desk, desk.book.job("j"), START, by_hand=True))
    running.lines = [["discover"], *left]
    running.child = subprocess.Popen(["true"], stdin=subprocess.PIPE)
    running.child.wait()
    running.stop()
    assert running.poll()
    assert running.finish(START).state is state


def test_a_job_whose_time_zone_this_machine_does_not_know_is_told_and_holds_up_no_other(desk):
    desk.book.add(probe("a", Schedule(cron="0 2 * * *", timezone="Mars/Olympus")))
    desk.book.add(probe("b", Schedule(cron="0 2 * * *", timezone="UTC")))
    ours = server(desk)
    with pytest.raises(BadInput, match="a: time zone Mars/Olympus: this machine does not know it"):
        ours.tick(START.replace(hour=2))
    assert [run.job for run in desk.book.history()] == ["b"]
