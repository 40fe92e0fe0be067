"""What a part of the accuracy run gives back: tables of figures, and what could not be measured here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

Cell = str | int | float | None


@dataclass(frozen=True)
class Table:
    """Figures under a title. `notes` are lines below it: how n was made, the pages that failed."""

    title: str
    header: tuple[str, ...]
    rows: Sequence[tuple[Cell, ...]]
    notes: Sequence[str] = ()


@dataclass(frozen=True)
class Skipped:
    """A measurement that this machine has nothing for, with the reason."""

    title: str
    reason: str


Row = Table | Skipped


@dataclass
class Counts:
    """What was found against what is there. Precision and recall are None where nothing was, or is there to be, found.

    `right` are the findings that are true, `found` all findings, `there` all that is to be found.
    """

    right: int = 0
    found: int = 0
    there: int = 0

    def cells(self) -> tuple[Cell, ...]:
        """Return precision, recall, F1 and the counts, as `COUNTS` heads them."""
        precision = self.right / self.found if self.found else None
        recall = self.right / self.there if self.there else None
        both = self.found + self.there
        return precision, recall, 2 * self.right / both if both else None, self.right, self.found, self.there


COUNTS = ("precision", "recall", "F1", "right", "found", "there")


def folder(shared: Path | None, *parts: str) -> Path | None:
    """Return a folder of labelled pages, or None where it is not there."""
    path = shared.joinpath(*parts) if shared else None
    return path if path is not None and path.is_dir() else None


def lines_of(row: Row) -> Iterator[str]:
    """Yield a table as Markdown, so that what is printed can stand in the docs."""
    if isinstance(row, Skipped):
        yield f"{row.title}: skipped, {row.reason}"
        return
    yield f"{row.title}"
    yield ""
    yield _line(row.header)
    yield _line("---" for _ in row.header)
    yield from (_line(map(_cell, cells)) for cells in row.rows)
    if row.notes:
        yield ""
        yield from (f"  {note}" for note in row.notes)


def _line(cells: object) -> str:
    return "| " + " | ".join(cells) + " |"  # type: ignore[call-overload]


def _cell(value: Cell) -> str:
    if value is None:
        return "-"
    return f"{value:.3f}" if isinstance(value, float) else str(value)
