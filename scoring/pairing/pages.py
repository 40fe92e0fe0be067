"""Which foreign page is the counterpart of which Chinese page.

Precision comes first: a pair says that a page was translated and how long that took. What the site declares is taken
as it is (`declared`); what that leaves over is paired by what the pages say (`content`), and only then by
article numbers alone. An unpaired page is not yet an untranslated one: `content_cues_available` says whether a
counterpart could have been told at all.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from crawler.extract.language_codes import same_language
from crawler.model import CHINESE
from crawler.scope import Scope, page_key
from scoring.column_map import CORE_TYPES, spoken_languages
from scoring.evidence import PageEvidence, Pair
from scoring.pairing.content import content_cues_available as _content_cues_available
from scoring.pairing.content import pair_by_content
from scoring.pairing.copies import without_copies
from scoring.pairing.declared import STRENGTH, Claim, Side, certain_claims, number_claims, side_of

CHINESE_SHARE = 0.2  # of a body's letters in Han characters, from which it counts as left in Chinese
FEWEST_TYPED = 5  # articles of core columns from which they stand for what is core


def content_cues_available(language: str, base_language: str = CHINESE) -> bool:
    """Whether pages of a foreign language (a BCP 47 tag) can be paired with Chinese ones by what they say.

    Where they cannot, item parity is not measured: the cues were lacking, not the translations.
    """
    return _content_cues_available(_primary(language), base_language)


def pair_pages(
    foreign: Sequence[PageEvidence],
    chinese: Sequence[PageEvidence],
    *,
    foreign_scope: Scope,
    chinese_scope: Scope,
    foreign_language: str,
    base_language: str = CHINESE,
    digests: Mapping[str, str] = MappingProxyType({}),
) -> tuple[Pair, ...]:
    """Pair pages one to one; the work grows with the number of pages, not with its square.

    `chinese` are the pages of the version in `base_language`, Chinese or not; `digests` tell files by their content
    (`page_key` of an address → digest) where the archive holds them.

    Returns the pairs, then foreign articles without a counterpart, then core Chinese articles
    (`core_articles`) without one, each part sorted by address. An article that stands at several addresses is one
    (`without_copies`). The order of the pages changes nothing but which of two captures of one page stands.
    """
    ours, theirs = side_of(foreign, foreign_scope), side_of(chinese, chinese_scope)
    matching = _Matching()
    matching.take(certain_claims(ours, theirs, foreign_language, base_language))
    ours, theirs = without_copies(ours, matching.chinese_of), without_copies(theirs, matching.foreign_of)
    left_over = matching.left_over(ours, theirs)
    numbered = tuple(number_claims(*left_over))
    languages = _primary(foreign_language), base_language
    _match_content(*left_over, languages, numbered, matching, digests, _named_by_menus((ours, theirs)))
    matching.take(numbered)
    core = core_articles(theirs.pages.values())
    home = next((page for page in foreign if page.depth == 0), None)
    spoken = spoken_languages(foreign_language, home, base_language)
    pairs = [
        _pair(
            ours.pages[one],
            theirs.pages[other],
            *matching.found[one, other],
            core=theirs.pages[other].url in core,
            translated=_is_translated(ours.pages[one], spoken, base_language),
        )
        for one, other in sorted(matching.chinese_of.items())
    ]
    alone = [page for key, page in ours.pages.items() if key not in matching.chinese_of and page.is_article]
    missing = [page for key, page in theirs.pages.items() if key not in matching.foreign_of and page.url in core]
    pairs += [
        _pair(page, None, translated=_is_translated(page, spoken, base_language))
        for page in sorted(alone, key=lambda page: page.url)
    ]
    pairs += [_pair(None, page, core=True) for page in sorted(missing, key=lambda page: page.url)]
    return tuple(pairs)


@dataclass
class _Matching:
    """One-to-one pairs with score and cues."""

    chinese_of: dict[str, str] = field(default_factory=dict)
    foreign_of: dict[str, str] = field(default_factory=dict)
    found: dict[tuple[str, str], tuple[float, tuple[str, ...]]] = field(default_factory=dict)

    def take(self, claims: Iterable[Claim]) -> None:
        """Add the pairs that the claims support as far as both pages are free: the surest first, ties by address."""
        cues: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        for one, other, cue in claims:
            cues[one, other].add(cue)
        for edge in sorted(cues, key=lambda edge: (-_score(cues[edge]), edge)):
            if edge[0] not in self.chinese_of and edge[1] not in self.foreign_of:
                named = tuple(sorted(cues[edge], key=lambda cue: (-STRENGTH[cue], cue)))
                self.add(*edge, _score(named), named)

    def add(self, one: str, other: str, score: float, cues: tuple[str, ...]) -> None:
        """Add a pair of free pages."""
        self.chinese_of[one], self.foreign_of[other] = other, one
        self.found[one, other] = score, cues

    def left_over(self, ours: Side, theirs: Side) -> tuple[Side, Side]:
        """The pages of both sides that are still free."""
        return ours.without(self.chinese_of), theirs.without(self.foreign_of)


def _score(cues: Iterable[str]) -> float:
    doubt = 1.0
    for cue in sorted(cues):
        doubt *= 1 - STRENGTH[cue]
    return round(1 - doubt, 4)


def _match_content(
    ours: Side,
    theirs: Side,
    languages: tuple[str, str],
    numbered: Sequence[Claim],
    matching: _Matching,
    digests: Mapping[str, str],
    in_menus: Mapping[str, frozenset[str]],
) -> None:
    """Add the pairs that the texts of free pages support; `languages` are the foreign and the base one."""
    left, right = sorted(ours.pages), sorted(theirs.pages)
    places = {key: place for keys in (left, right) for place, key in enumerate(keys)}
    pairs = pair_by_content(
        [ours.pages[key] for key in left],
        [theirs.pages[key] for key in right],
        *languages,
        digests=digests,
        columns=in_menus,
        numbered=[
            (places[one], places[other]) for one, other, _ in numbered if one in ours.pages and other in theirs.pages
        ],
    )
    for pair in pairs:
        matching.add(left[pair.foreign], right[pair.chinese], pair.score, pair.cues)


def _named_by_menus(sides: Iterable[Side]) -> dict[str, frozenset[str]]:
    """The keys of the pages that the menus of either version lead to, and the core types that they give them."""
    columns = {column for side in sides for page in side.pages.values() for column in page.facts.columns}
    found: dict[str, frozenset[str]] = {}
    for column in columns:
        key = page_key(column.url)
        types = {column.type} if column.type in CORE_TYPES else set()
        found[key] = found.get(key, frozenset()) | types
    return found


def core_articles(pages: Iterable[PageEvidence]) -> frozenset[str]:
    """Return the addresses of the Chinese articles that a foreign version should carry: those of core columns.

    Where the menus name hardly a core column that we know, every article counts: else the articles that
    happen to have a counterpart would be the only ones looked at.
    """
    articles = [page for page in pages if page.is_article and page.depth > 0]
    typed = frozenset(page.url for page in articles if page.column_type in CORE_TYPES)
    return typed if len(typed) >= FEWEST_TYPED else frozenset(page.url for page in articles)


def _pair(
    foreign: PageEvidence | None,
    chinese: PageEvidence | None,
    score: float = 0.0,
    cues: tuple[str, ...] = (),
    *,
    core: bool = False,
    translated: bool | None = None,
) -> Pair:
    return Pair(
        foreign_url=foreign.url if foreign else None,
        chinese_url=chinese.url if chinese else None,
        score=score,
        cues=cues,
        foreign_date=foreign.published if foreign else None,
        chinese_date=chinese.published if chinese else None,
        translated=translated,
        core=core,
        column_type=chinese.column_type if chinese else None,
        foreign_title=_title(foreign),
        chinese_title=_title(chinese),
    )


def _title(page: PageEvidence | None) -> str:
    """A page's own title: what its tag says, for <title> often ends in the site's name."""
    return (page.facts.meta_tags.get("articletitle") or page.facts.title) if page else ""


def _is_translated(page: PageEvidence, spoken: Collection[str], base_language: str) -> bool | None:
    """Tell whether a body is in one of the version's languages; None where its language cannot be told."""
    language = page.facts.language
    if language.body == "und":
        return None
    if not any(same_language(language.body, tag) for tag in spoken):
        return False
    # Japanese is written with Han characters by right, and beside another base language they are no remains of it.
    may_hold_han = same_language(language.body, "ja") or base_language != CHINESE
    return may_hold_han or language.share_of("Hani") < CHINESE_SHARE


def _primary(language: str) -> str:
    return language.partition("-")[0].lower()
