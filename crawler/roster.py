"""The roster: a CSV file of sites → Site records. Every bad row is reported at once, with its line and what to do."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from urllib.parse import urlsplit

from crawler.csv_table import Row, read_table
from crawler.errors import TableError
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


def read_roster(path: Path) -> tuple[Site, ...]:
    """Read the sites of a CSV file, in its order.

    Required columns are id, name, cohort, region, url (or 编号 名称 级别 地区 网址); `versions`
    (`en=https://...;fr=...`), `nominated_by`, `notes` and `base_language` (the language of `url`, zh where the cell
    is empty) are optional, further ones are kept in `extra`. UTF-8 with or without BOM, or GB18030; comma, semicolon
    or tab. Raises TableError with all problems.
    """
    table = read_table(path, "sites", REQUIRED)
    columns, problems = _columns(table.header)
    if problems:
        raise TableError.listing(str(path), problems)
    reader = _RowReader(columns)
    for row in table.rows:
        reader.read(row)
    if not reader.sites and not reader.problems:
        reader.problems.append("there is a header but no site. Add a row for each site")
    if reader.problems:
        raise TableError.listing(str(path), reader.problems)
    return tuple(reader.sites)


def _columns(header: Row) -> tuple[list[str], list[str]]:
    """Return the standard name of each column, and what is wrong with the header."""
    line, cells = header.line, header.cells
    lowered = [cell.lower().replace(" ", "_") for cell in cells]
    columns = [_CHINESE_NAMES.get(name, name) for name in lowered]
    problems = [
        f"line {line}  column {name} stands there twice. Remove one"
        for name in dict.fromkeys(columns)
        if name and columns.count(name) > 1
    ]
    unknown = [name for name in columns if name not in (*REQUIRED, *OPTIONAL)]
    for chinese, name in _CHINESE_NAMES.items():
        if name in REQUIRED and name not in columns:
            near = [*get_close_matches(name, unknown, 1, 0.6), *get_close_matches(chinese, unknown, 1, 0.6)]
            meant = f"Did you mean it by {near[0]}?" if near else f"The header has {', '.join(filter(None, cells))}"
            problems.append(f"line {line}  column {name} ({chinese}) is missing. {meant}")
    # A further column keeps the name that the file gives it.
    kept = [name if name in (*REQUIRED, *OPTIONAL) else cell for name, cell in zip(columns, cells, strict=True)]
    return kept, problems


@dataclass
class _RowReader:
    """Reads row after row, remembering ids and addresses to find duplicates."""

    columns: list[str]
    sites: list[Site] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    _ids: dict[str, int] = field(default_factory=dict)
    _urls: dict[str, int] = field(default_factory=dict)

    def read(self, row: Row) -> None:
        """Turn one row into a site, or note all that is wrong with it."""
        faults = [row.fault] if row.fault else self._site(dict(zip(self.columns, row.cells, strict=True)), row.line)
        self.problems += [f"line {row.line}  {fault}" for fault in faults]

    def _site(self, row: Mapping[str, str], line: int) -> list[str]:
        versions, unreadable = _versions(row)
        faults = [*self._identity(row, line), *self._address(row, line), *_base_fault(row), *unreadable]
        if not faults:
            self.sites.append(_site(row, versions, line))
        return faults

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
