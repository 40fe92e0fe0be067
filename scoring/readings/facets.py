"""Which facets of a subject pages tell, by the words of `facets.yaml`, each with the sentence that tells it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from ruamel.yaml import YAML

from scoring.evidence import EvidenceRef, PageEvidence
from scoring.readings.features import excerpt

_SENTENCE = re.compile(r"\n+|(?<=[.!?;؟])\s+(?![\d+(])|(?<=[。！？；])")  # "Tel. 0399" is not cut
_DIGIT = re.compile(r"\d")
# No blanks between the words of these, or prefixes written to them.
_UNSPACED = frozenset({"ar", "ja", "ko", "zh"})
_LONGEST_SENTENCE = 400  # characters; what is longer is cut, not read to its end
_MOST_SENTENCES = 2_000  # of a page


@dataclass(frozen=True)
class Telling:
    """A facet, the page that tells it, and the sentence it is told in."""

    facet: str
    page: PageEvidence
    sentence: str

    @property
    def ref(self) -> EvidenceRef:
        """The archived page with the facet's name and sentence."""
        return self.page.ref.citing(f"{words_of(self.facet)}: {excerpt(self.sentence, 120)}")


def words_of(name: str) -> str:
    """Return the name of a facet as words."""
    return name.replace("_", " ")


def facets_of(subject: str) -> tuple[str, ...]:
    """Return the names of a subject's facets, in the order of the file."""
    return tuple(_subjects()[subject])


def is_listed(subject: str, language: str) -> bool:
    """Tell whether every facet of a subject has words in a language."""
    return all(_base(language) in words for words in _subjects()[subject].values())


def told(subject: str, pages: Iterable[PageEvidence], language: str) -> dict[str, Telling]:
    """Return the facets that the pages' titles and texts tell, each by its first sentence, in the order of the file."""
    found: dict[str, Telling] = {}
    names = facets_of(subject)
    for page in pages:
        wanted = [name for name in names if name not in found]
        if not wanted:
            break
        for sentence in sentences(f"{page.facts.title}\n{page.facts.text}"):
            for name in wanted:
                if name not in found and says(subject, name, sentence, language):
                    found[name] = Telling(name, page, sentence)
    return {name: found[name] for name in names if name in found}


def says(subject: str, facet: str, sentence: str, language: str) -> bool:
    """Tell whether a sentence tells a facet: by one of its words, and by a number where the facet asks for one."""
    return find_words(subject, facet, sentence, language) is not None


def find_words(subject: str, facet: str, sentence: str, language: str) -> re.Match[str] | None:
    """Return where a sentence first names a facet, None where it does not tell it."""
    pattern = _pattern(subject, facet, _base(language))
    if pattern is None or (_asks_for_figure(subject, facet) and not _DIGIT.search(sentence)):
        return None
    return pattern.search(sentence)


def every_word(subject: str, facet: str, text: str, language: str) -> Iterator[re.Match[str]]:
    """Yield every place in a text that names a facet, numbers or not."""
    pattern = _pattern(subject, facet, _base(language))
    yield from pattern.finditer(text) if pattern is not None else ()


@lru_cache(maxsize=512)
def sentences(text: str) -> tuple[str, ...]:
    """Cut a text at line breaks, full stops and semicolons; the first 2,000 sentences, 400 characters of each."""
    return tuple(_cut(text))


def _cut(text: str) -> Iterator[str]:
    for count, part in enumerate(_SENTENCE.split(text)):
        if count >= _MOST_SENTENCES:
            return
        if part.strip():
            yield part.strip()[:_LONGEST_SENTENCE]


def _base(language: str) -> str:
    return language.partition("-")[0]


def _asks_for_figure(subject: str, facet: str) -> bool:
    return bool(_subjects()[subject][facet].get("figure"))


@cache
def _pattern(subject: str, facet: str, language: str) -> re.Pattern[str] | None:
    """Return one pattern for all words of a facet, the longest first, None where the language has none."""
    words = _subjects()[subject][facet].get(language)
    if not words:
        return None
    ordered = sorted(words, key=len, reverse=True)
    if language in _UNSPACED:
        return re.compile("|".join(re.escape(word) for word in ordered), re.IGNORECASE)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(_as_pattern, ordered))})", re.IGNORECASE)


def _as_pattern(word: str) -> str:
    """Read `word*` as a beginning; blanks may be any."""
    parts = (re.escape(part.rstrip("*")) + (r"\w*" if part.endswith("*") else r"(?!\w)") for part in word.split())
    return r"\s+".join(parts)


@cache
def _subjects() -> Mapping[str, Mapping[str, Mapping[str, Any]]]:
    source = resources.files("scoring.readings").joinpath("facets.yaml").read_text(encoding="utf-8")
    subjects: Mapping[str, Mapping[str, Mapping[str, Any]]] = YAML(typ="safe", pure=True).load(source)
    return subjects
