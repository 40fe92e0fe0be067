"""The leaders that pages name, foreign and Chinese: office, name, and the lines that belong to them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from scoring.evidence import EvidenceRef, PageEvidence
from scoring.pairing.names import NameFinder, foreign_names
from scoring.readings.contact_words import has_phone_or_mail
from scoring.readings.facets import every_word, find_words, says, sentences
from scoring.readings.features import excerpt

_WORD = r"[A-ZÀ-ÞА-ЯЁ][\w'’\-]*(?![\w'’\-])"
_SPELT = rf"({_WORD}(?:\s{_WORD}){{1,2}})(?!\s{_WORD})(?!['’])"
_AFTER = {
    "ja": re.compile(r"[\s:：、]{0,3}([\u4e00-\u9fff]{2,4})(?![\u4e00-\u9fff])"),
    "ko": re.compile(r"\s?[:：]\s?([가-힣]{2,7}(?:\s[가-힣]{1,5})?)"),
}
_NAME_AFTER = re.compile(rf"[\s:,–—-]{{1,4}}{_SPELT}")
_NAME_BEFORE = re.compile(rf"{_SPELT}[\s,:(–—-]{{1,4}}$")
_HAN_NAME = re.compile(
    r"[\s:：]{1,4}([\u4e00-\u9fff][ \u3000]{1,2}[\u4e00-\u9fff]|[\u4e00-\u9fff]{2,4})(?![\u4e00-\u9fff])"
)


@dataclass
class Leader:
    """A person with an office, and the lines that belong to them."""

    name: str
    office: str
    page: PageEvidence
    language: str
    lines: list[str] = field(default_factory=list)

    @property
    def has_portfolio(self) -> bool:
        """Whether a line says what they are in charge of."""
        return any(says("leaders", "portfolio", line, self.language) for line in self.lines)

    @property
    def is_reachable(self) -> bool:
        """Whether a line holds a telephone number or a mail address."""
        return any(has_phone_or_mail(line) for line in self.lines)

    @property
    def ref(self) -> EvidenceRef:
        """The archived page, citing office, name and lines."""
        return self.page.ref.citing(excerpt(f"{self.office} {self.name}: {' '.join(self.lines)}", 120))


def listed_leaders(pages: Iterable[PageEvidence], language: str) -> list[Leader]:
    """Return the leaders that foreign pages name, each once, with what all pages say of them."""
    found: dict[str, Leader] = {}
    for page in pages:
        current: Leader | None = None
        for line in _joined(sentences(page.facts.text), language):
            named = _named(line, language)
            if named is not None:
                office, name = named
                current = found.setdefault(name.casefold(), Leader(name, office, page, language))
            if current is not None:
                current.lines.append(line)
    return list(found.values())


def _joined(lines: Iterable[str], language: str) -> Iterator[str]:
    """Put an office that stands on a line of its own before the line that follows it."""
    waiting = ""
    for line in lines:
        office = find_words("leaders", "office", line, language)
        alone = office is not None and len(line.strip(" :：")) == len(office[0])
        if alone:
            waiting = line.strip(" :：")
        else:
            yield f"{waiting}: {line}" if waiting else line
            waiting = ""


def _named(line: str, language: str) -> tuple[str, str] | None:
    """Return the office and the name beside it in a line."""
    office = find_words("leaders", "office", line, language)
    if office is None:
        return None
    after = _AFTER.get(language, _NAME_AFTER).match(line, office.end())
    if after is not None:
        return office[0], after[1]
    before = None if language in _AFTER else _NAME_BEFORE.search(line[: office.start()][-80:])
    return (office[0], before[1]) if before is not None else None


def chinese_leaders(pages: Iterable[PageEvidence]) -> dict[str, PageEvidence]:
    """Return the names of the leaders that Chinese pages list, each with the first page that does.

    A name is two to four characters that begin with a surname and stand alone behind an office.
    """
    found: dict[str, PageEvidence] = {}
    for page in pages:
        for office in every_word("leaders", "office", page.facts.text, "zh"):
            name = _HAN_NAME.match(page.facts.text, office.end())
            if name is None:
                continue
            plain = re.sub(r"\s", "", name[1])
            surname = find_words("chinese_names", "surname", plain, "zh")
            if surname is not None and surname.start() == 0 and len(surname[0]) < len(plain):
                found.setdefault(plain, page)
    return found


class NamesOnPages:
    """Looks for Chinese names in the texts of foreign pages, as their language spells them."""

    def __init__(self, pages: Iterable[PageEvidence], language: str) -> None:
        self.language = language
        self.text = "\n".join(page.facts.text for page in pages)
        self.finder = NameFinder(foreign_names(self.text, language), language)

    def holds(self, name: str) -> bool:
        """Tell whether the whole name is there: in its characters, or spelt, surname first or last."""
        if name in self.text:
            return True
        return any(self._is_spelt(order) for order in (name, name[1:] + name[0]))

    def _is_spelt(self, name: str) -> bool:
        shorter = set(self.finder.find(name[:-1]))
        return any(spelt not in shorter for spelt in self.finder.find(name))
