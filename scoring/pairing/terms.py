"""What of a page can be found again in its translation, by kind: figures, days, names, words, characters, files.

Foreign pages are read first. They fix the vocabulary: of a Chinese page only what some foreign page holds too is
kept, so that the work and the memory grow with the pages and not with the words of Chinese.
"""

from __future__ import annotations

import math
import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache, partial
from itertools import chain, pairwise, repeat
from types import MappingProxyType

import opencc

from crawler.extract.language_codes import same_language
from crawler.model import CHINESE
from crawler.scope import page_key
from scoring.evidence import PageEvidence
from scoring.pairing.dictionary import chinese_words, meanings
from scoring.pairing.figures import figures_and_days, folded
from scoring.pairing.glossary import glossary_of, hanja_readings
from scoring.pairing.names import NameFinder, foreign_names
from scoring.pairing.words import STOP_WORDS, root, stem, words

FOREIGN_READ = 16_000  # characters of a foreign text that are read; a Chinese text says as much in fewer
CHINESE_READ = 8_000
HEAD = 100  # characters of a title or a first line
LABEL = 14  # bytes in UTF-8, so that a Han character counts for three letters; a shorter first line names a section
FOREIGN_LEAD, CHINESE_LEAD = 300, 100  # characters of a text's beginning that say about as much
LEAD_WEIGHT = 2.0  # of a term there, against one further on; of 1, 2 and 3 the one that fitted best (pairing_fit.py)
STAMP_DAYS = 3  # from its publication on: days that a page names as those of its last change
KINDS = ("figures", "days", "names", "latin words", "dictionary", "cognates", "glossary", "shared characters", "files")
_FIGURES, _DAYS, _NAMES, _LATIN, _DICTIONARY, _COGNATES, _GLOSSARY, _SHARED, _FILES = range(len(KINDS))
COGNATE_LANGUAGES = frozenset("ru fr es de it pt".split())

_HAN_RUN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]{2,2000}")
_HANGUL_RUN = re.compile(r"[가-힣]{2,60}")
_ASCII_WORD = re.compile(r"[A-Za-z][A-Za-z0-9+#]{1,39}")

_NO_DIGESTS: Mapping[str, str] = MappingProxyType({})

Term = tuple[int, str]  # index into KINDS, what stands there


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

    terms: array[int]
    weights: array[float]
    length: int
    head: array[int]
    stamps: array[int]


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
        counts.update((_FILES, name) for name in _files_of(page, digests))
        lead = set(_foreign_terms(_lead_of(page, FOREIGN_LEAD), spoken, beside))
        numbered = {
            vocabulary.number(term): math.log1p(count) * (LEAD_WEIGHT if term in lead else 1)
            for term, count in counts.items()
        }
        head = {vocabulary.number(term) for term in _foreign_terms(_head_of(page), spoken, beside)}
        stamps = {vocabulary.number(day) for day in _stamps(page) if day in counts}
        found.append(_page_terms(numbered, page, head, stamps))
    return found


def read_chinese(
    pages: Iterable[PageEvidence],
    language: str,
    vocabulary: Vocabulary,
    digests: Mapping[str, str] = _NO_DIGESTS,
) -> list[PageTerms]:
    """Read the Chinese pages; only terms of the vocabulary are kept."""
    reader = _ChineseReader(vocabulary.numbers, language)
    found = []
    for page in pages:
        weights = reader.weights_of(simplified(_text_of(page, CHINESE_READ)))
        shown = (vocabulary.numbers.get((_FILES, name)) for name in _files_of(page, digests))
        weights |= {number: 1.0 for number in shown if number is not None}
        head = reader.weights_of(simplified(_head_of(page)))
        lead = reader.weights_of(simplified(_lead_of(page, CHINESE_LEAD)))
        weighed = {
            number: math.log1p(weight) * (LEAD_WEIGHT if number in lead else 1) for number, weight in weights.items()
        }
        found.append(_page_terms(weighed, page, head, ()))
    return found


def _page_terms(weights: dict[int, float], page: PageEvidence, head: Iterable[int], stamps: Iterable[int]) -> PageTerms:
    return PageTerms(
        array("l", weights),
        array("d", weights.values()),
        len(page.facts.text) - page.facts.text.count(" ") - page.facts.text.count("\n"),
        array("l", sorted(head)),
        array("l", sorted(stamps)),
    )


