from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from crawler.archive.index import Archive, open_database
from crawler.archive.verify import verify
from crawler.archive.warc import Exchange, WarcFile, file_sha256
from crawler.model import Capture, Site

NOON = datetime(2026, 6, 30, 12, tzinfo=UTC)
SITE = Site("a", "甲市", "prefecture", "", "http://a/")
NAME = "r-crawl-0-001.warc.gz"


@pytest.fixture
def archive(tmp_path):
    archive = Archive(open_database(f"sqlite:///{tmp_path / 'waiwen.db'}"), tmp_path / "archive")
    archive.folder.mkdir()
    archive.start_round("r", [SITE], cutoff=date(2026, 6, 30), started=NOON, digest="d", settings={})
    archive.open_file("r", NAME)
    path = archive.folder / NAME
    with WarcFile(path, "test") as file:
        for number in range(2):
            url = f"http://a/{number}"
            address = file.append(Exchange(url, "GET", (), 200, "OK", (), b"body %d" % number * 50, NOON))
            place = (NAME, address.offset, address.length, 0.1)
            archive.add_capture(Capture(0, "r", "a", "zh", "page", url, url, 200, NOON, (), address.digest, *place))
    archive.close_file(NAME, records=file.records, size=path.stat().st_size, sha256=file_sha256(path))
    return archive


def test_a_whole_archive_has_no_faults(archive):
    assert verify(archive) == []


def test_a_missing_file_is_one_fault_and_not_one_a_record(archive):
    (archive.folder / NAME).unlink()
    (fault,) = verify(archive)
    assert "gone from" in fault


def test_a_changed_byte_is_found_in_the_file_and_in_the_record(archive):
    path = archive.folder / NAME
    first = archive.captures("r", "a")[0]
    raw = bytearray(path.read_bytes())
    raw[first.offset + first.length // 2] ^= 0xFF
    path.write_bytes(bytes(raw))
    whole, record = verify(archive)
    assert whole == f"{NAME}: its digest is not the one that was noted when it was closed"
    assert record.startswith("http://a/0: ")


def test_a_truncated_record_is_named_with_what_the_file_still_has(archive):
    path = archive.folder / NAME
    last = archive.captures("r", "a")[-1]
    path.write_bytes(path.read_bytes()[: last.offset + 20])
    whole, record = verify(archive)
    assert f"has {last.offset + 20} bytes" in whole
    assert record.startswith("http://a/1: the index points past the end")


def test_an_index_row_past_the_end_is_found(archive):
    first = archive.captures("r", "a")[0]
    archive.add_capture(replace(first, offset=10**6))
    (fault,) = verify(archive)
    assert "points past the end" in fault


def test_an_index_row_that_points_at_another_record_is_found(archive):
    first, second = archive.captures("r", "a")
    archive.add_capture(replace(first, offset=second.offset, length=second.length))
    (fault,) = verify(archive)
    assert "digest is not the index's" in fault


def test_a_file_that_nobody_closed_is_told_with_what_to_do(archive):
    archive.close_file(NAME, records=None, size=None, sha256=None)
    (fault,) = verify(archive)
    assert "not closed" in fault
    assert "run the round's command again" in fault


def test_a_file_that_the_index_does_not_list_is_told_once(archive):
    for capture in archive.captures("r", "a"):
        archive.add_capture(replace(capture, warc_file="other.warc.gz"))
    faults = verify(archive)
    assert sum("does not list it" in fault for fault in faults) == 1
