"""Old runs of jobs: which go, and that their logs go with them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from waiwen.jobs.book import Run, State
from waiwen.jobs.pruning import surplus

START = datetime(2026, 1, 1, tzinfo=UTC)


def run(number, job="j", state=State.DONE, by_hand=False):
    moment = START + timedelta(hours=number)
    log = f"logs/jobs/{job}-{number}.log"
    return Run(job, moment, by_hand, state, 1, "host:/ws", 1, moment, moment, moment, 0, "", log, "")


NOW = START + timedelta(days=1)


def going(runs, keep):
    return [found.log.partition("-")[2].removesuffix(".log") for found in surplus(runs, keep, NOW)]


def test_the_newest_of_each_job_stay():
    runs = [*(run(n) for n in range(4)), *(run(n, "k") for n in range(2))]
    assert going(runs, 2) == ["0", "1"]
    assert going(runs, 9) == []


def test_no_run_of_a_job_that_is_running_goes():
    assert going([run(0), run(1), run(2, state=State.RUNNING)], 1) == []


def test_the_newest_scheduled_run_stays_for_it_tells_what_is_due():
    assert going([run(0), run(1), run(2, by_hand=True), run(3, by_hand=True)], 1) == ["0", "2"]


def test_the_newest_run_that_ended_well_stays():
    failed = [run(n, state=State.FAILED) for n in (2, 3)]
    assert going([run(0), run(1, state=State.FAILURES), *failed], 1) == ["0", "2"]


def test_a_run_that_a_wrong_clock_put_far_ahead_pushes_no_other_out():
    assert going([run(0), run(1), run(10_000)], 1) == ["0"]


@pytest.fixture
def history(desk):
    """Three runs of a job, each with its log."""
    for number in range(3):
        assert desk.book.claim(run(number))
        log = desk.place.folder / run(number).log
        log.parent.mkdir(parents=True, exist_ok=True)
        log.write_text("$ waiwen report\n")
    return desk


def prune(waiwen, desk, *options):
    return waiwen("archive", "prune", "--keep-runs", "1", *options, "--workspace", desk.place.folder)


def test_old_runs_go_from_the_history_with_their_logs(waiwen, history):
    code, out, err = prune(waiwen, history, "--dry-run")
    assert (code, err, out) == (0, "", "2 runs of jobs would be deleted, with their logs\n")
    assert len(history.book.every_run()) == 3
    assert prune(waiwen, history)[:2] == (0, "2 runs of jobs deleted, with their logs\n")
    assert [found.log for found in history.book.every_run()] == [run(2).log]
    assert [path.name for path in (history.place.folder / "logs" / "jobs").iterdir()] == ["j-2.log"]


def test_a_run_that_was_taken_up_again_meanwhile_is_not_forgotten(history):
    old = history.book.every_run()[0]
    history.book.change_state(old, State.RUNNING, attempt=2)
    assert not history.book.forget(old)
    assert not history.book.forget(replace(old, state=State.RUNNING))
    assert len(history.book.every_run()) == 3
