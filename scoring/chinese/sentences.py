"""An English sentence of ours in Chinese: matched against the patterns of the tables beside this file.

A table maps patterns to Chinese ones, `{n} of {n2} pages ...: ...`. What a placeholder takes is told by its name,
whatever number follows it:

    n          a number, copied
    day        a date, copied
    url        a web address, copied
    id         one word without blanks, copied
    text       anything, copied: crawled text, a name
    word       a word of `words.yaml`
    words      words between commas
    note       a sentence of the tables
    notes      sentences between commas

Sentences are stored in English only, so that a round of any year reads in Chinese by the table of today.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from types import MappingProxyType

from ruamel.yaml import YAML

TABLES = ("measurements", "verdicts", "failures")
DEEPEST = 4  # sentences within sentences; what is nested deeper is crawled text that looks like ours
LONGEST = 4000  # characters of a sentence that is looked up
_SLOT = re.compile(r"\{((n|day|url|id|text|words?|notes?)\d?)\}")
_TAKES = MappingProxyType({"n": r"-?\d[\d.,]*%?", "day": r"\d{4}-\d\d-\d\d", "url": "https?://.+?", "id": r"\w+"})


@dataclass(frozen=True)
class _Pattern:
    """An English pattern as an expression, the longest of its fixed words, and its Chinese."""

    expression: re.Pattern[str]
    fixed: str
    chinese: str


def in_chinese(sentence: str) -> str | None:
    """Return the sentence in Chinese, None where no pattern fits it.

    What it holds of a site's own text stays as it is. A full stop at the end is kept.
    """
    if (told := _whole(sentence)) is not None or not sentence.endswith("."):
        return told
    told = _whole(sentence[:-1])
    return None if told is None else f"{told}。"


def word_in_chinese(word: str) -> str:
    """Return a word of ours in Chinese, such as a type of column; empty where the table has none."""
    return _table("words").get(word, "")


@lru_cache(maxsize=20_000)
def _whole(sentence: str, depth: int = 0) -> str | None:
    if depth > DEEPEST or len(sentence) > LONGEST:
        return None
    return next((told for pattern in _patterns() if (told := _by_pattern(pattern, sentence, depth)) is not None), None)


def _by_pattern(pattern: _Pattern, sentence: str, depth: int) -> str | None:
    if pattern.fixed not in sentence or (found := pattern.expression.fullmatch(sentence)) is None:
        return None
    told: dict[str, str] = {}
    for name, text in found.groupdict().items():
        said = _part(name.rstrip("0123456789"), text, depth + 1)
        if said is None:
            return None
        told[name] = said
    return _SLOT.sub(lambda slot: told[slot[1]], pattern.chinese)


def _part(kind: str, text: str, depth: int) -> str | None:
    match kind:
        case "word":
            return _word(text)
        case "words":
            return _listed(text, _word)
        case "note":
            return _whole(text, depth) or (_whole(text[:-1], depth) if text.endswith(".") else None)
        case "notes":
            return _listed(text, lambda part: _whole(part, depth))
    return text


def _listed(text: str, told: Callable[[str], str | None]) -> str | None:
    parts = [told(part) for part in text.split(", ")]
    return None if None in parts else "、".join(part for part in parts if part is not None)


def _word(text: str) -> str | None:
    return text if text.isdigit() else _table("words").get(text)


@cache
def _patterns() -> tuple[_Pattern, ...]:
    """Every pattern, the choosiest first: one that begins or ends with any text takes what is of others."""
    written = [pair for name in TABLES for pair in _table(name).items()]
    written.sort(
        key=lambda pair: (bool(re.search(r"^\{text\d?\}|\{text\d?\}$", pair[0])), -len(_SLOT.sub("", pair[0])))
    )
    return tuple(_compiled(*pair) for pair in written)


def _compiled(english: str, chinese: str) -> _Pattern:
    pieces = list(_pieces(english))
    fixed = max((text for text, kind in pieces if not kind), key=len, default="")
    parts = (f"(?P<{text}>{_TAKES.get(kind, '.+?')})" if kind else re.escape(text) for text, kind in pieces)
    return _Pattern(re.compile("".join(parts), re.DOTALL), fixed, chinese)


def _pieces(english: str) -> Iterator[tuple[str, str]]:
    """Cut a pattern into (fixed words, "") and (a placeholder's name, its kind)."""
    end = 0
    for slot in _SLOT.finditer(english):
        yield english[end : slot.start()], ""
        yield slot[1], slot[2]
        end = slot.end()
    yield english[end:], ""


@cache
def _table(name: str) -> Mapping[str, str]:
    source = resources.files("scoring.chinese").joinpath(f"{name}.yaml").read_text(encoding="utf-8")
    table: Mapping[str, str] = YAML(typ="safe", pure=True).load(source)
    return MappingProxyType({str(english): str(chinese) for english, chinese in table.items()})
