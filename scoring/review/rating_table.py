"""Reads a table of ratings: every problem at once, each with its line and what to do."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

from crawler.csv_table import read_day, read_table
from crawler.errors import TableError
from scoring.review.ratings import Rating
from scoring.ruleset.model import IndicatorRule
from scoring.ruleset.yaml_tree import shown, suggestion

COLUMNS = ("site", "language", "indicator", "reviewer", "mark", "date", "reason")
FILLED = ("mark", "date", "reason")  # what a reviewer writes


def read_ratings(
    path: Path, versions: Collection[tuple[str, str]], known: Mapping[str, IndicatorRule]
) -> tuple[tuple[Rating, ...], int]:
    """Read a table of ratings; returns them, and the number of rows that nobody has filled in yet.

    `versions` are those that may be rated, as (site id, language); `known` the expert stanzas by id. Raises TableError
    that lists every bad line.
    """
    table = read_table(path, "ratings", COLUMNS)
    found: list[Rating] = []
    problems: list[str] = []
    seen: set[tuple[str, ...]] = set()
    blank = 0
    for row, cells in table.records(COLUMNS):
        if not row.fault and not any(cells[name] for name in FILLED):
            blank += 1
            continue
        faults = [row.fault] if row.fault else _faults(cells, versions, known)
        key = tuple(cells[name] for name in COLUMNS[:4])
        if key in seen and not row.fault:
            faults.append(f"{cells['reviewer']} has rated {cells['indicator']} of {cells['site']} above. Remove one")
        seen.add(key)
        problems += [f"line {row.line}  {fault}" for fault in faults]
        if not faults:
            source = f"{path.name} line {row.line}, sha256 {table.digest}"
            mark, day = float(cells["mark"]), read_day(cells["date"])
            found.append(Rating(key[0], key[1], key[2], key[3], mark, day, cells["reason"], source))
    if problems:
        raise TableError.listing(str(path), problems)
    if not found:
        raise TableError(f"{path}: no row has a mark. Fill in {', '.join(FILLED)}.")
    return tuple(found), blank


def _faults(
    cells: Mapping[str, str], versions: Collection[tuple[str, str]], known: Mapping[str, IndicatorRule]
) -> list[str]:
    faults = [f"`{name}` is blank" for name in ("reviewer", *FILLED) if not cells[name]]
    sites = {site for site, _ in versions}
    if cells["site"] not in sites:
        faults.append(f"no site {cells['site']!r} with a version to rate. {_meant(cells['site'], sites)}")
    elif (cells["site"], cells["language"]) not in versions:
        have = ", ".join(sorted(language for site, language in versions if site == cells["site"]))
        faults.append(f"{cells['site']} has no version {cells['language']!r} to rate. It has {have}")
    rule = known.get(cells["indicator"])
    if rule is None:
        faults.append(f"no expert indicator {cells['indicator']!r}. {_meant(cells['indicator'], known)}")
    elif cells["mark"] and (told := mark_fault(cells["mark"], rule)):
        faults.append(told)
    try:
        if cells["date"]:
            read_day(cells["date"])
    except ValueError:
        faults.append(f"`date` is {cells['date']!r}. Write it as 2026-06-30")
    return faults


def mark_fault(written: str, rule: IndicatorRule) -> str:
    """Say what is wrong with a mark, empty where the rubric has it."""
    marks = [level.mark for level in rule.rubric]
    try:
        if float(written) in marks:
            return ""
    except ValueError:
        pass
    return f"`mark` is {written!r}. The rubric of {rule.id} has {', '.join(map(shown, marks))}"


def _meant(name: str, candidates: Collection[str]) -> str:
    near = suggestion(name, candidates)
    return f"Did you mean {near}?" if near else f"There are: {', '.join(sorted(candidates)) or 'none'}"
