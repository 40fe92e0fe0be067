"""Which addresses of a version were not fetched, and why: a bounded list with sums for the rest."""

from __future__ import annotations

from collections import Counter

BUDGET = "budget"
GAVE_UP = "gave up"
ROBOTS = "robots"
OUT_OF_SCOPE = "out of scope"
TRAP = "trap"
DUPLICATE = "duplicate"

# What is not the version's own, or is a page that was fetched under another address, is nothing that we failed
# to see; what robots.txt closes is a failed fetch and counted there.
_UNSEEN = (BUDGET, GAVE_UP, TRAP)

MAX_ROWS = 2000  # addresses kept for a version
MAX_ROWS_A_KIND = 400  # of any reason but the budget, so that none crowds the others out


def is_unseen(reason: str) -> bool:
    """Whether an address left out for this reason may be a page of the version that nobody looked at."""
    return reason.startswith(_UNSEEN)


class LeftOut:
    """The addresses left out of one version, by reason; reasons begin with one of the kinds above."""

    def __init__(self) -> None:
        self._rows: dict[str, str] = {}
        self._kept: Counter[str] = Counter()
        self._more: Counter[str] = Counter()

    def note(self, url: str, kind: str, words: str) -> None:
        """Keep an address with its reason; the first reason stands. Beyond the bounds it is only counted."""
        if url in self._rows:
            return
        limit = MAX_ROWS if kind in (BUDGET, GAVE_UP) else MAX_ROWS_A_KIND
        if len(self._rows) >= MAX_ROWS or self._kept[kind] >= limit:
            self._more[kind] += 1
            return
        self._kept[kind] += 1
        self._rows[url] = f"{kind}: {words}"

    def rows(self) -> dict[str, str]:
        """Address → reason, and a row a kind that says how many more there were."""
        sums = {f"({kind}: more)": f"{kind}: {count} more links" for kind, count in sorted(self._more.items())}
        return self._rows | sums
