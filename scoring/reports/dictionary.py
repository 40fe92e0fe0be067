"""What every column of every table means: the one home of units, meanings and Chinese headers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from types import MappingProxyType

from ruamel.yaml import YAML

SHARED = "shared"
TOPICS = "topics"


@dataclass(frozen=True)
class ColumnEntry:
    """One column: `unit` of its values, what it says in English and in Chinese, and its Chinese header."""

    table: str
    column: str
    chinese: str
    unit: str
    meaning: str
    meaning_chinese: str


def column_entry(table: str, column: str, parts: Mapping[str, str] = MappingProxyType({})) -> ColumnEntry:
    """Return a column's entry: its own, else one by pattern (`*_score`), else that of the columns that tables share.

    `parts` are Chinese titles by id, of the categories that stand for the `*`. Raises KeyError where the dictionary
    does not know the column.
    """
    own, shared = _dictionary().get(table, {}), _dictionary()[SHARED]
    found = own.get(column) or next((own[key] for key in own if "*" in key and fnmatch(column, key)), None)
    found = found or shared.get(column)
    if found is None:
        raise KeyError(f"{table}.{column}: has no entry in scoring/reports/dictionary.yaml")
    unit, chinese, meaning, meaning_chinese = found
    pattern = next((key for key in own if "*" in key and fnmatch(column, key)), None)
    if pattern and column not in own:
        part = column.removesuffix(pattern[1:])
        chinese = f"{parts[part]}{chinese}" if parts.get(part) else f"{part} {chinese}"
    return ColumnEntry(table, column, chinese, unit, meaning, meaning_chinese)


def column_entries(columns: Mapping[str, Sequence[str]], parts: Mapping[str, str]) -> Iterator[ColumnEntry]:
    """Yield the entry of every column of every table, in order; `columns` are names by table."""
    for table, names in columns.items():
        for name in names:
            yield column_entry(table, name, parts)


@dataclass(frozen=True)
class Topic:
    """What a `statistic` of statistics.csv counts, in English and in Chinese, and its Chinese title."""

    chinese: str
    meaning: str
    meaning_chinese: str


def topics() -> dict[str, Topic]:
    """Return what each `statistic` of statistics.csv counts, by name."""
    return {name: Topic(*written) for name, written in _dictionary()[TOPICS].items()}


def dictionary_page() -> str:
    """Return docs/data-dictionary.md."""
    lines = [
        "# Data dictionary",
        "",
        "Every column of every table that `waiwen report` writes; `data_dictionary.csv` beside them says the same.",
        "This page is made by `make dictionary` from scoring/reports/dictionary.yaml.",
        "Files are UTF-8 with BOM; an empty cell is never a zero.",
    ]
    for table, columns in _dictionary().items():
        if table == TOPICS:
            continue
        lines += ["", f"## {'In every table' if table == SHARED else f'{table}.csv'}", ""]
        lines += ["| column | 列名 | unit | meaning | 含义 |", "| --- | --- | --- | --- | --- |"]
        lines += [
            f"| `{name}` | {chinese} | {unit} | {meaning} | {meaning_chinese} |"
            for name, (unit, chinese, meaning, meaning_chinese) in columns.items()
        ]
    lines += [
        "",
        "## What statistics.csv counts",
        "",
        "| statistic | 统计项 | meaning | 含义 |",
        "| --- | --- | --- | --- |",
    ]
    lines += [f"| `{name}` | {t.chinese} | {t.meaning} | {t.meaning_chinese} |" for name, t in topics().items()]
    return "\n".join(lines) + "\n"


@cache
def _dictionary() -> dict[str, dict[str, list[str]]]:
    text = Path(__file__).with_name("dictionary.yaml").read_text("utf-8")
    found: dict[str, dict[str, list[str]]] = YAML(typ="safe", pure=True).load(text)
    return found
