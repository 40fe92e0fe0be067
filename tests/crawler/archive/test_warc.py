import errno
import gzip
import random
import zlib
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from crawler.archive.packing import MAX_BODY, unpack
from crawler.archive.warc import Exchange, WarcFile, read_record
from crawler.errors import ArchiveDamaged, StorageError

NOON = datetime(2026, 6, 30, 12, tzinfo=UTC)


def exchange(body=b"<html>", url="http://www.a.gov.example/x?y=1", headers=(), status=200):
    return Exchange(url, "GET", (("User-Agent", "waiwen"),), status, "OK", headers, body, NOON, "192.0.2.1")


@settings(max_examples=40)
@given(body=st.binary(max_size=2000))
def test_what_is_written_is_read_back_byte_for_byte(tmp_path_factory, body):
    folder = tmp_path_factory.mktemp("warc")
    with WarcFile(folder / "a.warc.gz", "test") as file:
        file.append(exchange(b"something before"))
        address = file.append(exchange(body))
    assert read_record(folder, address)[0] == body


def test_both_cookies_of_an_answer_are_kept(tmp_path):
    headers = (("Set-Cookie", "a=1"), ("Set-Cookie", "b=2"))
    with WarcFile(tmp_path / "a.warc.gz", "test") as file:
        address = file.append(exchange(headers=headers))
    assert read_record(tmp_path, address)[1] == headers


def test_a_header_of_several_lines_cannot_forge_another(tmp_path):
    with WarcFile(tmp_path / "a.warc.gz", "test") as file:
        address = file.append(exchange(headers=(("X", "one\r\nSet-Cookie: forged=1"),)))
    assert [name for name, _ in read_record(tmp_path, address)[1]] == ["X"]


def test_other_tools_read_the_file_with_its_request_records(tmp_path):
    with WarcFile(tmp_path / "a.warc.gz", "test") as file:
        file.append(exchange(status=404))
    with (tmp_path / "a.warc.gz").open("rb") as stream:
        kinds = [
            (record.rec_type, record.rec_headers.get_header("WARC-Target-URI")) for record in ArchiveIterator(stream)
        ]
    address = "http://www.a.gov.example/x?y=1"
    assert kinds == [("warcinfo", None), ("response", address), ("request", address)]


def test_a_file_is_never_opened_twice_for_writing(tmp_path):
    WarcFile(tmp_path / "a.warc.gz", "test").close()
    with pytest.raises(FileExistsError):
        WarcFile(tmp_path / "a.warc.gz", "test")


def test_a_file_cut_off_in_a_record_is_damaged_and_not_short(tmp_path):
    path = tmp_path / "a.warc.gz"
    with WarcFile(path, "test") as file:
        address = file.append(exchange(b"x" * 5000))
    path.write_bytes(path.read_bytes()[: address.offset + address.length // 2])
    with pytest.raises(ArchiveDamaged, match=r"a\.warc\.gz at byte"):
        read_record(tmp_path, address)


def test_a_record_with_a_flipped_byte_is_damaged(tmp_path):
    path = tmp_path / "a.warc.gz"
    with WarcFile(path, "test") as file:
        address = file.append(exchange(b"x" * 50))
    raw = bytearray(path.read_bytes())
    raw[address.offset + address.length - 20] ^= 0xFF
    path.write_bytes(bytes(raw))
    with pytest.raises(ArchiveDamaged):
        read_record(tmp_path, address)


def test_a_missing_file_is_named(tmp_path):
    with WarcFile(tmp_path / "a.warc.gz", "test") as file:
        address = file.append(exchange())
    (tmp_path / "a.warc.gz").unlink()
    with pytest.raises(ArchiveDamaged, match=r"a\.warc\.gz.*gone"):
        read_record(tmp_path, address)


def test_packed_bodies_are_unpacked():
    assert unpack(gzip.compress(b"hello" * 1000), "gzip") == b"hello" * 1000
    assert unpack(zlib.compress(b"hello"), "deflate") == b"hello"
    assert unpack(b"hello", None) == b"hello"


def test_a_body_that_is_not_packed_as_it_says_is_left_as_it_is():
    assert unpack(b"<html>plain</html>", "gzip") == b"<html>plain</html>"


def test_a_compression_bomb_ends_at_the_limit():
    assert len(unpack(gzip.compress(b"0" * (MAX_BODY + 1000)), "gzip")) == MAX_BODY


class FullDisk:
    """A file on a disk that takes `room` bytes more."""

    def __init__(self, file, room):
        self.file, self.room = file, room

    def write(self, data):
        if not self.room:
            raise OSError(errno.ENOSPC, "No space left on device")
        taken = self.file.write(bytes(data[: self.room]))
        self.room -= taken
        return taken

    def __getattr__(self, name):
        return getattr(self.file, name)


@pytest.mark.parametrize("room", [0, 1, 300])
def test_a_record_that_a_full_disk_cuts_short_is_taken_back_and_told(tmp_path, room):
    path = tmp_path / "a.warc.gz"
    with WarcFile(path, "test") as file:
        file.append(exchange())
        size = path.stat().st_size
        file._file = FullDisk(file._file, room)
        with pytest.raises(StorageError, match=r"a\.warc\.gz: cannot be written \(No space left on device\)"):
            file.append(exchange(random.Random(1).randbytes(3000)))
        assert path.stat().st_size == size
        file._file.room = 10**6
        address = file.append(exchange(b"room again"))
    assert read_record(tmp_path, address)[0] == b"room again"
    assert file.records == 5


def test_a_file_that_may_not_be_made_is_told_with_its_name(tmp_path):
    with pytest.raises(StorageError, match=r"gone/a\.warc\.gz: cannot be written"):
        WarcFile(tmp_path / "gone" / "a.warc.gz", "test")
