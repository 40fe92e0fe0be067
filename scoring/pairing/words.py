"""Words of a text, their stems, and the beginnings that cognates of two European languages share."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Protocol

import snowballstemmer

_WORD = re.compile(r"[^\W\d_]{1,40}(?:['’][^\W\d_]{1,10})?")
_ROOT_LETTERS = 5
_STEMMERS = {
    "en": "english",
    "ru": "russian",
    "fr": "french",
    "ar": "arabic",
    "es": "spanish",
    "de": "german",
    "it": "italian",
    "pt": "portuguese",
}
_LATIN = dict(
    zip(
        "абвгдежзийклмнопрстуфхцчшщъыьэюя",
        "a b v g d e zh z i i k l m n o p r s t u f h ts ch sh sch  i  e u a".split(" "),
        strict=True,
    )
)
_ONE_WRITING = str.maketrans("kyj", "cii")  # Komitee, comité
STOP_WORDS = frozenset(
    "a about after all also an and any are as at be been being between both but by can could do does each etc for "
    "from had has have he her his how i if in into is it its itself just may more most must no nor not of off on "
    "one only or other our out over own s same sb she should so some someone something somewhere such sth t than "
    "that the their them then there these they this those through to too under up use used very was we well were "
    "what when where which while who whom whose why will with within without would you your".split()
)


class _Stemmer(Protocol):
    def stemWord(self, word: str) -> str: ...  # noqa: N802 - named by snowballstemmer


@cache
def _stemmer(language: str) -> _Stemmer | None:
    name = _STEMMERS.get(language)
    return snowballstemmer.stemmer(name) if name else None


def words(text: str) -> Iterator[str]:
    """Yield the words of a text in an alphabet, as written."""
    for match in _WORD.finditer(text):
        yield match[0]


@lru_cache(maxsize=200_000)
def stem(word: str, language: str) -> str:
    """Return the stem of a lower-case word; the word itself in languages without a stemmer."""
    stemmer = _stemmer(language)
    if language == "ar":  # with the article, or the stemmer takes the first letter of وزير for "and"
        word = "ال" + word.removeprefix("و" if word.startswith("وال") else "").removeprefix("ال")
    return stemmer.stemWord(word.replace("ё", "е")) if stemmer is not None else word


@lru_cache(maxsize=200_000)
def root(word: str) -> str:
    """Return the first five letters of a word in Latin letters without accents; empty for a shorter one."""
    latin = "".join(_LATIN.get(char, char) for char in word.lower().replace("ё", "е"))
    letters = "".join(char for char in unicodedata.normalize("NFD", latin) if "a" <= char <= "z")
    return letters[:_ROOT_LETTERS].translate(_ONE_WRITING) if len(letters) >= _ROOT_LETTERS else ""
