"""Which foreign page is the counterpart of which Chinese page.

Precision comes first: a pair says that a page was translated and how long that took, so a doubtful pair is
no pair. Strong cues are what the site itself declares (hreflang, language switches) and equal addresses
below each version's own place; only what they leave over is tried by article number, date and figures.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from crawler.extract.labels import read_label
from crawler.extract.language_codes import canonical, same_language
from crawler.model import CHINESE
from crawler.scope import Scope, page_key, path_within
from scoring.column_map import CORE_TYPES
from scoring.evidence import PageEvidence, Pair

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
    "date and figures": 0.6,
}
SAME_DAYS = 3  # a translation that follows within days
LATE_DAYS = 30  # dates further apart than this contradict a pair that only numbers suggest
SHARED_FIGURES = 3
FIGURE_SHARE = 0.6  # of the figures of the page that has fewer
COMMON_FIGURE = 5  # a figure on more Chinese pages than this tells none of them apart
FEWEST_TYPED = 5  # articles of core columns from which they stand for what is core
TEXT_READ = 20_000  # characters of a text searched for figures

_PLAIN_NAMES = frozenset(
    "art article articles col content contents detail details default html id index info item list main news node "
    "page post show view".split()
)
_EXTENSION = re.compile(r"\.[a-z]{2,5}$", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_]{3,40}")
_ARTICLE_ID = re.compile(r"(?<!\d)\d{5,18}(?!\d)")
_DAY = re.compile(r"(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])")
_FIGURE = re.compile(r"(?<![\d.])\d{1,12}(?:,\d{3}){0,4}(?:\.\d{1,6})?(?![\d])")


def pair_pages(
    foreign: Sequence[PageEvidence],
    chinese: Sequence[PageEvidence],
    *,
    foreign_scope: Scope,
    chinese_scope: Scope,
    foreign_language: str,
) -> tuple[Pair, ...]:
    """Pair pages one to one; the work grows with the number of pages, not with its square.

    Returns the pairs, then foreign articles without a counterpart, then core Chinese articles
    (`core_articles`) without one, each part sorted by address. The order of the pages changes nothing but
    which of two captures of one page stands.
    """
    ours, theirs = _Side(foreign, foreign_scope), _Side(chinese, chinese_scope)
    matching = _Matching()
    matching.take(_strong_cues(ours, theirs, foreign_language))
    left, right = ours.without(matching.chinese_of), theirs.without(matching.foreign_of)
    matching.take((*_same_ids(left, right), *_same_figures(left, right)))
    core = core_articles(theirs.pages.values())
    pairs = [
        _pair(ours.pages[one], theirs.pages[other], matching.cues[one, other], core=theirs.pages[other].url in core)
        for one, other in sorted(matching.chinese_of.items())
    ]
    alone = [page for key, page in ours.pages.items() if key not in matching.chinese_of and page.is_article]
    missing = [page for key, page in theirs.pages.items() if key not in matching.foreign_of and page.url in core]
    pairs += [_pair(page, None, ()) for page in sorted(alone, key=lambda page: page.url)]
    pairs += [_pair(None, page, (), core=True) for page in sorted(missing, key=lambda page: page.url)]
    return tuple(pairs)


class _Side:
    """The pages of one version by key, each once; `known` finds them by any address that led to them."""

    def __init__(self, pages: Iterable[PageEvidence], scope: Scope) -> None:
        self.scope = scope
        self.pages: dict[str, PageEvidence] = {}
        self.known: dict[str, str] = {}
        for page in pages:
            key = page_key(page.url)
            self.pages.setdefault(key, page)
            self.known.setdefault(key, key)
        for page in pages:
            self.known.setdefault(page_key(page.ref.url), page_key(page.url))

    def without(self, taken: Iterable[str]) -> _Side:
        """The articles that are still free."""
        gone = frozenset(taken)
        return _Side((page for key, page in self.pages.items() if key not in gone and page.is_article), self.scope)


Claim = tuple[str, str, str]  # key of the foreign page, key of the Chinese page, cue


@dataclass
class _Matching:
    """One-to-one pairs: the surest first, ties by address."""

    chinese_of: dict[str, str] = field(default_factory=dict)
    foreign_of: dict[str, str] = field(default_factory=dict)
    cues: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)

    def take(self, claims: Iterable[Claim]) -> None:
        """Add the pairs that the claims support, as far as both pages are free."""
        cues: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        for one, other, cue in claims:
            cues[one, other].add(cue)
        for edge in sorted(cues, key=lambda edge: (-_score(cues[edge]), edge)):
            one, other = edge
            if one not in self.chinese_of and other not in self.foreign_of:
                self.chinese_of[one], self.foreign_of[other] = other, one
                self.cues[edge] = tuple(sorted(cues[edge], key=lambda cue: (-STRENGTH[cue], cue)))


def _score(cues: Iterable[str]) -> float:
    doubt = 1.0
    for cue in sorted(cues):
        doubt *= 1 - STRENGTH[cue]
    return round(1 - doubt, 4)


def _strong_cues(ours: _Side, theirs: _Side, language: str) -> Iterator[Claim]:
    homes = [next((key for key, page in side.pages.items() if page.depth == 0), None) for side in (ours, theirs)]
    if homes[0] and homes[1]:
        yield homes[0], homes[1], "home"
    there = _claims(ours, theirs, lambda page: _declared(page, CHINESE))
    back = _claims(theirs, ours, lambda page: _declared(page, language))
    yield from _agreed(there, back, "hreflang")
    there = _claims(ours, theirs, lambda page: _switches(page, CHINESE))
    back = _claims(theirs, ours, lambda page: _switches(page, language))
    yield from _agreed(there, back, "link")
    yield from _same_shape(ours, theirs)


def _claims(side: _Side, other: _Side, targets: Callable[[PageEvidence], Iterator[str]]) -> dict[str, set[str]]:
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


def _same_shape(ours: _Side, theirs: _Side) -> Iterator[Claim]:
    """Pages whose addresses are equal below their versions' places."""
    shapes: dict[str, list[str]] = defaultdict(list)
    for key, page in theirs.pages.items():
        shapes[path_within(page.url, theirs.scope)].append(key)
    for key, page in ours.pages.items():
        shape = path_within(page.url, ours.scope)
        found = shapes.get(shape, [])
        if len(found) != 1:
            continue
        if _is_named(shape):
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


