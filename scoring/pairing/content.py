"""Pairs by what pages say: terms, candidates, the best one-to-one choice, and a score with its cues."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from crawler.model import CHINESE
from crawler.scope import page_key
from scoring.evidence import PageEvidence
from scoring.pairing.assignment import assign
from scoring.pairing.candidates import Candidates, find_candidates, free_rivals
from scoring.pairing.glossary import glossary_of
from scoring.pairing.kinds import KINDS
from scoring.pairing.names import names_available
from scoring.pairing.score import (
    RIVAL,
    SIGNS,
    SURE,
    THRESHOLD,
    ahead_of,
    characters_for_one,
    log_odds_of,
    preference_of,
    scores_of,
    signs_of,
    too_early,
)
from scoring.pairing.sparse import Floats
from scoring.pairing.terms import PageTerms, Vocabulary, read_sides

_NO_COLUMNS: Mapping[str, frozenset[str]] = MappingProxyType({})
LIST_ITEMS = 5  # as PageEvidence.is_article
STUB = 14  # Chinese characters' worth of text below which a foreign page tells no news
FEWEST_TERMS = 100  # of our glossary in a language, from which its pages can be told apart
# Two addresses with one article number: as much as a title that agrees and a half (log-odds; not fitted).
SAME_NUMBER = 3.0
# One picture or file that hardly another page shows (log-odds; not fitted either: the labelled pages have none).
SAME_FILE = 3.0
_HOPELESS = -6.0  # log-odds below which a candidate is not weighed at all
_TELLING_PART = 0.08  # of the cosine, from which a kind of term is named as a cue
_TELLING_TITLE = 0.4


@dataclass(frozen=True)
class ContentPair:
    """A foreign and a Chinese page by their places in the lists, `score` 0..1, and the cues, the strongest first."""

    foreign: int
    chinese: int
    score: float
    cues: tuple[str, ...]


def content_cues_available(language: str, base_language: str = CHINESE) -> bool:
    """Whether pages in two languages (primary tags) can be told apart by what they say.

    Without, a page left unpaired says nothing of the site: the cues were lacking, not the translation.
    """
    named = CHINESE not in (language, base_language) or names_available()
    return language == base_language or (named and _is_glossed(language) and _is_glossed(base_language))


def _is_glossed(language: str) -> bool:
    return language == CHINESE or len(glossary_of(language).terms) >= FEWEST_TERMS


def pair_by_content(
    foreign: Sequence[PageEvidence],
    chinese: Sequence[PageEvidence],
    language: str,
    base_language: str = CHINESE,
    *,
    numbered: Collection[tuple[int, int]] = (),
    columns: Mapping[str, frozenset[str]] = _NO_COLUMNS,
    digests: Mapping[str, str] = MappingProxyType({}),
) -> list[ContentPair]:
    """Pair pages one to one, as far as the score reaches the threshold; sorted. `chinese` are in the base language.

    `numbered` are pairs (foreign, Chinese) whose addresses hold one article number; `columns` the `page_key` of the
    pages that menus lead to → the types of column that these give them. `digests`: `page_key` of a file's address →
    digest, where the archive holds it.
    """
    vocabulary = Vocabulary()
    languages = language, base_language
    terms = read_sides(foreign, chinese, languages, vocabulary, digests)
    return pair_by_terms((foreign, chinese), languages, terms, vocabulary, numbered=numbered, columns=columns)


def pair_by_terms(
    pages: tuple[Sequence[PageEvidence], Sequence[PageEvidence]],
    languages: tuple[str, str],
    terms: tuple[Sequence[PageTerms], Sequence[PageTerms]],
    vocabulary: Vocabulary,
    *,
    numbered: Collection[tuple[int, int]] = (),
    columns: Mapping[str, frozenset[str]] = _NO_COLUMNS,
    kinds: Sequence[str] = KINDS,
    threshold: float = THRESHOLD,
) -> list[ContentPair]:
    """Pair pages as `pair_by_content` does, by terms that are read already; only those of `kinds` are looked at."""
    foreign, chinese = pages
    candidates = find_candidates(*terms, vocabulary, kinds)
    if not len(candidates.rows):
        return []
    signs = signs_of(candidates, foreign, chinese, terms, languages)
    same_number = _among(candidates, numbered)
    bonus = SAME_NUMBER * same_number + SAME_FILE * (candidates.shared[:, KINDS.index("files")] > 0)
    preference = preference_of(signs) + bonus
    excluded = too_early(candidates, foreign, chinese) | _told_too_little(candidates, foreign, chinese, languages[0])
    excluded |= _unlike(candidates, foreign, chinese, columns)
    possible = (preference > _HOPELESS) & ~excluded
    chosen = np.zeros(len(possible), dtype=np.bool_)
    ends = candidates.rows[possible], candidates.columns[possible]
    chosen[possible] = assign(*ends, preference[possible] - _HOPELESS)
    signs[:, RIVAL] = ahead_of(free_rivals(candidates, chosen), candidates.cosine)
    scores = scores_of(log_odds_of(signs) + bonus)
    slight = np.array([_is_stub(page, languages[0]) for page in foreign])[candidates.rows]
    is_index = slight | np.array([_is_index(page) for page in chinese])[candidates.columns]
    # An undated page of a few words shares the names of columns with many.
    sure = scores >= np.where(is_index, max(threshold, SURE), threshold)
    return list(_pairs(candidates, signs, scores, np.flatnonzero(chosen & sure).tolist(), same_number))


def _among(candidates: Candidates, numbered: Collection[tuple[int, int]]) -> Floats:
    wanted = frozenset(numbered)
    edges = zip(candidates.rows.tolist(), candidates.columns.tolist(), strict=True)
    return np.array([edge in wanted for edge in edges], dtype=np.float64)


def _told_too_little(
    candidates: Candidates,
    foreign: Sequence[PageEvidence],
    chinese: Sequence[PageEvidence],
    language: str,
) -> NDArray[np.bool_]:
    """Tell the candidates whose foreign page is a list or a stub beside a Chinese article: no translation of it."""
    ours = np.array([_is_list(page) or _is_stub(page, language) for page in foreign])
    articles = np.array([page.is_article for page in chinese])
    told: NDArray[np.bool_] = ours[candidates.rows] & articles[candidates.columns]
    return told


def _unlike(
    candidates: Candidates,
    foreign: Sequence[PageEvidence],
    chinese: Sequence[PageEvidence],
    columns: Mapping[str, frozenset[str]],
) -> NDArray[np.bool_]:
    """Tell the candidates of which one is a column page and the other an article, or a column of other types.

    A column page is an undated one that a menu leads to, an article a dated one that none leads to.
    """
    sides = foreign, chinese
    in_menu = [np.array([page_key(page.url) in columns for page in side], dtype=np.bool_) for side in sides]
    dated = [np.array([page.published is not None for page in side], dtype=np.bool_) for side in sides]
    is_column = [named & ~has_date for named, has_date in zip(in_menu, dated, strict=True)]
    is_article = [has_date & ~named for named, has_date in zip(in_menu, dated, strict=True)]
    rows, others = candidates.rows, candidates.columns
    unlike: NDArray[np.bool_] = (is_column[0][rows] & is_article[1][others]) | (
        is_article[0][rows] & is_column[1][others]
    )
    for edge in np.flatnonzero(is_column[0][rows] & is_column[1][others]).tolist():
        one, other = (columns[page_key(page.url)] for page in (foreign[rows[edge]], chinese[others[edge]]))
        unlike[edge] = bool(one and other) and one.isdisjoint(other)
    return unlike


def _is_stub(page: PageEvidence, language: str) -> bool:
    return page.facts.text_chars < STUB * characters_for_one(language)


def _is_list(page: PageEvidence) -> bool:
    return len(page.facts.items) >= LIST_ITEMS


def _is_index(page: PageEvidence) -> bool:
    """Whether a Chinese page is an undated one with less text than an article has: a column, as a rule."""
    return not page.is_article and not _is_list(page) and page.published is None


def _pairs(
    candidates: Candidates, signs: Floats, scores: Floats, chosen: Sequence[int], same_number: Floats
) -> Iterator[ContentPair]:
    soon = SIGNS.index("dated soon after")
    for edge in chosen:
        parts = candidates.shared[edge] / max(candidates.cosine[edge], 1e-9)
        told = [(part, kind) for part, kind in zip(parts.tolist(), KINDS, strict=True) if part >= _TELLING_PART]
        cues = [kind for _, kind in sorted(told, key=lambda cue: (-cue[0], cue[1]))]
        cues += ["title"] if candidates.headed[edge] >= _TELLING_TITLE else []
        cues += ["dates"] if signs[edge, soon] else []
        cues += ["article number"] if same_number[edge] else []
        yield ContentPair(
            int(candidates.rows[edge]), int(candidates.columns[edge]), round(float(scores[edge]), 4), tuple(cues)
        )
