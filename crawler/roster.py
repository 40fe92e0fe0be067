"""The roster: a CSV file of sites → Site records. Every bad row is reported at once, with its line and what to do."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from urllib.parse import urlsplit

from crawler.errors import RosterError
from crawler.extract.language_codes import canonical
from crawler.model import CHINESE, Site
from crawler.scope import page_key

REQUIRED = ("id", "name", "cohort", "region", "url")
OPTIONAL = ("versions", "nominated_by", "notes", "base_language")
_CHINESE_NAMES = {
    "编号": "id",
    "名称": "name",
    "级别": "cohort",
    "地区": "region",
    "网址": "url",
    "外文版": "versions",
    "版本": "versions",
    "提名": "nominated_by",
    "备注": "notes",
    "本国语言": "base_language",
}
_MAX_ID = 64
_SAFE_ID = re.compile(rf"[A-Za-z0-9_-][A-Za-z0-9._-]{{0,{_MAX_ID - 1}}}")
_BARE_HOST = re.compile(r"(?:[\w-]{1,63}\.){1,8}[A-Za-z一-鿿]{2,24}(?::\d{1,5})?(?:[/?].*)?")
_HOST = re.compile(r"[\w.-]{1,253}|\[[0-9a-f:.]{2,45}\]")
_UNREADABLE = "\x00"  # marks a row that csv could not read; no cell of a text file holds it
_DELIMITERS = (",", ";", "\t")
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # xlsx, xls
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


def read_roster(path: Path) -> tuple[Site, ...]:
    """Read the sites of a CSV file, in its order.

    Required columns are id, name, cohort, region, url (or 编号 名称 级别 地区 网址); `versions`
    (`en=https://...;fr=...`), `nominated_by`, `notes` and `base_language` (the language of `url`, zh where the cell
    is empty) are optional, further ones are kept in `extra`. UTF-8 with or without BOM, or GB18030; comma, semicolon
    or tab. Raises RosterError with all problems.
    """
    text = _decode(path)
    rows = _rows(text)
    columns, problems = _columns(*next(rows))
    if problems:
        raise RosterError.listing(str(path), problems)
    reader = _RowReader(columns)
    for line, cells in rows:
        reader.read(line, cells)
    if not reader.sites and not reader.problems:
        reader.problems.append("there is a header but no site. Add a row for each site")
    if reader.problems:
        raise RosterError.listing(str(path), reader.problems)
    return tuple(reader.sites)


def _decode(path: Path) -> str:
    if path.is_dir():
        raise RosterError(f"{path}: is a directory. Give the CSV file of sites")
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        raise RosterError(f"{path}: no such file. Give the CSV file of sites") from None
    except OSError as fault:
        raise RosterError(f"{path}: cannot be read ({fault.strerror}). Check its permissions") from None
    if raw.startswith(_WORKBOOKS):
        raise RosterError(f"{path}: is a spreadsheet or archive, not a CSV file. Save it as “CSV UTF-8”")
    if raw.startswith(_UTF16) or b"\x00" in raw:
        raise RosterError(f"{path}: is not a text file in UTF-8 or GB18030. Save it as “CSV UTF-8”")
    for codec in ("utf-8-sig", "gb18030"):
        try:
            text = raw.decode(codec)
        except UnicodeDecodeError:
            _refuse_damaged(path, raw)
            continue
        if text.strip():
            return text
        raise RosterError(f"{path}: is empty. Write a header ({','.join(REQUIRED)}) and a row for each site")
    raise RosterError(f"{path}: is text in neither UTF-8 nor GB18030. Save it as “CSV UTF-8”")


def _refuse_damaged(path: Path, raw: bytes) -> None:
    """Refuse UTF-8 with a few broken bytes: read as GB18030 it would be nonsense without an error."""
    lossy = raw.decode("utf-8", "replace")
    broken, wide = lossy.count("\ufffd"), sum(char > "\x7f" for char in lossy)
    if broken * 10 < wide:
        line = lossy.count("\n", 0, lossy.index("\ufffd")) + 1
        raise RosterError(f"{path}: line {line} holds a byte that is not UTF-8. Save the file as “CSV UTF-8” again")


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that are not blank, the header first, each with the line that it begins on."""
    first = next(line for line in text.splitlines() if line.strip())
    delimiter = max(_DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    while True:
        try:
            cells = [cell.strip() for cell in next(reader)]
        except StopIteration:
            return
        except csv.Error as fault:
            cells = [f"{_UNREADABLE}{fault}"]
        if any(cells):
            yield line, cells
        line = reader.line_num + 1


def _columns(line: int, header: list[str]) -> tuple[list[str], list[str]]:
    """Return the standard name of each column, and what is wrong with the header."""
    if header[0].startswith(_UNREADABLE):
        return [], [f"line {line}  cannot be read ({header[0][1:]}). Look for a quotation mark that is not closed"]
    lowered = [cell.lower().replace(" ", "_") for cell in header]
    columns = [_CHINESE_NAMES.get(name, name) for name in lowered]
    problems = [
        f"line {line}  column {name} stands there twice. Remove one"
        for name in dict.fromkeys(columns)
        if name and columns.count(name) > 1
    ]
    unknown = [name for name in columns if name not in (*REQUIRED, *OPTIONAL)]
    for name in REQUIRED:
        if name not in columns:
            near = get_close_matches(name, unknown, 1, 0.6)
            meant = f"Did you mean it by {near[0]}?" if near else f"The header has {', '.join(filter(None, header))}"
            problems.append(f"line {line}  column {name} is missing. {meant}")
    # A further column keeps the name that the file gives it.
    kept = [name if name in (*REQUIRED, *OPTIONAL) else cell for name, cell in zip(columns, header, strict=True)]
    return kept, problems


@dataclass
class _RowReader:
    """Reads row after row, remembering ids and addresses to find duplicates."""

    columns: list[str]
    sites: list[Site] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    _ids: dict[str, int] = field(default_factory=dict)
    _urls: dict[str, int] = field(default_factory=dict)

    def read(self, line: int, cells: list[str]) -> None:
        """Turn one row into a site, or note all that is wrong with it."""
        faults = list(self._shape(cells))
        if not faults:
            row = dict(zip(self.columns, cells + [""] * len(self.columns), strict=False))
            faults = [*self._identity(row, line), *self._address(row, line), *_base_fault(row)]
            versions, unreadable = _versions(row)
            faults += unreadable
            if not faults:
                self.sites.append(_site(row, versions, line))
        self.problems += [f"line {line}  {fault}" for fault in faults]

    def _shape(self, cells: list[str]) -> Iterator[str]:
        if cells[0].startswith(_UNREADABLE):
            yield f"cannot be read ({cells[0][1:]}). Look for a quotation mark that is not closed"
        elif any(cells[len(self.columns) :]):
            yield f"has {len(cells)} cells, the header {len(self.columns)}. Quote a cell that holds the delimiter"
        elif any(cell for name, cell in zip(self.columns, cells, strict=False) if not name):
            yield "has a cell under a column without a name. Name the column"

    def _identity(self, row: Mapping[str, str], line: int) -> Iterator[str]:
        for name in ("id", "name"):
            if not row[name]:
                yield f"{name} is empty. Give every site one"
        site_id = row["id"]
        if not site_id:
            return
        if not _SAFE_ID.fullmatch(site_id):
            yield (
                f"id {site_id[:80]!r} cannot name a file. Use letters A-Z, digits, '.', '_' and '-', "
                f"{_MAX_ID} at most, no '.' first"
            )
        # File systems may not tell upper from lower case.
        first = self._ids.setdefault(site_id.casefold(), line)
        if first != line:
            yield f"id {site_id!r} is that of line {first}. Give each site an id of its own"

    def _address(self, row: Mapping[str, str], line: int) -> Iterator[str]:
        fault = _url_fault(row["url"])
        if fault:
            yield f"url {fault}"
            return
        first = self._urls.setdefault(page_key(row["url"]), line)
        if first != line:
            yield f"url {row['url']} is that of line {first}. Remove one of the rows"


def _site(row: Mapping[str, str], versions: tuple[tuple[str, str], ...], line: int) -> Site:
    known = (*REQUIRED, *OPTIONAL)
    return Site(
        id=row["id"],
        name=row["name"],
        cohort=row["cohort"],
        region=row["region"],
        url=row["url"],
        versions=versions,
        nominated_by=row.get("nominated_by", ""),
        notes=row.get("notes", ""),
        extra=tuple((name, value) for name, value in row.items() if name and name not in known),
        line=line,
        base_language=_base_language(row),
    )


def _base_language(row: Mapping[str, str]) -> str:
    return (canonical(row.get("base_language") or CHINESE) or "").partition("-")[0]


def _base_fault(row: Mapping[str, str]) -> Iterator[str]:
    if not _base_language(row):
        yield f"base_language {row['base_language'][:40]!r} is no language code. Write a BCP 47 tag, such as zh, kk, th"


def _versions(row: Mapping[str, str]) -> tuple[tuple[tuple[str, str], ...], list[str]]:
    """Read `en=https://...;fr=https://...`; returns the versions and what is wrong."""
    found: dict[str, str] = {}
    faults: list[str] = []
    base = _base_language(row)
    for entry in filter(None, map(str.strip, re.split(r"[;；\n]", row.get("versions", "")))):
        code, equals, url = (part.strip() for part in entry.partition("="))
        fault = (
            _code_fault(code, base)
            if equals and "/" not in code
            else f"{entry[:80]!r} is no version. Write en=https://..."
        )
        if not fault and (wrong := _url_fault(url)):
            fault = f"{code}: {wrong}"
        if not fault and code in found:
            fault = f"{code} stands there twice. Keep one address"
        if not fault and page_key(url) == page_key(row["url"]):
            spoken = "Chinese" if base == CHINESE else base
            fault = f"{code} has the address of the {spoken} version. Give its own"
        if fault:
            faults.append(f"versions {fault}")
        else:
            found[code] = url
    return tuple(found.items()), faults


def _code_fault(code: str, base: str) -> str | None:
    tag = canonical(code)
    if tag is None:
        return f"{code[:40]!r} is no language code. Write a BCP 47 tag, such as en, fr, ja"
    if tag.split("-")[0] == base:
        if base == CHINESE:
            return f"{code!r} is Chinese. The Chinese version is the column url"
        return f"{code!r} is the base language. The version in it is the column url"
    return f"{code!r} is not the language's tag. Write {tag}" if tag != code else None


def _url_fault(url: str) -> str | None:
    """Say what is wrong with an address and what to write, or None."""
    shown = repr(url[:100])
    if not url:
        return "is empty. Write the address of the home page"
    if any(char.isspace() or not char.isprintable() for char in url):
        return f"{shown} holds a blank or control character. Remove it"
    if _BARE_HOST.fullmatch(url):
        return f"{shown} has no scheme. Write http://{url}{'' if '/' in url else '/'}"
    fault = _parts_fault(url)
    return f"{shown} {fault}" if fault else None


def _parts_fault(url: str) -> str | None:
    copy = "Copy it from a browser's address bar"
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError as fault:
        return f"is no address ({fault}). {copy}"
    if parts.scheme not in ("http", "https"):
        return f"does not begin with http:// or https://. {copy}"
    if not _HOST.fullmatch(host) or ".." in host or port == 0:
        return f"names no host. {copy}"
    return "holds a user name. Remove it" if "@" in parts.netloc else None
