from datetime import UTC, date, datetime

import pytest

from crawler.archive.index import Archive, open_database
from crawler.archive.passes import begin_pass
from crawler.archive.repair import mend_round, whole_records
from crawler.archive.verify import verify
from crawler.archive.warc import Exchange, WarcFile
from crawler.errors import ArchiveDamaged
from crawler.model import Capture, Site

NOON = datetime(2026, 6, 30, 12, tzinfo=UTC)
SITE = Site("a", "甲市", "prefecture", "", "http://a/")
NAME = "r-crawl-0-001.warc.gz"


@pytest.fixture
def archive(tmp_path):
    archive = Archive(open_database(f"sqlite:///{tmp_path / 'waiwen.db'}"), tmp_path / "archive")
    archive.folder.mkdir()
    archive.start_round("r", [SITE], cutoff=date(2026, 6, 30), started=NOON, digest="d", settings={})
    return archive


@pytest.fixture
def path(archive):
    """A file of three indexed answers, as a killed writer leaves it."""
    archive.open_file("r", NAME)
    with WarcFile(archive.folder / NAME, "test") as file:
        for number in range(3):
            url = f"http://a/{number}"
            body = b"<html>%d" % number * 400
            address = file.append(Exchange(url, "GET", (), 200, "OK", (), body, NOON))
            archive.add_capture(
                Capture(
                    0, "r", "a", "zh", "page", url, url, 200, NOON, (),
                    address.digest, NAME, address.offset, address.length, 0.1,
                )
            )  # fmt: skip
    return archive.folder / NAME


def row(archive):
    (found,) = archive.files()
    return found


def test_a_file_that_was_left_open_is_closed_with_what_it_holds(archive, path):
    size = path.stat().st_size
    (sentence,) = mend_round(archive, "r")
    assert (row(archive)["records"], row(archive)["bytes"]) == (7, size)
    assert "Closed now, with 7 records" in sentence
    assert verify(archive) == []
    assert mend_round(archive, "r") == []


@pytest.mark.parametrize("torn", [b"\x1f", b"\x1f\x8b\x08\x00", b"no gzip at all"])
def test_a_torn_tail_behind_the_last_record_is_cut_off_and_told(archive, path, torn):
    size = path.stat().st_size
    path.write_bytes(path.read_bytes() + torn)
    (sentence,) = mend_round(archive, "r")
    assert f"{len(torn)} bytes of a torn record were cut off" in sentence
    assert path.stat().st_size == size
    assert verify(archive) == []


def test_a_whole_record_that_the_index_does_not_name_is_kept(archive, path):
    extra = archive.folder / "extra"
    with WarcFile(extra, "test") as file:
        file.append(Exchange("http://a/late", "GET", (), 200, "OK", (), b"late", NOON))
    path.write_bytes(path.read_bytes() + extra.read_bytes())
    mend_round(archive, "r")
    assert row(archive)["records"] == 10
    assert verify(archive) == []


def test_a_capture_whose_record_is_lost_leaves_the_index_and_reopens_the_round(archive, path):
    archive.finish_step("r", "discover")
    last = archive.captures("r", "a")[-1]
    path.write_bytes(path.read_bytes()[: last.offset + last.length // 2])
    (sentence,) = mend_round(archive, "r")
    assert "1 captures were lost with it and are fetched again" in sentence
    assert [capture.url for capture in archive.captures("r", "a")] == ["http://a/0", "http://a/1"]
    assert archive.round_record("r")["finished_steps"] == []
    assert path.stat().st_size == last.offset
    assert verify(archive) == []


def test_damage_with_readable_records_behind_it_is_refused_and_nothing_is_cut(archive, path):
    first = archive.captures("r", "a")[0]
    raw = bytearray(path.read_bytes())
    raw[first.offset + first.length - 6] ^= 0xFF
    path.write_bytes(bytes(raw))
    with pytest.raises(ArchiveDamaged, match=rf"damaged at byte {first.offset}"):
        mend_round(archive, "r")
    assert path.read_bytes() == bytes(raw)
    assert len(archive.captures("r", "a")) == 3


def test_a_file_that_is_gone_is_refused_and_its_captures_stay(archive, path):
    path.unlink()
    with pytest.raises(ArchiveDamaged, match="gone, and the index names 3 records"):
        mend_round(archive, "r")
    assert len(archive.captures("r", "a")) == 3


def test_a_file_whose_writer_died_before_making_it_is_forgotten(archive):
    archive.open_file("r", NAME)
    mend_round(archive, "r")
    assert archive.files() == []


def test_a_file_of_another_round_is_left_alone(archive, path):
    archive.start_round("s", [SITE], cutoff=date(2026, 6, 30), started=NOON, digest="d", settings={})
    assert mend_round(archive, "s") == []
    assert row(archive)["records"] is None


def test_a_record_that_unpacks_to_more_than_a_chunk_is_counted_once(archive):
    with WarcFile(archive.folder / NAME, "test") as file:
        file.append(Exchange("http://a/", "GET", (), 200, "OK", (), bytes(5_000_000), NOON))
    found = whole_records(archive.folder / NAME)
    assert (len(found.starts), found.end) == (3, (archive.folder / NAME).stat().st_size)


def test_an_interrupted_pass_goes_on_and_a_finished_one_begins_anew(archive, path):
    assert begin_pass(archive, "r", "crawl", ["crawl"]) == 3
    archive.add_capture(archive.captures("r", "a")[0])
    assert begin_pass(archive, "r", "crawl", ["crawl"]) == 3
    archive.finish_step("r", "crawl")
    assert begin_pass(archive, "r", "crawl", ["crawl"]) == 4
    assert archive.round_record("r")["finished_steps"] == []
