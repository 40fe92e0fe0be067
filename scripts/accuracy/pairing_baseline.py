"""The peer of the pairing: forty lines that pair by dictionary glosses alone, given its best threshold.

Terms of a Chinese page are the CC-CEDICT glosses of its words, Latin words and numbers; of a foreign page its words
and numbers. TF-IDF, cosine, the margin of each cosine against the five nearest of its row and column (CSLS), one
linear assignment.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from pairing_cases import Case
from scipy.optimize import linear_sum_assignment

from scoring.evidence import PageEvidence
from scoring.pairing.dictionary import chinese_words, meanings
from scoring.pairing.terms import simplified
from scoring.pairing.words import STOP_WORDS, stem

NEAREST = 5
_LATIN = re.compile(r"[A-Za-z]{2,40}")
_NUMBER = re.compile(r"\d{1,18}")
Floats = NDArray[np.float64]


def pair_by_glosses(case: Case) -> list[tuple[str, str, float]]:
    """Return foreign address, Chinese address and margin of every assigned pair."""
    one = _matrix([_foreign(page) for page in case.foreign], [_chinese(page) for page in case.chinese])
    cosine = one[0] @ one[1].T
    margin = 2 * cosine - _nearest(cosine)[:, None] - _nearest(cosine.T)[None, :]
    rows, columns = linear_sum_assignment(-margin)
    return [
        (case.foreign[row].url, case.chinese[column].url, float(margin[row, column]))
        for row, column in zip(rows, columns, strict=True)
    ]


def _text(page: PageEvidence) -> str:
    return f"{page.facts.title}\n{page.facts.text}"


def _plain(text: str) -> list[str]:
    words = (word.lower() for word in _LATIN.findall(text))
    return [stem(word, "en") for word in words if word not in STOP_WORDS] + _NUMBER.findall(text)


def _foreign(page: PageEvidence) -> Counter[str]:
    return Counter(_plain(_text(page)))


def _chinese(page: PageEvidence) -> Counter[str]:
    text = simplified(_text(page))
    glosses = [stem(gloss, "en") for word in chinese_words(text) for gloss in meanings(word)]
    return Counter(_plain(text)) + Counter(glosses)


def _matrix(ours: Sequence[Counter[str]], theirs: Sequence[Counter[str]]) -> tuple[Floats, Floats]:
    terms = {term: place for place, term in enumerate(dict.fromkeys(term for page in ours for term in page))}
    found = []
    for side in (ours, theirs):
        counts = np.zeros((len(side), len(terms)))
        for row, page in enumerate(side):
            for term, count in page.items():
                if term in terms:
                    counts[row, terms[term]] = 1 + np.log(count)
        rarity = np.log((1 + len(side)) / (1 + (counts > 0).sum(axis=0)))
        weighed = counts * rarity
        norms = np.linalg.norm(weighed, axis=1, keepdims=True)
        found.append(weighed / np.where(norms == 0, 1, norms))
    return found[0], found[1]


def _nearest(cosine: Floats) -> Floats:
    mean: Floats = np.sort(cosine, axis=1)[:, -NEAREST:].mean(axis=1)
    return mean
