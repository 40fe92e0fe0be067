"""One table → one CSV file that any spreadsheet opens as what it is."""

from __future__ import annotations

from datetime import date, datetime
from numbers import Real
from pathlib import Path

import pandas as pd

from scoring.reports.plaintext import guard_cell
from scoring.reports.wording import fixed, instant, plain

# Scores and points have two decimals, shares four; any other number as many as it needs.
TWO_DECIMALS = ("total", "mean_total", "score", "scaled", "points", "points_before", "confidence")
FOUR_DECIMALS = ("coverage", "tier_share", "moved_share", "weight_share", "correlation")
DECIMALS = dict.fromkeys(TWO_DECIMALS, 2) | dict.fromkeys(FOUR_DECIMALS, 4)


def write_csv(frame: pd.DataFrame, path: Path) -> None:
    r"""Write a table of `scoring.reports.tables` as UTF-8 with BOM.

    Lines end in "\n" on every system: spreadsheets read it as well as "\r\n", and the file then has the
    same bytes wherever it was written and survives version control.
    """
    text = pd.DataFrame({guard_cell(str(name)): _texts(frame[name]) for name in frame.columns})
    text.to_csv(path, index=False, encoding="utf-8-sig", lineterminator="\n")


def _texts(column: pd.Series) -> pd.Series:
    name = str(column.name)
    decimals = 2 if name.endswith("_score") else DECIMALS.get(name)
    return pd.Series([_cell(value, decimals) for value in column], dtype=object)


def _cell(value: object, decimals: int | None) -> str:
    """Return a cell's text. Only text is guarded: a real number may begin with a minus."""
    if value is None:
        return ""
    match value:
        case bool():
            text = "true" if value else "false"
        case Real():
            text = plain(float(value)) if decimals is None else fixed(float(value), decimals)
        case datetime():
            text = instant(value)
        case date():
            text = value.isoformat()
        case _:
            text = guard_cell(str(value))
    return text
