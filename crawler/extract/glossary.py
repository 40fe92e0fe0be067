"""The words of government websites, read once from `glossary.yaml`: column names, language names, version words."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from itertools import chain
from typing import Any

from ruamel.yaml import YAML

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_TOKEN = re.compile(rf"[{HAN}]+|[^\s{HAN}]+")
_APOSTROPHE = re.compile("[\u2018\u2019\u02bc`]")


@dataclass(frozen=True)
class Glossary:
    """Normalised words. `whole` and `part` map a column name to its type, `folders` a folder of an address;
    `beginnings` are as those of `Names`.

    `ambiguous` are names that count only where other signs say that the site is a government's.
    `names` map a language's name to its tag, `codes` a host label or path segment to a tag, `short` a label that counts
    only with an address that agrees.
    """

    whole: dict[str, str]
    part: dict[str, str]
    beginnings: frozenset[str]
    ambiguous: frozenset[str]
    folders: dict[str, str]
    column_types: dict[str, str]
    names: dict[str, str]
    codes: dict[str, str]
    short: dict[str, str]
    version_words: frozenset[str]
    gateway_words: frozenset[str]


@lru_cache(maxsize=16384)
def tokens(text: str) -> tuple[str, ...]:
    """Cut a label into lower-case words; a run of Han characters is one word, punctuation and symbols are blanks."""
    if text.isascii():
        words = text[:300].replace("`", "'").lower().translate(_BLANKS).split()
    else:
        folded = _APOSTROPHE.sub("'", unicodedata.normalize("NFKC", text[:300])).casefold()
        words = _TOKEN.findall(folded.translate(_BLANKS))
    return tuple([word for raw in words if (word := raw.strip("'"))])


@lru_cache(maxsize=16384)
def normalised(text: str) -> str:
    """Return the label's words joined by one blank; blanks between Han characters are dropped (`首 页`)."""
    return _HAN_GAP.sub("", " ".join(tokens(text)))


class _Blanks(dict[int, str | int]):
    """A table for `str.translate`: a blank for all but letters, marks, numbers and the apostrophe, filled as asked."""

    def __missing__(self, code: int) -> str | int:
        kept = chr(code) == "'" or unicodedata.category(chr(code))[0] in "LMN"
        self[code] = code if kept else " "
        return self[code]


_BLANKS = _Blanks()
_HAN_GAP = re.compile(rf"(?<=[{HAN}]) (?=[{HAN}])")


@dataclass(frozen=True)
class Names:
    """Normalised names by what they mean: those that count as the whole label, and those that count within one.

    `beginnings` are the first two characters of those.
    """

    whole: dict[str, str]
    part: dict[str, str]
    beginnings: frozenset[str]


@cache
def glossary() -> Glossary:
    """Load the glossary; a name that stands under two types or languages belongs to the first."""
    data = _load("glossary.yaml")
    names = _names(data["columns"])
    return Glossary(
        whole=names.whole,
        part=names.part,
        beginnings=names.beginnings,
        ambiguous=frozenset(normalised(name) for names in data["ambiguous"].values() for name in names),
        folders={word: column for column, words in data["folders"].items() for word in words},
        column_types={normalised(name): column for name, column in data["column_types"].items()},
        names=_by_word(data["languages"], "names"),
        codes={str(code): tag for tag, entry in data["languages"].items() for code in entry["codes"]},
        short=_by_word(data["languages"], "short"),
        version_words=frozenset(map(normalised, data["version_words"])),
        gateway_words=frozenset(map(normalised, data["gateway_words"])),
    )


def _by_word(languages: dict[str, Any], key: str) -> dict[str, str]:
    words: dict[str, str] = {}
    for tag, entry in languages.items():
        for name in entry[key]:
            words.setdefault(normalised(str(name)), tag)
    return words


@cache
def aspects() -> dict[str, Names]:
    """Load the subjects within each column type; a name that stands under two of a type belongs to the first."""
    return {kind: _names(within) for kind, within in _load("aspects.yaml").items()}


@cache
def names_by_language() -> dict[str, list[str]]:
    """Return the normalised column names of each language, in the order of the glossary, each once."""
    found: dict[str, dict[str, None]] = {}
    for by_language in _load("glossary.yaml")["columns"].values():
        for language, names in by_language.items():
            found.setdefault(language, {}).update(dict.fromkeys(map(normalised, names)))
    return {language: list(names) for language, names in found.items()}


def _load(file: str) -> dict[str, Any]:
    source = resources.files("crawler.extract").joinpath(file).read_text(encoding="utf-8")
    data: dict[str, Any] = YAML(typ="safe", pure=True).load(source)
    return data


def _names(by_meaning: dict[str, dict[str, list[str]]]) -> Names:
    whole: dict[str, str] = {}
    part: dict[str, str] = {}
    for meaning, by_language in by_meaning.items():
        for name in chain.from_iterable(by_language.values()):
            if not name.startswith("~"):
                whole.setdefault(normalised(name), meaning)
            if not name.startswith("="):
                part.setdefault(normalised(name), meaning)
    return Names(whole, part, frozenset(name[:2] for name in part))
