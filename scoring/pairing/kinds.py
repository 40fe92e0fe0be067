"""The kinds of terms, and what both sides of a pairing read alike: Latin words, neighbouring characters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from operator import add

from scoring.pairing.words import STOP_WORDS, stem

KINDS = ("figures", "days", "names", "latin words", "dictionary", "cognates", "glossary", "shared characters", "files")
FIGURES, DAYS, NAMES, LATIN, DICTIONARY, COGNATES, GLOSSARY, SHARED, FILES = range(len(KINDS))
COGNATE_LANGUAGES = frozenset("ru fr es de it pt".split())
HAN_RUN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]{2,2000}")

Term = tuple[int, str]  # index into KINDS, what stands there

_ASCII_WORD = re.compile(r"[A-Za-z][A-Za-z0-9+#]{1,39}")


def latin_words(text: str) -> Iterator[str]:
    """Yield the stems of the words in Latin letters, stop words left out."""
    for match in _ASCII_WORD.finditer(text):
        lowered = match[0].lower()
        if lowered not in STOP_WORDS:
            yield stem(lowered, "en")


def neighbours(run: re.Pattern[str], text: str) -> Iterator[str]:
    """Yield every two neighbouring characters of the runs."""
    for match in run.finditer(text):
        chars = match[0]
        yield from map(add, chars, chars[1:])
