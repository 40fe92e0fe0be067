"""WARC files: one a worker process, one gzip member a record, so that any record can be read by its offset."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import BufferedReader
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeaders
from warcio.timeutils import datetime_to_iso_date
from warcio.warcwriter import WARCWriter

from crawler.errors import ArchiveDamaged

# A body is never unpacked beyond this; compression bombs end here. Bytes.
MAX_BODY = 16 * 1024 * 1024

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
    """An open WARC file to append to; every record is flushed to the system before its address is returned."""

    def __init__(self, path: Path, software: str) -> None:
        self.path = path
        self.records = 0
        # "x": a file of an earlier run is never written to again.
        self._file: BinaryIO = path.open("xb")
        self._writer = WARCWriter(self._file, gzip=True)
        self._writer.write_record(
            self._writer.create_warcinfo_record(path.name, {"software": software, "format": "WARC File Format 1.0"})
        )
        self.records += 1
        self._file.flush()

    def append(self, exchange: Exchange) -> Address:
        """Write a response record and its request record; return where the response lies."""
        date = datetime_to_iso_date(exchange.fetched.replace(tzinfo=None))
        offset = self._file.tell()
        extra = {"WARC-Date": date} | ({"WARC-IP-Address": exchange.ip} if exchange.ip else {})
        status_line = f"{exchange.status} {exchange.reason}".strip()
        response = self._writer.create_warc_record(
            exchange.url,
            "response",
            payload=io.BytesIO(exchange.body),
            http_headers=StatusAndHeaders(status_line, _printable(exchange.headers), protocol="HTTP/1.1"),
            warc_headers_dict=extra,
        )
        self._writer.write_record(response)
        length = self._file.tell() - offset
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
        self._file.flush()
        self.records += 2
        return Address(self.path.name, offset, length, body_digest(exchange.body))

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def __enter__(self) -> WarcFile:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self.close()


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


def unpack(body: bytes, encoding: str | None) -> bytes:
    """Undo a Content-Encoding (gzip, deflate, br where brotli is installed), up to MAX_BODY bytes.

    What is not packed as it says is returned as it is.
    """
    kind = (encoding or "").strip().lower()
    if not kind or kind == "identity":
        return body[:MAX_BODY]
    try:
        reader = BufferedReader(io.BytesIO(body), decomp_type=kind.removeprefix("x-"))
        unpacked = bytes(reader.read(MAX_BODY))
        chunks = [unpacked]
        size = len(unpacked)
        while size < MAX_BODY and (chunk := reader.read(MAX_BODY - size)):
            chunks.append(chunk)
            size += len(chunk)
        return b"".join(chunks) or body[:MAX_BODY]
    except Exception:  # noqa: BLE001 - decompressors raise kinds of their own on hostile input
        return body[:MAX_BODY]
