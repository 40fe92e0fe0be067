"""Pairs by what a site declares and how its addresses are built, before anything is read.

Declared editions (hreflang), language switches and equal addresses below each version's own place are certain
enough to go before what the texts say; article numbers alone are only a sign.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from crawler.extract.labels import read_label
from crawler.extract.language_codes import canonical, same_language
from crawler.model import CHINESE
from crawler.scope import Scope, page_key, path_within
from scoring.evidence import PageEvidence

# How sure a cue makes a pair, 0..1; several together add up as independent signs do.
STRENGTH = {
    "home": 1.0,
    "mutual hreflang": 1.0,
    "hreflang": 0.95,
    "mutual link": 0.95,
    "url shape": 0.9,
    "link": 0.8,
    "numbered url": 0.7,
    "article id": 0.6,
}
SAME_DAYS = 3  # a translation that follows within days
LATE_DAYS = 30  # dates further apart than this contradict a pair that only numbers suggest

_PLAIN_NAMES = frozenset(
    "art article articles col content contents detail details default html id index info item list main news node "
    "page post show view".split()
)
_EXTENSION = re.compile(r"\.[a-z]{2,5}$", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{3,40}")
_ARTICLE_ID = re.compile(r"(?<!\d)\d{5,18}(?!\d)")
_DAY = re.compile(r"(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")

Claim = tuple[str, str, str]  # key of the foreign page, key of the Chinese page, cue


@dataclass(frozen=True)
class Side:
    """The pages of one version by key, each once; `known` finds them by any address that led to them."""

    scope: Scope
    pages: Mapping[str, PageEvidence]
    known: Mapping[str, str]

    def without(self, taken: Collection[str]) -> Side:
        """The pages that are still free, home pages left out."""
        free = {key: page for key, page in self.pages.items() if key not in taken and page.depth > 0}
        return replace(self, pages=free)


def side_of(pages: Sequence[PageEvidence], scope: Scope) -> Side:
    """Return the pages of one version; of two captures of one page the first stands."""
    found: dict[str, PageEvidence] = {}
    for page in pages:
        found.setdefault(page_key(page.url), page)
    known = {key: key for key in found}
    for page in pages:
        if page.ref.url != page.url:
            known.setdefault(page_key(page.ref.url), page_key(page.url))
    return Side(scope, found, known)


def certain_claims(ours: Side, theirs: Side, language: str, base_language: str = CHINESE) -> Iterator[Claim]:
    """Yield what the site declares, and pages of one named address; `theirs` are in the base language."""
    homes = [next((key for key, page in side.pages.items() if page.depth == 0), None) for side in (ours, theirs)]
    if homes[0] and homes[1]:
        yield homes[0], homes[1], "home"
    there = _claims(ours, theirs, lambda page: _declared(page, base_language))
    back = _claims(theirs, ours, lambda page: _declared(page, language))
    yield from _agreed(there, back, "hreflang")
    there = _claims(ours, theirs, lambda page: _switches(page, base_language))
    back = _claims(theirs, ours, lambda page: _switches(page, language))
    yield from _agreed(there, back, "link")
    yield from _same_shape(ours, theirs, named=True)


def number_claims(ours: Side, theirs: Side) -> Iterator[Claim]:
    """Yield pages whose addresses hold one number: two tables of articles may well count alike."""
    yield from _same_shape(ours, theirs, named=False)
    yield from _same_ids(ours, theirs)


def _claims(side: Side, other: Side, targets: Callable[[PageEvidence], Iterator[str]]) -> dict[str, set[str]]:
    """Which pages of the other side each page names as its counterpart."""
    found = {key: {other.known.get(page_key(url), "") for url in targets(page)} for key, page in side.pages.items()}
    return {key: named - {""} for key, named in found.items() if named - {""}}


def _agreed(there: dict[str, set[str]], back: dict[str, set[str]], cue: str) -> Iterator[Claim]:
    """Claims of both sides, or of one side where no other page claims the same and none contradicts.

    A template's switch leads every page to the home page: that says nothing of any of them.
    """
    for one, named in there.items():
        for other in sorted(key for key in named if one in back.get(key, ())):
            yield one, other, f"mutual {cue}"
    for one, other in _lone(there):
        if other not in back:
            yield one, other, cue
    for other, one in _lone(back):
        if one not in there:
            yield one, other, cue


def _lone(claims: dict[str, set[str]]) -> Iterator[tuple[str, str]]:
    times = Counter(target for named in claims.values() for target in named)
    for key, named in claims.items():
        if len(named) == 1 and times[next(iter(named))] == 1:
            yield key, next(iter(named))


def _declared(page: PageEvidence, language: str) -> Iterator[str]:
    for alternate in page.facts.alternates:
        if same_language(canonical(alternate.hreflang) or "", language):
            yield alternate.url


def _switches(page: PageEvidence, language: str) -> Iterator[str]:
    for link in page.facts.links:
        label = read_label(link.anchor)
        named = label.languages or label.short
        if len(named) == 1 and not label.others and same_language(named[0], language):
            yield link.url
    for version in page.facts.versions:
        if version.how != "widget" and same_language(version.language, language):
            yield version.url


def _same_shape(ours: Side, theirs: Side, *, named: bool) -> Iterator[Claim]:
    """Pages whose addresses are equal below their versions' places: `named` ones, or those that only count."""
    shapes: dict[str, list[str]] = defaultdict(list)
    for key, page in theirs.pages.items():
        shapes[path_within(page.url, theirs.scope)].append(key)
    for key, page in ours.pages.items():
        shape = path_within(page.url, ours.scope)
        found = shapes.get(shape, [])
        if len(found) != 1 or _is_named(shape) is not named:
            continue
        if named:
            yield key, found[0], "url shape"
        elif _may_share_number(shape, page, theirs.pages[found[0]]):
            yield key, found[0], "numbered url"


def _is_named(shape: str) -> bool:
    """Whether an address tells its page by words: `quick-start`, not `content_1234` or `?id=7`."""
    if not any(char.isdigit() for char in shape):
        return True
    last = _EXTENSION.sub("", shape.partition("?")[0].rsplit("/", 1)[-1])
    words = {word.lower() for word in _WORD.findall(last)}
    return "?" not in shape and bool(words - _PLAIN_NAMES)


def _may_share_number(shape: str, one: PageEvidence, other: PageEvidence) -> bool:
    """Whether equal numbers mean one article: two tables of articles may count from 1 each."""
    if not one.is_article and not other.is_article:
        return True
    days = _days_between(one.published, other.published)
    if days is not None and days <= SAME_DAYS:
        return True
    is_long = any(not _DAY.fullmatch(number) and len(number) > 5 for number in _ARTICLE_ID.findall(shape))
    return is_long and (days is None or days <= LATE_DAYS)


def _same_ids(ours: Side, theirs: Side) -> Iterator[Claim]:
    """Articles whose addresses hold one number that no other page's does, published within days."""
    there = _by_id(theirs)
    for number, keys in _by_id(ours).items():
        found = there.get(number, [])
        if len(keys) == len(found) == 1:
            days = _days_between(ours.pages[keys[0]].published, theirs.pages[found[0]].published)
            if days is not None and days <= SAME_DAYS:
                yield keys[0], found[0], "article id"


def _by_id(side: Side) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for key, page in side.pages.items():
        if page.is_article:
            for number in set(_ARTICLE_ID.findall(key.partition("/")[2])):
                if not _DAY.fullmatch(number):
                    found[number].append(key)
    return found


def _days_between(one: date | None, other: date | None) -> int | None:
    return None if one is None or other is None else abs((one - other).days)
