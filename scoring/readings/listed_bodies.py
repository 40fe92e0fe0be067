"""The bodies that a page lists, each with the words that follow its name up to the next one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from scoring.evidence import EvidenceRef, PageEvidence
from scoring.readings.contact_words import has_contact
from scoring.readings.facets import find_words, sentences
from scoring.readings.features import excerpt

_LONGEST_NAME = 90  # characters
_MOST_WORDS = 9
_MOST_LINES = 12  # after a name that are taken for its own
_HEAD = re.compile(r"^(.{2,90}?)\s?[:：]\s?(.*)$", re.DOTALL)
_ENDS = (".", "!", "?", "。", "؟")
_BY_ENDING = frozenset({"ja", "ko"})  # here the kind of body stands at the end of its name
_TITLE_CASE = frozenset({"en", "de"})


@dataclass(frozen=True)
class Body:
    """A body with the lines that belong to it."""

    name: str
    lines: tuple[str, ...]
    page: PageEvidence
    language: str

    @property
    def is_reachable(self) -> bool:
        """Whether a telephone number, a mail address or a postal address is among its lines."""
        return any(has_contact(line, self.language) for line in self.lines)

    @property
    def has_function(self) -> bool:
        """Whether a line says what it does: more than a word, and no address or number."""
        return any(_is_telling(line) and not has_contact(line, self.language) for line in self.lines)

    @property
    def ref(self) -> EvidenceRef:
        """The archived page, citing the entry."""
        return self.page.ref.citing(excerpt(": ".join((self.name, " · ".join(self.lines))), 120))


def listed_bodies(page: PageEvidence, language: str) -> list[Body]:
    """Return the bodies that a page lists, or the one that it is about; empty where it names none."""
    found = list(_entries(page, language))
    if not found and _is_name(page.facts.title, language):
        return [Body(page.facts.title, sentences(page.facts.text), page, language)]
    return found


def _entries(page: PageEvidence, language: str) -> Iterator[Body]:
    """A name on a line of its own has the lines up to the next name; one before a colon has its own line alone."""
    name, inline, lines = "", False, list[str]()
    for paragraph in page.facts.text.splitlines():
        if paragraph.strip() in page.facts.title:
            continue
        for at, line in enumerate(sentences(paragraph)):
            head, rest = _split(line, language)
            if name and (head or (inline and at == 0)):
                yield Body(name, tuple(lines), page, language)
                name = ""
            if head:
                name, inline, lines = head, bool(rest), [rest] if rest else []
            elif name and len(lines) < _MOST_LINES:
                lines.append(line)
    if name:
        yield Body(name, tuple(lines), page, language)


def _split(line: str, language: str) -> tuple[str, str]:
    """Return the name that a line begins with, and what it says of it; an empty name where it begins none."""
    headed = _HEAD.match(line)
    if headed is not None and _is_name(headed[1], language):
        return headed[1], headed[2]
    return (line, "") if _is_name(line, language) else ("", "")


def _is_name(line: str, language: str) -> bool:
    """Tell a body's name from a sentence: short, no full stop, more than the bare kind of body."""
    words = line.split()
    if len(line) > _LONGEST_NAME or len(words) > _MOST_WORDS or line.endswith(_ENDS):
        return False
    kind = find_words("organisation", "body", line, language)
    if kind is None or len(line) <= len(kind[0]) + 1:
        return False
    if language in _BY_ENDING:
        return line.endswith(kind[0]) or find_words("organisation", "body", line[-3:], language) is not None
    if language in _TITLE_CASE:
        return all(word[0].isupper() or not word[0].isalpha() for word in words if len(word) > 3)
    return kind.start() == 0


def _is_telling(line: str) -> bool:
    letters = sum(char.isalpha() for char in line)
    dense = sum("\u3040" <= char <= "\u9fff" or "\uac00" <= char <= "\ud7af" for char in line)
    return dense >= 4 or (letters >= 8 and len(line.split()) >= 2)
