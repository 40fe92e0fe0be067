"""`waiwen jobs` on the command line: what is kept, shown and refused."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from .conftest import open_desk, roster
from .test_monitors import round_of


@pytest.fixture
def jobs(waiwen, tmp_path):
    def call(command, *arguments):
        return waiwen("jobs", command, *arguments, "--workspace", tmp_path / "ws")

    return call


@pytest.fixture
def sites(tmp_path):
    return roster(tmp_path / "sites.csv", 0)


def test_a_job_keeps_every_option_of_the_command_that_it_runs(jobs, sites, tmp_path):
    window = ("--from", "2027-07-01", "--until", "2027-08-31")
    code, out, err = jobs(
        "add",
        "weekly",
        "--sites",
        sites,
        "--cron",
        "0 2 * * 1",
        *window,
        "--max-pages",
        "50",
        "--delay",
        "2",
        "--allow-private",
    )
    assert (code, err) == (0, "")
    assert "next at 2027-07-05 02:00 (Asia/Shanghai)" in out
    shown = jobs("show", "weekly")[1]
    line = next(line for line in shown.splitlines() if "waiwen audit" in line)
    assert "--max-pages 50 --delay 2.0 --allow-private --round weekly-..." in line
    assert line.endswith(f"-- {sites}")
    assert "Mon 2027-07-05 02:00 CST" in shown
    assert "cron 0 2 * * 1 (Asia/Shanghai), from 2027-07-01, until 2027-08-31" in jobs("list")[1]


def test_editing_changes_what_is_given_and_keeps_the_rest(jobs, sites):
    jobs("add", "j", "--sites", sites, "--cron", "0 2 * * 1", "--delay", "2", "--rate", "1")
    assert jobs("edit", "j", "--every", "6h", "--delay", "3", "--drop=--rate")[0] == 0
    shown = jobs("show", "j")[1]
    assert "every 6h" in shown
    assert "--delay 3.0" in shown
    assert "--rate" not in shown
    assert str(sites) in shown


def test_a_paused_job_says_so_and_a_removed_one_leaves_its_history(jobs, sites):
    jobs("add", "j", "--kind", "probe", "--sites", sites, "--every", "30m")
    assert "paused" in jobs("pause", "j")[1]
    assert "paused" in jobs("list")[1]
    assert "next at" in jobs("resume", "j")[1]
    assert jobs("remove", "j")[0] == 0
    assert "no such job" in jobs("show", "j")[2]


def test_what_was_given_of_a_schedule_is_taken_back_by_its_option(jobs):
    jobs("add", "j", "--kind", "report", "--cron", "0 2 * * 1", "--until", "2099-01-01")
    assert jobs("edit", "j", "--drop=--until")[0] == 0
    assert "until" not in jobs("show", "j")[1]
    assert "runs by hand only" in jobs("edit", "j", "--drop=--cron")[1]
    code, _, err = jobs("edit", "j", "--drop=--cron")
    assert (code, "has no such option. It has: none" in err) == (2, True)


def test_a_job_whose_time_is_past_can_still_be_changed(jobs, tmp_path):
    jobs("add", "j", "--kind", "rescore", "--at", "2099-01-01T00:00")
    book = open_desk(tmp_path / "ws").book
    job = book.job("j")
    book.change(replace(job, schedule=replace(job.schedule, at=datetime(2020, 1, 1, tzinfo=UTC))))
    assert "its time is past" in jobs("edit", "j", "--workers", "1")[1]
    assert "once at 2020-01-01 08:00" in jobs("list")[1]


def test_resuming_a_job_that_is_not_paused_forgets_nothing_that_is_due(jobs, tmp_path):
    jobs("add", "j", "--kind", "report", "--cron", "0 2 * * 1")
    book = open_desk(tmp_path / "ws").book
    before = book.job("j")
    assert "is not paused" in jobs("resume", "j")[1]
    assert book.job("j") == before


def test_a_job_for_cron_has_no_schedule(jobs, sites):
    assert "runs by hand only" in jobs("add", "j", "--sites", sites)[1]
    assert "no schedule; runs by hand only" in jobs("show", "j")[1]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("j", "--cron", "0 2 * * 1"), "--sites SITES.csv is missing"),
        (("j j", "--kind", "report"), "name it with letters"),
        (("j", "--kind", "sweep"), "there are round, discover, probe"),
        (("j", "--kind", "report", "--max-pages", "5"), "No such option"),
        (("j", "--kind", "report", "--every", "soon"), "write it as 30m, 6h or 2d"),
        (("j", "--kind", "report", "--at", "2020-01-01T00:00"), "is past"),
        (("j", "--kind", "report", "--cron", "61 * * * *"), "Bad minute"),
        (("j", "--kind", "report", "--cron", ""), "--cron is empty"),
        (("j", "--kind", "report", "--every", "0m"), "a minute is the least"),
        (("j", "--kind", "report", "--every", ""), "write it as 30m, 6h or 2d"),
        (("j", "--kind", "report", "--timezone", ""), "no such time zone"),
        (("j", "--kind", "report", "--at", "2099-01-01T00:00", "--until", "2098-12-30"), "never due from now on"),
        (("j", "--kind", "report", "--cron", "0 2 1 * *", "--until", "2020-01-01"), "never due from now on"),
        (
            ("j", "--kind", "report", "--cron", "0 2 1 * *", "--from", "2098-12-02", "--until", "2098-12-20"),
            "never due",
        ),
        (("j", "--kind", "rescore", "--rules", "missing.yaml"), "missing.yaml"),
        (("j", "--kind", "recrawl", "--quiet-hours", "at night"), "write it as HH:MM-HH:MM"),
        (("j", "--kind", "recrawl", "--contact", "somebody"), "must be a mail or web address"),
        (("j", "--kind", "recrawl", "--proxy", "ftp://proxy"), "write it as http://host:port"),
    ],
)
def test_what_cannot_be_kept_is_refused_and_nothing_is_written(jobs, tmp_path, words, told):
    code, _, err = jobs("add", *words)
    assert code == 2
    assert told in err
    assert not (tmp_path / "ws").exists()


@pytest.mark.parametrize("proxy", ["http://me:secret@proxy:3128", "me:secret@proxy:3128", "http://me:secret://@[proxy"])
def test_a_secret_is_neither_kept_nor_shown(jobs, sites, proxy):
    code, _, err = jobs("add", "j", "--sites", sites, "--proxy", proxy)
    assert code == 2
    assert "WAIWEN_PROXY" in err or "write it as http://host:port" in err
    assert "secret" not in err.replace("what is secret", "")


def test_a_round_of_a_job_is_named_by_the_job(jobs, sites):
    assert "No such option: --round" in jobs("add", "j", "--sites", sites, "--round", "mine")[2]


def test_a_history_of_nothing_says_so_and_of_an_unknown_job_is_bad_input(jobs):
    jobs("add", "j", "--kind", "report")
    assert jobs("history")[:2] == (0, "nothing has run yet\n")
    assert jobs("history", "j")[:2] == (0, "nothing has run yet\n")
    assert jobs("history", "k")[0] == 2


def test_a_workspace_without_jobs_says_so_and_how_to_add_one(jobs, tmp_path):
    open_desk(tmp_path / "ws")
    code, out, _ = jobs("list")
    assert (code, len(out.splitlines())) == (0, 1)
    assert "no jobs" in out
    assert "waiwen jobs add NAME" in out


@pytest.mark.parametrize("kind", ["report", "rescore"])
def test_a_stored_round_that_is_not_there_is_told_when_the_job_is_added_or_changed(jobs, tmp_path, kind):
    code, _, err = jobs("add", "j", "--kind", kind, "--round", "r")
    assert (code, "round 'r': not in" in err) == (2, True)
    assert not (tmp_path / "ws").exists()
    round_of(open_desk(tmp_path / "ws").place, "one", 1, (None,))
    code, _, err = jobs("add", "j", "--kind", kind, "--round", "r")
    assert (code, "round 'r': not in this workspace. It holds: one" in err) == (2, True)
    assert jobs("add", "j", "--kind", kind, "--round", "one")[0] == 0
    assert jobs("edit", "j", "--round", "r")[0] == 2
    assert "--round one" in jobs("show", "j")[1]


def test_two_jobs_do_not_share_a_name(jobs, tmp_path):
    assert jobs("add", "j", "--kind", "report")[0] == 0
    code, _, err = jobs("add", "j", "--kind", "report")
    assert (code, "exists already" in err) == (2, True)
    assert len(open_desk(tmp_path / "ws").book.jobs()) == 1
