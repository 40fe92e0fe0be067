"""Progress of long work: a bar on a terminal, one line a minute otherwise."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

LINE_EVERY = 60.0  # seconds

Report = Callable[[int], None]


@contextmanager
def progress(console: Console, label: str, unit: str, total: int | None = None) -> Iterator[Report]:
    """Show how far a step is; the yielded function is told how many `unit` are done so far."""
    if console.is_terminal:
        columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TextColumn(_counts(unit, total)))
        with Progress(*columns, TimeElapsedColumn(), console=console, transient=True) as bar:
            task = bar.add_task(label, total=total)
            yield lambda done: bar.update(task, completed=done)
        return
    last = time.monotonic()
    whole = "" if total is None else f" of {total}"

    def line(done: int) -> None:
        nonlocal last
        if time.monotonic() - last >= LINE_EVERY:
            last = time.monotonic()
            print(f"{label}: {done}{whole} {unit}", file=sys.stderr, flush=True)  # noqa: T201 - plain output for logs

    yield line


def _counts(unit: str, total: int | None) -> str:
    return "{task.completed} " + unit if total is None else "{task.completed}/{task.total} " + unit
