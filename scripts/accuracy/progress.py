"""A word on stderr, now and then, on how far a long measurement is."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from typing import TypeVar

SECONDS = 15.0  # between two words

Thing = TypeVar("Thing")


def watched(things: Sequence[Thing], what: str) -> Iterator[Thing]:
    """Yield the things, saying at times how many are done."""
    said = time.monotonic()
    for done, thing in enumerate(things):
        if time.monotonic() - said >= SECONDS:
            print(f"  {what}: {done} of {len(things)}", file=sys.stderr, flush=True)
            said = time.monotonic()
        yield thing
