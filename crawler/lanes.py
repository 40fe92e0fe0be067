"""The order in which one version's waiting addresses are taken.

Lanes, each before the next: `FRONT` in order of arrival; `COLUMNS` and `ARTICLES` in turn; `FOOTERS`; `SITE_MAP`.
Columns come by what they are about, the first of each kind before the second of any. Articles lie in groups, a
column each, that take turns; within a group the newest is first, and those without a date follow as they were found.
"""

from __future__ import annotations

import heapq
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

# What a column is about, the ones that most is measured on first: those that readers of news and policies, then of
# services, look for. The rest of the column types come after these, columns of no known type last.
COLUMN_ORDER = (
    "news", "notices", "laws", "interpretation", "overview", "organisation", "leaders", "statistics", "business",
    "investment", "visa", "education", "tourism", "mailbox",
)  # fmt: skip
# So many columns are fetched before the first article, one for each article from then on.
COLUMNS_FIRST = 4
HOME = ""  # the group of what a home page links to and no column claims

_RANKS = {kind: rank for rank, kind in enumerate(COLUMN_ORDER)}


class Lane(IntEnum):
    """Where an address waits."""

    FRONT = 0
    COLUMNS = 1
    ARTICLES = 2
    FOOTERS = 3
    SITE_MAP = 4


@dataclass(frozen=True, slots=True)
class Address:
    """A page to fetch. `depth` counts links from the home page, `group` names the column it lies under."""

    url: str
    referrer: str
    anchor: str
    depth: int
    language: str
    group: str = HOME


@dataclass(frozen=True, slots=True)
class Spot:
    """Where an address waits, and what decides there: `kind` is a column's type, `dated` an article's date."""

    lane: Lane
    kind: str | None = None
    dated: date | None = None
    in_menu: bool = False


_Rank = tuple[int, ...]


class Lanes:
    """Waiting addresses. `path` is what an address shares with its counterpart in another version."""

    def __init__(self) -> None:
        self._waiting: dict[int, tuple[Address, bytes]] = {}  # by number, in order of arrival
        self._by_path: dict[bytes, int] = {}
        self._arrived = 0
        self._front: deque[int] = deque()
        self._heaps: dict[Lane, list[tuple[_Rank, int]]] = {lane: [] for lane in Lane}
        self._groups: dict[str, list[tuple[_Rank, int]]] = {}
        self._turns: deque[str] = deque()
        self._kinds: Counter[str] = Counter()
        self._lead = COLUMNS_FIRST  # columns that may still come before the next article

    def __len__(self) -> int:
        return len(self._waiting)

    def add(self, address: Address, spot: Spot, path: bytes) -> None:
        """Let an address wait."""
        self._arrived += 1
        number = self._arrived
        self._waiting[number] = (address, path)
        self._by_path[path] = number
        if spot.lane is Lane.FRONT:
            self._front.append(number)
        elif spot.lane is Lane.ARTICLES:
            if address.group not in self._groups:
                self._groups[address.group] = []
                self._turns.append(address.group)
            heapq.heappush(self._groups[address.group], (_article_rank(address, spot), number))
        else:
            rank = self._column_rank(spot) if spot.lane is Lane.COLUMNS else _other_rank(address, spot)
            heapq.heappush(self._heaps[spot.lane], (rank, number))

    def prefer(self, path: bytes) -> None:
        """Move the address with this path, where one waits, to the front."""
        number = self._by_path.get(path)
        if number in self._waiting:
            self._front.append(number)

    def pop(self) -> Address | None:
        """Take the next address, or None where none waits."""
        while self._waiting:
            number = self._next_number()
            # An address that was preferred waits in two places; the second finds it gone.
            if number in self._waiting:
                address, path = self._waiting.pop(number)
                if self._by_path.get(path) == number:
                    del self._by_path[path]
                return address
        return None

    def drain(self) -> Iterator[Address]:
        """Take all that waits, in the order of arrival."""
        waiting, self._waiting = self._waiting, {}
        for address, _ in waiting.values():
            yield address

    def _next_number(self) -> int:
        if self._front:
            return self._front.popleft()
        columns = self._heaps[Lane.COLUMNS]
        if columns and (self._lead > 0 or not self._turns):
            self._lead -= 1
            return heapq.heappop(columns)[1]
        if self._turns:
            self._lead = 1
            return self._next_article()
        lane = next(lane for lane in (Lane.FOOTERS, Lane.SITE_MAP) if self._heaps[lane])
        return heapq.heappop(self._heaps[lane])[1]

    def _next_article(self) -> int:
        group = self._turns.popleft()
        number = heapq.heappop(self._groups[group])[1]
        if self._groups[group]:
            self._turns.append(group)
        else:
            del self._groups[group]
        return number

    def _column_rank(self, spot: Spot) -> _Rank:
        kind = spot.kind or ""
        before = self._kinds[kind] if spot.kind else 1  # columns of no known type after the first of each known
        self._kinds[kind] += 1
        return (before, _RANKS.get(kind, len(_RANKS) + (not kind)))


def _article_rank(address: Address, spot: Spot) -> _Rank:
    if spot.dated is not None:
        return (0, -spot.dated.toordinal())
    return (1, address.depth, int(spot.in_menu))


def _other_rank(address: Address, spot: Spot) -> _Rank:
    return (-spot.dated.toordinal() if spot.dated else 0, address.depth)
