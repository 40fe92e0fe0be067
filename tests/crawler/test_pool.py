import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.job import Job, SiteTask, Target
from crawler.manners import Manners
from crawler.model import Site
from crawler.pool import run_jobs, shards
from crawler.scope import Scope, host_of, registered_domain


def task(number, host, foreign=None):
    targets = (Target("en", f"http://{foreign}/", Scope("en", foreign, "/")),) if foreign else ()
    return SiteTask(Site(f"s{number}", "x", "c", "", f"http://{host}/"), targets)


def domains(shard):
    urls = [url for entry in shard for url in (entry.site.url, *(target.home for target in entry.targets))]
    return {registered_domain(host_of(url)) for url in urls}


def test_two_sites_whose_versions_share_a_host_are_one_shard():
    tasks = [
        task(1, "www.a.gov.cn", "a.paper.com.cn"),
        task(2, "www.b.gov.cn", "b.paper.com.cn"),
        task(3, "www.c.gov.cn"),
    ]
    assert sorted(len(shard) for shard in shards(tasks, 3)) == [1, 2]


def test_sites_are_joined_through_a_third():
    tasks = [task(1, "www.a.gov.cn"), task(2, "www.b.gov.cn", "en.a.gov.cn"), task(3, "old.b.gov.cn")]
    assert len(shards(tasks, 3)) == 1


HOSTS = st.sampled_from([f"{sub}.{name}.gov.cn" for sub in ("www", "en", "news") for name in "abcdefg"])


@given(rows=st.lists(st.tuples(HOSTS, st.none() | HOSTS), max_size=20), count=st.integers(1, 5))
def test_every_site_is_in_one_shard_and_every_domain_too(rows, count):
    tasks = [task(number, host, foreign) for number, (host, foreign) in enumerate(rows)]
    found = shards(tasks, count)
    assert sorted(entry.site.id for shard in found for entry in shard) == sorted(entry.site.id for entry in tasks)
    all_domains = [domain for shard in found for domain in domains(shard)]
    assert len(all_domains) == len(set(all_domains))
    assert len(found) <= count


# A process whose pool is at work; its tasks name their processes in a folder, then sleep.
MEASURING = """
import os, signal, sys, time
from pathlib import Path
from crawler.pool import Interrupted, process_pool

def interrupt(number, frame):
    raise Interrupted

def task(folder):
    Path(folder, str(os.getpid())).touch()
    time.sleep(60)

if __name__ == "__main__":
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, interrupt)
    try:
        with process_pool(2) as pool:
            found = [pool.submit(task, sys.argv[1]) for _ in range(20)]
            print("started", flush=True)
            for future in found:
                future.result()
    except Interrupted:
        sys.exit(3)
"""


@pytest.fixture
def measuring(tmp_path):
    script = tmp_path / "measuring.py"
    script.write_text(MEASURING)
    (tmp_path / "tasks").mkdir()
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    process = subprocess.Popen(
        [sys.executable, str(script), str(tmp_path / "tasks")],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
        start_new_session=True,
    )
    assert process.stdout.readline() == "started\n"
    yield process
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


def tasks(folder, count):
    """The processes of the pool, when `count` are at work."""
    while len(found := [int(path.name) for path in (folder / "tasks").iterdir()]) < count:
        time.sleep(0.02)
    return found


def ended(process):
    """Whether a process is gone, or dead and only not yet fetched by whoever inherited it."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


@pytest.mark.parametrize("at_work", [0, 2])
def test_ctrl_c_ends_a_pool_at_once_and_without_tracebacks(tmp_path, measuring, at_work):
    children = tasks(tmp_path, at_work)
    os.killpg(measuring.pid, signal.SIGINT)
    words = measuring.communicate(timeout=30)  # its tasks would take ten minutes
    assert (measuring.returncode, words) == (3, ("", ""))
    assert all(ended(child) for child in children)


def test_the_children_of_a_killed_process_end_by_themselves(tmp_path, measuring):
    children = tasks(tmp_path, 2)
    measuring.kill()
    measuring.wait()
    deadline = time.monotonic() + 30
    while not all(ended(child) for child in children) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert all(ended(child) for child in children)


def test_the_children_of_a_stopping_process_leave_signals_to_it(tmp_path, measuring):
    (child, _) = tasks(tmp_path, 2)
    os.kill(child, signal.SIGINT)
    os.kill(child, signal.SIGTERM)
    time.sleep(0.2)
    assert not ended(child)


def test_a_worker_that_cannot_read_its_job_is_told_with_its_log(tmp_path):
    manners = Manners()
    job = Job("crawl", "r", "crawl-0", "sqlite:////nowhere/at/all.db", str(tmp_path), "x.log", manners, ())
    (sentence,) = run_jobs([job], lambda: None)
    assert sentence.startswith("crawl-0: sqlite:////nowhere/at/all.db: cannot be used as a database")


def test_workers_are_stopped_when_the_wait_for_them_fails(tmp_path):
    job = Job("crawl", "r", "crawl-0", f"sqlite:///{tmp_path / 'a.db'}", str(tmp_path), "x.log", Manners(), ())

    def progress():
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        run_jobs([job], progress)
