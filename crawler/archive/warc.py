"""WARC files: one a worker process, one gzip member a record, so that any record can be read by its offset."""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from io import RawIOBase
from pathlib import Path
from types import TracebackType

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeaders
from warcio.timeutils import datetime_to_iso_date
from warcio.warcwriter import WARCWriter

from crawler.errors import ArchiveDamaged, StorageError

Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Exchange:
    """A request and its response as they went over the wire (body not yet unpacked, transfer coding removed)."""

    url: str
    method: str
    request_headers: Headers
    status: int
    reason: str
    headers: Headers
    body: bytes
    fetched: datetime
    ip: str | None = None


@dataclass(frozen=True)
class Address:
    """Where a response record lies: file name, offset and length in bytes of its gzip member."""

    file: str
    offset: int
    length: int
    digest: str


def body_digest(body: bytes) -> str:
    """Return `sha256:<hex>` of a raw body."""
    return f"sha256:{hashlib.sha256(body).hexdigest()}"


class WarcFile:
    """An open WARC file to append to. What a call writes is handed to the system whole, or taken back.

    Raises StorageError where the disk takes no more; the file then ends with its last whole record.
    """

    def __init__(self, path: Path, software: str) -> None:
        self.path = path
        self.records = 0
        self._size = 0
        self._waiting = io.BytesIO()  # records being made: nothing half made reaches the file
        self._writer = WARCWriter(self._waiting, gzip=True)
        try:
            # "x": a file of an earlier run is never written to again. Unbuffered: no byte is left for later.
            self._file: RawIOBase = path.open("xb", buffering=0)
        except FileExistsError:
            raise
        except OSError as fault:
            raise _no_room(path, fault) from fault
        self._writer.write_record(
            self._writer.create_warcinfo_record(path.name, {"software": software, "format": "WARC File Format 1.0"})
        )
        self._hand_over(1)

    def append(self, exchange: Exchange, kind: str = "response", about: Mapping[str, str] | None = None) -> Address:
        """Write a response record and its request record; return where the response lies.

        `kind` is the WARC record's type, `about` are further headers of that record.
        """
        self._waiting.seek(0)
        self._waiting.truncate()
        date = datetime_to_iso_date(exchange.fetched.replace(tzinfo=None))
        extra = {"WARC-Date": date} | ({"WARC-IP-Address": exchange.ip} if exchange.ip else {}) | dict(about or {})
        status_line = f"{exchange.status} {exchange.reason}".strip()
        response = self._writer.create_warc_record(
            exchange.url,
            kind,
            payload=io.BytesIO(exchange.body),
            length=len(exchange.body),  # else warcio measures it in a temporary file
            http_headers=StatusAndHeaders(status_line, _printable(exchange.headers), protocol="HTTP/1.1"),
            warc_headers_dict=extra,
        )
        self._writer.write_record(response)
        length = self._waiting.tell()
        path = exchange.url.split("://", 1)[-1]
        path = "/" + path.split("/", 1)[1] if "/" in path else "/"
        request = self._writer.create_warc_record(
            exchange.url,
            "request",
            http_headers=StatusAndHeaders(
                f"{exchange.method} {path} HTTP/1.1", _printable(exchange.request_headers), is_http_request=True
            ),
            warc_headers_dict={
                "WARC-Date": date,
                "WARC-Concurrent-To": response.rec_headers.get_header("WARC-Record-ID"),
            },
        )
        self._writer.write_record(request)
        offset = self._hand_over(2)
        return Address(self.path.name, offset, length, body_digest(exchange.body))

    def _hand_over(self, records: int) -> int:
        """Write the waiting records; return where they begin."""
        offset, left = self._size, memoryview(self._waiting.getvalue())
        try:
            while left:  # a disk that fills up takes a part first
                left = left[self._file.write(left) or 0 :]
        except OSError as fault:
            with suppress(OSError):  # a tail that stays is cut off when the round goes on
                self._file.truncate(offset)
                self._file.seek(offset)
            raise _no_room(self.path, fault) from fault
        self._size += self._waiting.tell()
        self.records += records
        return offset

    def close(self) -> None:
        """Have the system put all on the disk, and close the file. Raises StorageError."""
        try:
            os.fsync(self._file.fileno())
        except OSError as fault:
            raise _no_room(self.path, fault) from fault
        finally:
            self._file.close()

    def __enter__(self) -> WarcFile:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def _no_room(path: Path, fault: OSError) -> StorageError:
    return StorageError(
        f"{path}: cannot be written ({fault.strerror or fault}). Make room or mend the rights there, then run the same "
        "command again: it goes on from here, nothing is lost."
    )


def file_sha256(path: Path) -> str:
    """The SHA-256 of a file, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _printable(headers: Headers) -> list[tuple[str, str]]:
    """Headers as warcio takes them: one line each, whatever the server sent."""
    return [(name, " ".join(value.split())) for name, value in headers]


def read_record(folder: Path, address: Address) -> tuple[bytes, Headers]:
    """Read a response's raw body and headers back, checked against its digest.

    Raises ArchiveDamaged when the file is missing, cut off or holds something else.
    """
    path = folder / address.file
    where = f"{address.file} at byte {address.offset}"
    try:
        with path.open("rb") as file:
            file.seek(address.offset)
            record = next(iter(ArchiveIterator(io.BytesIO(file.read(address.length)))))
            body = record.raw_stream.read()
            headers = tuple((name, value) for name, value in record.http_headers.headers)
    except FileNotFoundError:
        raise ArchiveDamaged(f"{address.file}: the index names this WARC file, but it is gone from {folder}") from None
    except (StopIteration, ArchiveLoadFailed, OSError, EOFError, AttributeError) as fault:
        raise ArchiveDamaged(f"{where}: no readable record ({fault}). Restore the file from a copy.") from fault
    if body_digest(body) != address.digest:
        raise ArchiveDamaged(f"{where}: the record's digest is not the index's. Restore the file from a copy.")
    return body, headers
