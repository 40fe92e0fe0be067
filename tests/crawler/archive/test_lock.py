import os
import re
import subprocess
import sys

import pytest

from crawler.archive.lock import held
from crawler.errors import WorkspaceError

HOLDER = """
import sys, time
from pathlib import Path
from crawler.archive.lock import held
with held(Path(sys.argv[1]), "round 'r'"):
    print("held", flush=True)
    time.sleep(60)
"""


def no_sleep(_seconds):
    raise AssertionError("a living holder is not waited for")


@pytest.fixture
def holder(tmp_path):
    command = [sys.executable, "-c", HOLDER, str(tmp_path / "r.lock")]
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    process.stdout.readline()
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


def test_a_round_that_another_process_works_on_is_refused_with_its_number(tmp_path, holder):
    with (
        pytest.raises(WorkspaceError, match=rf"round 'r': another waiwen \(process {holder.pid}\) is at work"),
        held(tmp_path / "r.lock", "round 'r'", sleep=no_sleep),
    ):
        pass


def test_the_lock_of_a_killed_holder_is_free_at_once(tmp_path, holder):
    holder.kill()
    holder.wait()
    with held(tmp_path / "r.lock", "round 'r'", sleep=no_sleep):
        assert (tmp_path / "r.lock").read_text() == f"{os.getpid()}\n"


def test_another_round_has_a_lock_of_its_own(tmp_path, holder):
    with held(tmp_path / "s.lock", "round 's'", sleep=no_sleep) as lock:
        assert lock > 2


def test_workers_that_outlive_their_parent_are_waited_for(tmp_path):
    path = tmp_path / "r.lock"
    with held(path, "round 'r'") as lock:
        orphan = subprocess.Popen(["/bin/cat"], stdin=subprocess.PIPE, pass_fds=[lock])
        path.write_text(f"{dead_process()}\n")
    waits = []

    def sleep(seconds):
        waits.append(seconds)
        if len(waits) == 3:
            orphan.stdin.close()
            orphan.wait()

    with held(path, "round 'r'", sleep=sleep):
        assert len(waits) == 3


def test_workers_that_do_not_stop_are_told_after_a_while(tmp_path):
    path = tmp_path / "r.lock"
    with held(path, "round 'r'") as lock:
        orphan = subprocess.Popen(["/bin/cat"], stdin=subprocess.PIPE, pass_fds=[lock])
        path.write_text(f"{dead_process()}\n")
    message = re.escape("round 'r': workers of a waiwen that was killed")
    with pytest.raises(WorkspaceError, match=message), held(path, "round 'r'", sleep=lambda _: None):
        pass
    orphan.stdin.close()
    orphan.wait()


def dead_process():
    process = subprocess.Popen(["/bin/true"])
    process.wait()
    return process.pid


def test_a_place_that_cannot_hold_a_lock_is_told(tmp_path):
    (tmp_path / "locks").write_text("a file where a folder should be")
    with pytest.raises(WorkspaceError, match="cannot be used as a lock"), held(tmp_path / "locks" / "r.lock", "r"):
        pass