def _stamps(page: PageEvidence) -> list[Term]:
    """The days on which the page itself may have been put up or changed."""
    if page.published is None:
        return []
    last = min(STAMP_DAYS, (date.max - page.published).days)
    return [(_DAYS, f"{page.published + timedelta(days):%m-%d}") for days in range(last + 1)]


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
    yield from ((_FIGURES, figure) for figure in figures)
    yield from ((_DAYS, day) for day in days)
    yield from ((_NAMES, name) for name in foreign_names(text, language))
    yield from ((_GLOSSARY, term) for term in glossary_of(language).foreign(text))
    yield from ((_LATIN, word) for word in _ascii_words(text))
    yield from ((_SHARED, pair) for pair in _pairs(_HAN_RUN, simplified(text, japanese=language == "ja")))
    if language == "ko":
        yield from ((_SHARED, pair) for pair in _pairs(_HANGUL_RUN, text))
    if language == "en":
        lowered = (word.lower() for word in words(text))
        yield from ((_DICTIONARY, stem(word, "en")) for word in lowered if word not in STOP_WORDS and len(word) > 1)
    if language in COGNATE_LANGUAGES or (language == "en" and beside != CHINESE):
        yield from ((_COGNATES, shared) for shared in map(root, words(text)) if shared)


class _ChineseReader:
    """Looks in Chinese texts for the terms that some foreign page holds."""

    def __init__(self, known: Mapping[Term, int], language: str) -> None:
        self.known = known
        self.language = language
        self.finder = NameFinder((name for kind, name in known if kind == _NAMES), language)
        self.glossary = glossary_of(language)
        self._meanings: dict[str, tuple[tuple[int, float], ...]] = {}
        kinds = {kind for kind, _ in known}
        readers = {
            _NAMES: self.finder.find,
            _GLOSSARY: self.glossary.chinese,
            _LATIN: _ascii_words,
            _SHARED: _read_as_korean if language == "ko" else partial(_pairs, _HAN_RUN),
        }
        self.readers = tuple((kind, reader) for kind, reader in readers.items() if kind in kinds)

    def weights_of(self, text: str) -> dict[int, float]:
        """Return the numbers of the terms that stand in a simplified text, and how much each counts."""
        weights: defaultdict[int, float] = defaultdict(float)
        figures, days = figures_and_days(text, "zh")
        found: list[Iterator[Term]] = [((_FIGURES, figure) for figure in figures), ((_DAYS, day) for day in days)]
        for kind, read in self.readers:
            found.append(zip(repeat(kind), read(text), strict=False))
        for term in chain.from_iterable(found):
            number = self.known.get(term)
            if number is not None:
                weights[number] += 1
        for word in chinese_words(text):
            for number, weight in self._meant(word):
                weights[number] += weight
        return weights

    def _meant(self, word: str) -> tuple[tuple[int, float], ...]:
        """Return what a word may mean; the more meanings it has, the less each counts."""
        found = self._meanings.get(word)
        if found is None:
            glosses = meanings(word)
            terms = dict.fromkeys((_DICTIONARY, stem(gloss, "en")) for gloss in glosses)
            if self.language in COGNATE_LANGUAGES:
                terms |= dict.fromkeys((_COGNATES, shared) for shared in map(root, glosses) if shared)
            weight = 1 / math.sqrt(len(glosses)) if glosses else 0.0
            found = tuple((self.known[term], weight) for term in terms if term in self.known)
            self._meanings[word] = found
        return found


def _read_as_korean(text: str) -> Iterator[str]:
    """Yield every two characters as they are, and as Korean reads them."""
    readings = hanja_readings()
    for run in _HAN_RUN.finditer(text):
        for first, second in pairwise(run[0]):
            yield first + second
            for one in readings.get(first, ()):
                yield from (one + other for other in readings.get(second, ()))


def _ascii_words(text: str) -> Iterator[str]:
    for match in _ASCII_WORD.finditer(text):
        lowered = match[0].lower()
        if lowered not in STOP_WORDS:
            yield stem(lowered, "en")


def _pairs(run: re.Pattern[str], text: str) -> Iterator[str]:
    """Yield every two neighbouring characters of the runs."""
    for match in run.finditer(text):
        chars = match[0]
        yield from (chars[start : start + 2] for start in range(len(chars) - 1))


@cache
def _converter(name: str) -> opencc.OpenCC:
    return opencc.OpenCC(name)


def simplified(text: str, *, japanese: bool = False) -> str:
    """Fold traditional and, for a Japanese text, Japanese forms of characters into simplified ones."""
    if not _HAN_RUN.search(text):
        return text
    plain = str(_converter("jp2t").convert(text)) if japanese else text
    return str(_converter("t2s").convert(plain))
