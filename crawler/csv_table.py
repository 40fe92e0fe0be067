"""The bytes of a CSV file → rows: one reader for site lists, values and ratings, as spreadsheets save them."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from crawler.errors import TableError

_DELIMITERS = (",", ";", "\t")
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # xlsx, xls
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_UNREADABLE = "cannot be read ({}). Look for a quotation mark that is not closed"
_DIGEST_LENGTH = 16


@dataclass(frozen=True)
class Row:
    """One row: the line that it begins on, its cells (as many as the header has), and why it cannot be used, if so."""

    line: int
    cells: tuple[str, ...]
    fault: str = ""


@dataclass(frozen=True)
class CsvTable:
    """The header and the rows below it, blank ones left out. `digest` is the beginning of the bytes' SHA-256."""

    path: Path
    digest: str
    header: Row
    rows: tuple[Row, ...]

    def records(self, columns: Sequence[str]) -> Iterator[tuple[Row, dict[str, str]]]:
        """Yield each row with its cells by column. Raises TableError where the header lacks one of `columns`."""
        names = self.header.cells
        missing = [name for name in columns if name not in names]
        if missing:
            lacking = f"line {self.header.line} lacks the column {', '.join(missing)}"
            raise TableError(f"{self.path}: {lacking}. It needs {','.join(columns)}.")
        for row in self.rows:
            yield row, dict(zip(names, row.cells, strict=True))


def read_table(path: Path, meant: str, columns: Sequence[str]) -> CsvTable:
    """Read a CSV file of `meant` (a plural for messages), whose header should name `columns`.

    UTF-8 with or without BOM, or GB18030; comma, semicolon or tab; cells are stripped. Raises TableError.
    """
    raw = _bytes(path, meant)
    rows = _rows(_text(path, raw))
    try:
        line, header = next(rows)
    except StopIteration:
        raise TableError(f"{path}: is empty. Write a header ({','.join(columns)}) and a row for each") from None
    if isinstance(header, str):
        raise TableError.listing(str(path), [f"line {line}  {header}"])
    below = tuple(_row(line, cells, header) for line, cells in rows)
    return CsvTable(path, hashlib.sha256(raw).hexdigest()[:_DIGEST_LENGTH], Row(line, tuple(header)), below)


def read_day(written: str) -> date:
    """Read a date as we write it, or as spreadsheets save it: 2026/6/30. Raises ValueError."""
    year, month, day = (int(part) for part in written.replace("/", "-").split("-"))
    return date(year, month, day)


def _bytes(path: Path, meant: str) -> bytes:
    if path.is_dir():
        raise TableError(f"{path}: is a directory. Give the CSV file of {meant}")
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise TableError(f"{path}: no such file. Give the CSV file of {meant}") from None
    except OSError as fault:
        raise TableError(f"{path}: cannot be read ({fault.strerror}). Check its permissions") from None


def _text(path: Path, raw: bytes) -> str:
    if raw.startswith(_WORKBOOKS):
        raise TableError(f"{path}: is a spreadsheet or archive, not a CSV file. Save it as “CSV UTF-8”")
    if raw.startswith(_UTF16) or b"\x00" in raw:
        raise TableError(f"{path}: is not a text file in UTF-8 or GB18030. Save it as “CSV UTF-8”")
    for codec in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(codec)
        except UnicodeDecodeError:
            _refuse_damaged(path, raw)
    raise TableError(f"{path}: is text in neither UTF-8 nor GB18030. Save it as “CSV UTF-8”")


def _refuse_damaged(path: Path, raw: bytes) -> None:
    """Refuse UTF-8 with a few broken bytes: read as GB18030 it would be nonsense without an error."""
    lossy = raw.decode("utf-8", "replace")
    broken, wide = lossy.count("\ufffd"), sum(char > "\x7f" for char in lossy)
    if broken * 10 < wide:
        line = lossy.count("\n", 0, lossy.index("\ufffd")) + 1
        raise TableError(f"{path}: line {line} holds a byte that is not UTF-8. Save the file as “CSV UTF-8” again")


def _rows(text: str) -> Iterator[tuple[int, list[str] | str]]:
    """Yield the rows that are not blank, each with the line that it begins on: its cells, or why it has none."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(_DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    while True:
        try:
            cells = [cell.strip() for cell in next(reader)]
            if any(cells):
                yield line, cells
        except StopIteration:
            return
        except csv.Error as fault:
            yield line, _UNREADABLE.format(fault)
        line = reader.line_num + 1


def _row(line: int, cells: list[str] | str, header: Sequence[str]) -> Row:
    wide = len(header)
    if isinstance(cells, str):
        return Row(line, ("",) * wide, cells)
    fault = ""
    if any(cells[wide:]):
        fault = f"has {len(cells)} cells, the header {wide}. Quote a cell that holds the delimiter"
    elif any(cell for name, cell in zip(header, cells, strict=False) if not name):
        fault = "has a cell under a column without a name. Name the column"
    return Row(line, (*cells, *[""] * wide)[:wide], fault)
