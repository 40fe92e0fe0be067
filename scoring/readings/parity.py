"""Which items of the two versions are compared: core items, the window, translations, and what went unseen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from crawler.scope import page_key
from scoring.evidence import Evidence, PageEvidence, Pair, gone_pages

# An item of the last days may still be on a translator's desk: its absence says nothing yet.
GRACE_DAYS = 7
WINDOW_DAYS = 365  # before the cut-off, unless the rule file says otherwise: a year holds a version's slow months too
# Columns in which a version reports news, and those in which it tells of rules.
NEWS_TYPES = frozenset({"news"})
POLICY_TYPES = frozenset({"laws", "interpretation", "notices"})


@dataclass(frozen=True)
class ColumnShare:
    """Of `total` core items of a column type (empty: no known type), so many have a translated counterpart."""

    type: str
    translated: int
    total: int


def window_of(cutoff: date, window_days: int = WINDOW_DAYS) -> tuple[date, date]:
    """Return the first and the last day whose Chinese items are looked for in the foreign version."""
    return cutoff - timedelta(days=window_days), cutoff - timedelta(days=GRACE_DAYS)


def core_items(pairs: Iterable[Pair], window: tuple[date, date]) -> list[Pair]:
    """Return the core Chinese items dated within the window, with or without counterpart."""
    first, last = window
    return [pair for pair in pairs if pair.core and pair.chinese_date and first <= pair.chinese_date <= last]


def is_translated(pair: Pair) -> bool:
    """Tell whether an item has a counterpart whose body is in the version's language, or may be."""
    return pair.foreign_url is not None and pair.chinese_url is not None and pair.translated is not False


def column_shares(items: Iterable[Pair]) -> tuple[ColumnShare, ...]:
    """Return the share of translated items by column type, in alphabetical order."""
    found: dict[str, list[bool]] = {}
    for item in items:
        found.setdefault(item.column_type or "", []).append(is_translated(item))
    return tuple(ColumnShare(kind, sum(hits), len(hits)) for kind, hits in sorted(found.items()))


def translations(pairs: Iterable[Pair], cutoff: date, window_days: int = WINDOW_DAYS) -> list[Pair]:
    """Return the translated pairs, both dated, whose foreign page is of the window or its last days."""
    first, _ = window_of(cutoff, window_days)
    return [
        pair
        for pair in pairs
        if is_translated(pair)
        and pair.lag_days is not None
        and pair.foreign_date is not None
        and first <= pair.foreign_date <= cutoff
    ]


def lag_of(pair: Pair) -> int:
    """Return the days by which a translation follows its source; one that came first is not late."""
    return max(0, pair.lag_days or 0)


def unseen_items(evidence: Evidence, window_days: int = WINDOW_DAYS) -> tuple[int, int]:
    """Return how many foreign items of the window are listed but were not captured, and how many are known in all.

    A translation among those that we did not fetch would be taken for missing.
    """
    first, last = evidence.cutoff - timedelta(days=window_days), evidence.cutoff
    hosts = {_host(page_key(page.url)) for page in evidence.pages}
    captured = {page_key(page.url): page.published for page in evidence.pages if page.is_article}
    known = {key for key, published in captured.items() if published and first <= published <= last}
    answered = {page_key(page.ref.url): page_key(page.url) for page in evidence.pages}
    told = {page_key(page.url) for page in evidence.pages} | gone_pages(evidence.failed)
    listed = {
        answered.get(key, key)
        for page in evidence.pages
        for item in page.facts.items
        if item.date and first <= item.date <= last and _host(key := page_key(item.url)) in hosts
    }
    unseen = listed - told
    return len(unseen), len(unseen | known)


def pages_by_address(pages: Sequence[PageEvidence]) -> Callable[[str | None], PageEvidence | None]:
    """Return a lookup from an address, as asked for or as it answered, to its page."""
    known: Mapping[str, PageEvidence] = {
        page_key(url): page for page in reversed(pages) for url in (page.ref.url, page.url)
    }
    return lambda url: known.get(page_key(url)) if url is not None else None


def _host(key: str) -> str:
    return key.partition("/")[0]