def _same_ids(ours: _Side, theirs: _Side) -> Iterator[Claim]:
    """Articles whose addresses hold one number that no other page's does, published within days."""
    there = _by_id(theirs)
    for number, keys in _by_id(ours).items():
        found = there.get(number, [])
        if len(keys) == len(found) == 1 and _is_soon(ours.pages[keys[0]], theirs.pages[found[0]], SAME_DAYS):
            yield keys[0], found[0], "article id"


def _by_id(side: _Side) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for key in side.pages:
        for number in set(_ARTICLE_ID.findall(key.partition("/")[2])):
            if not _DAY.fullmatch(number):
                found[number].append(key)
    return found


def _same_figures(ours: _Side, theirs: _Side) -> Iterator[Claim]:
    """Articles of about one date whose texts share rare figures, where one fits best."""
    figures = {key: _figures(page) for key, page in theirs.pages.items()}
    pages_with: dict[str, list[str]] = defaultdict(list)
    for key, found in figures.items():
        for figure in found:
            pages_with[figure].append(key)
    for key, page in ours.pages.items():
        own = _figures(page)
        rare = (pages_with[figure] for figure in own if len(pages_with.get(figure, ())) in range(1, COMMON_FIGURE + 1))
        shared = Counter(other for keys in rare for other in keys)
        fitting = [
            (count, other)
            for other, count in shared.items()
            if count >= SHARED_FIGURES
            and count >= FIGURE_SHARE * min(len(own), len(figures[other]))
            and _is_soon(page, theirs.pages[other], LATE_DAYS)
        ]
        best = sorted(fitting, reverse=True)[:2]
        if best and (len(best) == 1 or best[0][0] > best[1][0]):
            yield key, best[0][1], "date and figures"


def _figures(page: PageEvidence) -> frozenset[str]:
    """The figures of a text that say something: three digits or a decimal, years apart."""
    found = (figure.replace(",", "") for figure in _FIGURE.findall(page.facts.text[:TEXT_READ]))
    return frozenset(
        figure
        for figure in found
        if ("." in figure or len(figure) > 2) and not (len(figure) == 4 and figure[:2] in ("19", "20"))
    )


def _is_soon(one: PageEvidence, other: PageEvidence, days: int) -> bool:
    apart = _days_between(one.published, other.published)
    return apart is not None and apart <= days


def _days_between(one: date | None, other: date | None) -> int | None:
    return None if one is None or other is None else abs((one - other).days)


def core_articles(pages: Iterable[PageEvidence]) -> frozenset[str]:
    """Return the addresses of the Chinese articles that a foreign version should carry: those of core columns.

    Where the menus name hardly a core column that we know, every article counts: else the articles that
    happen to have a counterpart would be the only ones looked at.
    """
    articles = [page for page in pages if page.is_article and page.depth > 0]
    typed = frozenset(page.url for page in articles if page.column_type in CORE_TYPES)
    return typed if len(typed) >= FEWEST_TYPED else frozenset(page.url for page in articles)


def _pair(
    foreign: PageEvidence | None, chinese: PageEvidence | None, cues: tuple[str, ...], *, core: bool = False
) -> Pair:
    return Pair(
        foreign_url=foreign.url if foreign else None,
        chinese_url=chinese.url if chinese else None,
        score=_score(cues) if cues else 0.0,
        cues=cues,
        foreign_date=foreign.published if foreign else None,
        chinese_date=chinese.published if chinese else None,
        translated=_is_translated(foreign) if foreign else None,
        core=core,
    )


def _is_translated(page: PageEvidence) -> bool | None:
    body = page.facts.language.body
    return None if body == "und" else not same_language(body, CHINESE)
