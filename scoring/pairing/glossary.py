"""Our own government terms in two languages (`terms.yaml`), and how Korean reads Chinese characters (`hanja.yaml`)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import repeat
from operator import add
from typing import Any

from ruamel.yaml import YAML

from scoring.pairing.words import stem, words

_UNSPACED = frozenset({"ja", "ko"})  # a term is a run of characters there, particles follow without a blank


def _read(name: str) -> dict[str, Any]:
    source = resources.files("scoring.pairing").joinpath(name).read_text(encoding="utf-8")
    data: dict[str, Any] = YAML(typ="safe", pure=True).load(source)
    return data


@cache
def _terms() -> dict[str, dict[str, tuple[str, ...]]]:
    """Chinese term → language → its names."""
    data = _read("terms.yaml")
    named: dict[str, dict[str, tuple[str, ...]]] = {}
    for term, names in data["terms"].items():
        pairs = zip(data["languages"], names, strict=False)
        named[term] = {language: tuple(name.split("|")) for language, name in pairs if name}
    return named


@dataclass(frozen=True)
class Glossary:
    """The terms that one language names. `phrases` maps the first stem, or first character, to (name, terms).

    `begun` maps the first two characters of a Chinese term to such terms, and "" to those of one character.
    """

    language: str
    phrases: dict[str, tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]]
    terms: frozenset[str]
    begun: dict[str, tuple[str, ...]]

    def chinese(self, text: str) -> Iterator[str]:
        """Yield the terms that stand in a simplified Chinese text, longer ones and those within them, once a place."""
        for position, pair in enumerate(map(add, text, text[1:])):
            if pair in self.begun:
                yield from (term for term in self.begun[pair] if text.startswith(term, position))
        for term in self.begun.get("", ()):
            yield from repeat(term, text.count(term))

    def foreign(self, text: str) -> Iterator[str]:
        """Yield the Chinese terms that a foreign text names, once a place."""
        row = list(text) if self.language in _UNSPACED else [stem(word.lower(), self.language) for word in words(text)]
        for position, unit in enumerate(row):
            for name, terms in self.phrases.get(unit, ()):
                if tuple(row[position : position + len(name)]) == name:
                    yield from terms


@cache
def glossary_of(language: str) -> Glossary:
    """Return the glossary of a language (a base language code); empty where we have no terms in it."""
    phrases: defaultdict[str, dict[tuple[str, ...], list[str]]] = defaultdict(dict)
    found = set()
    for term, names in _terms().items():
        for name in names.get(language, ()):
            units = tuple(name) if language in _UNSPACED else tuple(stem(w.lower(), language) for w in words(name))
            if units:
                phrases[units[0]].setdefault(units, []).append(term)
                found.add(term)
    sorted_ = {
        first: tuple((units, tuple(terms)) for units, terms in sorted(by_name.items()))
        for first, by_name in phrases.items()
    }
    begun: defaultdict[str, list[str]] = defaultdict(list)
    for term in sorted(found, key=lambda term: (len(term), term)):
        begun[term[:2] if len(term) > 1 else ""].append(term)
    return Glossary(language, sorted_, frozenset(found), {pair: tuple(terms) for pair, terms in begun.items()})


@cache
def hanja_readings() -> dict[str, tuple[str, ...]]:
    """Simplified character → its Korean readings, one syllable each."""
    readings: defaultdict[str, list[str]] = defaultdict(list)
    for syllable, chars in _read("hanja.yaml").items():
        for char in chars:
            if syllable not in readings[char]:
                readings[char].append(syllable)
    return {char: tuple(found) for char, found in readings.items()}
