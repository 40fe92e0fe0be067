"""Reads Chinese texts for the terms that some foreign page holds; nothing else of them is kept."""

from __future__ import annotations

import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import pairwise

import numpy as np
import scipy.sparse as sp

from scoring.pairing.dictionary import chinese_words, meanings
from scoring.pairing.figures import figures_and_days
from scoring.pairing.glossary import glossary_of, hanja_readings
from scoring.pairing.kinds import (
    COGNATE_LANGUAGES,
    COGNATES,
    DAYS,
    DICTIONARY,
    FIGURES,
    GLOSSARY,
    HAN_RUN,
    LATIN,
    NAMES,
    SHARED,
    Term,
    latin_words,
    neighbours,
)
from scoring.pairing.names import NameFinder
from scoring.pairing.sparse import weighed
from scoring.pairing.words import root, stem

_NOTHING = -1  # the place of a word that means no known term


class ChineseReader:
    """Looks for known terms, which have numbers; `language` is that of the foreign side."""

    def __init__(self, known: Mapping[Term, int], language: str) -> None:
        self.language = language
        self._known: defaultdict[int, dict[str, int]] = defaultdict(dict)
        for (kind, what), number in known.items():
            self._known[kind][what] = number
        self._width = len(known)
        self._words: dict[str, int] = {}  # a word → its place below, or _NOTHING
        self._starts, self._meant, self._weights = array("q", [0]), array("q"), array("d")
        readers: dict[int, Callable[[str], Iterable[str]]] = {
            NAMES: NameFinder(self._known[NAMES], language).find,
            GLOSSARY: glossary_of(language).chinese,
            LATIN: latin_words,
            SHARED: _read_as_korean if language == "ko" else partial(neighbours, HAN_RUN),
        }
        self._readers = tuple((self._known[kind], read) for kind, read in readers.items() if self._known[kind])

    def weights_of(self, texts: Sequence[str]) -> sp.csr_array:
        """Return how much each term counts in each simplified text (texts x terms)."""
        said = [self._said(text) for text in texts]
        spoken = [self._spoken(text) for text in texts]
        meant = sp.csr_array(
            (np.array(self._weights), np.array(self._meant), np.array(self._starts)),
            shape=(len(self._starts) - 1, self._width),
        )
        counts = weighed([list(page) for page in spoken], [list(page.values()) for page in spoken], meant.shape[0])
        stand = weighed([list(page) for page in said], [list(page.values()) for page in said], self._width)
        found = sp.csr_array(stand + counts @ meant)
        found.sort_indices()
        return found

    def _said(self, text: str) -> dict[int, int]:
        """Return how often the terms stand in a text that need no dictionary."""
        figures, days = figures_and_days(text, "zh")
        found = [(self._known[FIGURES], figures), (self._known[DAYS], days)]
        return {
            known[term]: count
            for known, terms in (*found, *((known, read(text)) for known, read in self._readers))
            for term, count in Counter(terms).items()
            if term in known
        }

    def _spoken(self, text: str) -> dict[int, int]:
        """Return how often the words stand in a text that may mean a term."""
        counts = Counter(chinese_words(text))
        places = ((self._place_of(word), count) for word, count in counts.items())
        return {place: count for place, count in places if place != _NOTHING}

    def _place_of(self, word: str) -> int:
        place = self._words.get(word)
        if place is None:
            place = self._words[word] = self._look_up(word)
        return place

    def _look_up(self, word: str) -> int:
        """Keep what a word may mean; the more meanings it has, the less each counts."""
        glosses = meanings(word)
        english, cognates = self._known[DICTIONARY], self._known[COGNATES]
        numbers = [english.get(term) for term in dict.fromkeys(stem(gloss, "en") for gloss in glosses)]
        if self.language in COGNATE_LANGUAGES:
            numbers += [cognates.get(term) for term in dict.fromkeys(root(gloss) for gloss in glosses)]
        known = [number for number in numbers if number is not None]
        if not known:
            return _NOTHING
        self._meant.extend(known)
        self._weights.extend([1 / math.sqrt(len(glosses))] * len(known))
        self._starts.append(len(self._meant))
        return len(self._starts) - 2


def _read_as_korean(text: str) -> Iterator[str]:
    """Yield every two characters as they are, and as Korean reads them."""
    readings = hanja_readings()
    for run in HAN_RUN.finditer(text):
        for first, second in pairwise(run[0]):
            yield first + second
            for one in readings.get(first, ()):
                yield from (one + other for other in readings.get(second, ()))
