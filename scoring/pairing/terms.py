"""What of a page can be found again in its translation, by kind: figures, days, names, words, characters, files.

Foreign pages are read first. They fix the vocabulary: of a Chinese page only what some foreign page holds too is
kept, so that the work and the memory grow with the pages and not with the words of Chinese.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache, partial
from itertools import pairwise
from types import MappingProxyType

import numpy as np
import opencc
import scipy.sparse as sp

from crawler.extract.language_codes import same_language
from crawler.model import CHINESE
from crawler.scope import page_key
from scoring.evidence import PageEvidence
from scoring.pairing.chinese_reader import ChineseReader
from scoring.pairing.figures import figures_and_days, folded
from scoring.pairing.glossary import glossary_of
from scoring.pairing.kinds import (
    COGNATE_LANGUAGES,
    COGNATES,
    DAYS,
    DICTIONARY,
    FIGURES,
    FILES,
    GLOSSARY,
    HAN_RUN,
    LATIN,
    NAMES,
    SHARED,
    Term,
    latin_words,
    neighbours,
)
from scoring.pairing.names import foreign_names
from scoring.pairing.sparse import Floats, Ints, listed
from scoring.pairing.words import STOP_WORDS, root, stem, words

FOREIGN_READ = 16_000  # characters of a foreign text that are read; a Chinese text says as much in fewer
CHINESE_READ = 8_000
HEAD = 100  # characters of a title or a first line
LABEL = 14  # bytes in UTF-8, so that a Han character counts for three letters; a shorter first line names a section
FOREIGN_LEAD, CHINESE_LEAD = 300, 100  # characters of a text's beginning that say about as much
LEAD_WEIGHT = 2.0  # of a term there, against one further on; of 1, 2 and 3 the one that fitted best (pairing_fit.py)
STAMP_DAYS = 3  # from its publication on: days that a page names as those of its last change

_HANGUL_RUN = re.compile(r"[가-힣]{2,60}")

_NO_DIGESTS: Mapping[str, str] = MappingProxyType({})
_NO_TERMS: Ints = np.zeros(0, np.int64)
_AT_ONCE = 512  # Chinese pages that are read together: bounds the memory


@dataclass
class Vocabulary:
    """Terms by number."""

    numbers: dict[Term, int] = field(default_factory=dict)

    def number(self, term: Term) -> int:
        """Return the number of a term, a new one where it has none."""
        return self.numbers.setdefault(term, len(self.numbers))


@dataclass(frozen=True)
class PageTerms:
    """One page: `terms` are numbers of the vocabulary, `weights` how much each stands there, `length` in characters.

    `head` are the terms of its title or first line; `stamps` those that may be its own dateline: nobody expects
    them in its counterpart.
    """

    terms: Ints
    weights: Floats
    length: int
    head: Ints
    stamps: Ints


def read_sides(
    foreign: Sequence[PageEvidence],
    base: Sequence[PageEvidence],
    languages: tuple[str, str],
    vocabulary: Vocabulary,
    digests: Mapping[str, str],
) -> tuple[list[PageTerms], list[PageTerms]]:
    """Read the foreign pages and those in the base language; `languages` are both.

    Chinese is read with the other side's vocabulary, whichever side it is. Two other languages share figures, days,
    Latin words, cognates and, through the Chinese terms that both name, the glossary. `digests` tell files apart that
    the archive holds: `page_key` of an address → digest.
    """
    language, base_language = languages
    if base_language == CHINESE:
        return (
            read_foreign(foreign, language, vocabulary, digests=digests),
            read_chinese(base, language, vocabulary, digests),
        )
    theirs = read_foreign(base, base_language, vocabulary, language, digests)
    if language == CHINESE:
        return read_chinese(foreign, base_language, vocabulary, digests), theirs
    return read_foreign(foreign, language, vocabulary, base_language, digests), theirs


def read_foreign(
    pages: Iterable[PageEvidence],
    language: str,
    vocabulary: Vocabulary,
    beside: str = CHINESE,
    digests: Mapping[str, str] = _NO_DIGESTS,
) -> list[PageTerms]:
    """Read pages that are not Chinese, to be compared with those in the language `beside`; every term gets a number."""
    found = []
    for page in pages:
        spoken = _language_of(page, language)
        counts = Counter(_foreign_terms(_text_of(page, FOREIGN_READ), spoken, beside))
        counts.update((FILES, name) for name in _files_of(page, digests))
        lead = set(_foreign_terms(_lead_of(page, FOREIGN_LEAD), spoken, beside))
        numbered = {
            vocabulary.number(term): math.log1p(count) * (LEAD_WEIGHT if term in lead else 1)
            for term, count in counts.items()
        }
        head = {vocabulary.number(term) for term in _foreign_terms(_head_of(page), spoken, beside)}
        stamps = {vocabulary.number(day) for day in _stamps(page) if day in counts}
        weights = np.fromiter(numbered.values(), np.float64, len(numbered))
        found.append(
            PageTerms(_numbers(numbered), weights, _length_of(page), _numbers(sorted(head)), _numbers(sorted(stamps)))
        )
    return found


def read_chinese(
    pages: Sequence[PageEvidence],
    language: str,
    vocabulary: Vocabulary,
    digests: Mapping[str, str] = _NO_DIGESTS,
) -> list[PageTerms]:
    """Read the Chinese pages; only terms of the vocabulary are kept."""
    reader = ChineseReader(vocabulary.numbers, language)
    found: list[PageTerms] = []
    for start in range(0, len(pages), _AT_ONCE):
        found += _read_some(pages[start : start + _AT_ONCE], reader, vocabulary, digests)
    return found


def _read_some(
    pages: Sequence[PageEvidence], reader: ChineseReader, vocabulary: Vocabulary, digests: Mapping[str, str]
) -> Iterator[PageTerms]:
    text, head, lead = (
        reader.weights_of([simplified(part(page)) for page in pages])
        for part in (partial(_text_of, limit=CHINESE_READ), _head_of, partial(_lead_of, limit=CHINESE_LEAD))
    )
    shown = [[vocabulary.numbers.get((FILES, name)) for name in _files_of(page, digests)] for page in pages]
    files = listed([[number for number in row if number is not None] for row in shown], len(vocabulary.numbers))
    plain = (text + files).log1p()
    lead.data = np.full(len(lead.data), LEAD_WEIGHT - 1)
    weights = sp.csr_array(plain + plain.multiply(lead))
    weights.sort_indices()
    ends = pairwise(weights.indptr.tolist()), pairwise(head.indptr.tolist())
    for page, own, heads in zip(pages, *ends, strict=True):
        yield PageTerms(
            weights.indices[slice(*own)].copy(),
            weights.data[slice(*own)].copy(),
            _length_of(page),
            head.indices[slice(*heads)].copy(),
            _NO_TERMS,
        )


def _length_of(page: PageEvidence) -> int:
    return len(page.facts.text) - page.facts.text.count(" ") - page.facts.text.count("\n")


def _numbers(numbers: Collection[int]) -> Ints:
    return np.fromiter(numbers, np.int64, len(numbers))


def _stamps(page: PageEvidence) -> list[Term]:
    """The days on which the page itself may have been put up or changed."""
    if page.published is None:
        return []
    last = min(STAMP_DAYS, (date.max - page.published).days)
    return [(DAYS, f"{page.published + timedelta(days):%m-%d}") for days in range(last + 1)]


def _files_of(page: PageEvidence, digests: Mapping[str, str]) -> set[str]:
    """The pictures and attachments of a page by address, and by digest where the archive holds them."""
    shown = [image.url for image in page.facts.images if image.place == "body"]
    keys = {page_key(url) for url in (*shown, *(file.url for file in page.facts.attachments))}
    return keys | {digests[key] for key in keys if key in digests}


def _text_of(page: PageEvidence, limit: int) -> str:
    return folded(f"{page.facts.title[:300]}\n{page.facts.text[:limit]}")


def _lead_of(page: PageEvidence, limit: int) -> str:
    """The beginning: a summary, or a text that was cut short, renders what the other begins with."""
    return folded(page.facts.text[:limit])


def _head_of(page: PageEvidence) -> str:
    """The page's title, and the first line of its text, which is its headline more often than the title is.

    Where that line only names the section (Documentation, 新闻), the headline is the next one.
    """
    first, _, rest = page.facts.text[:HEAD].partition("\n")
    if len(first.encode()) <= LABEL:
        first = f"{first}\n{rest.partition(chr(10))[0]}"
    return folded(f"{page.facts.title[:HEAD]}\n{first}")


def _language_of(page: PageEvidence, language: str) -> str:
    """The language to read a page in: the version's, or English where an English text stands in another version."""
    return "en" if same_language(page.facts.language.body, "en") else language


