from pathlib import Path

import pytest

from crawler.errors import BadInput, StorageError
from crawler.shared_rate import FURTHEST, SharedRate, shared_rate


def test_two_that_share_a_file_take_turns(tmp_path):
    one, other = SharedRate(tmp_path / "rate", 2.0), SharedRate(tmp_path / "rate", 2.0)
    assert [one.reserve(100.0), other.reserve(100.0), one.reserve(100.2)] == pytest.approx([0.0, 0.5, 0.8])
    assert other.reserve(200.0) == 0.0


def test_a_moment_from_before_a_restart_of_the_machine_holds_nobody_up(tmp_path):
    SharedRate(tmp_path / "rate", 1.0).reserve(5e6)
    assert SharedRate(tmp_path / "rate", 1.0).reserve(5e6 - 2 * FURTHEST) == 0.0


def test_a_machine_that_restarts_soon_after_its_start_holds_nobody_up_either(tmp_path):
    SharedRate(tmp_path / "rate", 1.0, boot=b"one").reserve(1800.0)
    assert SharedRate(tmp_path / "rate", 1.0, boot=b"two").reserve(20.0) == 0.0


def test_the_environment_tells_whether_a_rate_is_shared(tmp_path):
    assert shared_rate({}) is None
    assert shared_rate({"WAIWEN_TOTAL_RATE": "3"}) is None
    where = {"WAIWEN_TOTAL_RATE_FILE": str(tmp_path / "rate")}
    assert shared_rate({"WAIWEN_TOTAL_RATE": "3", **where}) == SharedRate(tmp_path / "rate", 3.0)
    for bad in ("many", "0", "-1", "nan"):
        with pytest.raises(BadInput, match="a number of requests a second"):
            shared_rate({"WAIWEN_TOTAL_RATE": bad, **where})


def test_a_file_that_cannot_be_written_is_told_with_its_place(tmp_path):
    with pytest.raises(StorageError, match=r"none/rate: .* cannot be kept there \(No such file or directory\)"):
        SharedRate(tmp_path / "none" / "rate", 1.0).reserve(1.0)


def test_a_disk_that_is_full_is_told_with_its_place():
    with pytest.raises(StorageError, match=r"/dev/full: .* cannot be kept there \(No space left on device\)"):
        SharedRate(Path("/dev/full"), 1.0).reserve(1.0)