def _foreign_terms(text: str, language: str, beside: str) -> Iterator[Term]:
    figures, days = figures_and_days(text, language)
    yield from ((FIGURES, figure) for figure in figures)
    yield from ((DAYS, day) for day in days)
    yield from ((NAMES, name) for name in foreign_names(text, language))
    yield from ((GLOSSARY, term) for term in glossary_of(language).foreign(text))
    yield from ((LATIN, word) for word in latin_words(text))
    yield from ((SHARED, pair) for pair in neighbours(HAN_RUN, simplified(text, japanese=language == "ja")))
    if language == "ko":
        yield from ((SHARED, pair) for pair in neighbours(_HANGUL_RUN, text))
    if language == "en":
        lowered = (word.lower() for word in words(text))
        yield from ((DICTIONARY, stem(word, "en")) for word in lowered if word not in STOP_WORDS and len(word) > 1)
    if language in COGNATE_LANGUAGES or (language == "en" and beside != CHINESE):
        yield from ((COGNATES, shared) for shared in map(root, words(text)) if shared)


@cache
def _converter(name: str) -> opencc.OpenCC:
    return opencc.OpenCC(name)


def simplified(text: str, *, japanese: bool = False) -> str:
    """Fold traditional and, for a Japanese text, Japanese forms of characters into simplified ones."""
    if not HAN_RUN.search(text):
        return text
    plain = str(_converter("jp2t").convert(text)) if japanese else text
    return str(_converter("t2s").convert(plain))
