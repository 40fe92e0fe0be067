"""What a column is about, told from its name by the glossary, in Chinese and eight other languages.

A column's type is one of `COLUMN_TYPES`; within it `column_aspect` tells the finer subject that indicators ask for.
"""

from __future__ import annotations

import re
from collections.abc import Set
from functools import lru_cache
from urllib.parse import urlsplit

from crawler.extract.facts import Column
from crawler.extract.glossary import HAN, Glossary, Names, aspects, glossary, normalised
from crawler.extract.labels import read_label

COLUMN_TYPES = (
    "overview", "leaders", "organisation", "news", "notices", "topics", "laws", "interpretation", "statistics", "visa",
    "business", "investment", "parks", "education", "tourism", "living", "health", "transport", "emergency", "mailbox",
    "faq", "survey", "interview", "contact", "search", "sitemap", "downloads", "services", "multimedia", "subscription",
    "chat", "social", "links", "home", "about",
)  # fmt: skip
"""`laws` are laws and policies of all ranks, `topics` special subjects (专题), `about` the site itself (not the place),
`social` accounts and apps, `multimedia` photographs, films and other visual information."""
ASPECTS = {
    "overview": ("location", "nature", "population", "history", "economy", "culture", "tourism", "sister_cities"),
    "news": ("national", "provincial", "local"),
    "laws": ("plans", "reports", "disclosure"),
    "visa": ("application", "residence", "lost_passport", "work_permit", "transit"),
    "business": ("starting", "tax", "trade", "environment"),
    "investment": ("environment", "guide", "policies", "industries", "projects"),
    "education": ("introduction", "enrolment"),
    "mailbox": ("guidance", "replies"),
}
"""The subjects within a type; development zones are the type `parks`."""
CONFIDENCE = {"tag": 0.95, "name": 0.95, "term": 0.85, "address": 0.6, "parent": 0.5}
"""How likely a type is right, by what told it: proposed, held against labels by `make accuracy PARTS=columns`."""
# Columns that hardly any site but a government's has.
GOVERNMENTAL = frozenset(
    "leaders organisation laws interpretation statistics visa investment parks tourism transport emergency "
    "mailbox".split()
)
_NO_PARENTS = frozenset({None, "home", "about", "services", "search", "sitemap", "links"})  # hold anything
_SHORT_LETTERS = 12  # Han, kana or hangul characters of a menu's entry; a longer one is a title
_SHORT_WORDS = 5
_WORDS_A_TERM_WORD = 4  # "tourism in Yunhe city" is about tourism, "Nacos with Spring Boot projects" is no investment
_LONGEST = 60  # characters
_UNSPACED = rf"{HAN}\u3040-\u30ff\uac00-\ud7af"
_LETTERS = re.compile(f"[{_UNSPACED}]")
_PIECES = re.compile(f"[{_UNSPACED}]|[^ {_UNSPACED}]+")  # of which terms are made


@lru_cache(maxsize=8192)
def column_type(name: str, *, ambiguous: bool = True) -> str | None:
    """Return the column type that a name speaks of, or None; doubtful words of the glossary count where `ambiguous`.

    The whole label first; then, for labels of a menu's length, the longest known term within it (whole words where
    there are words), the last one where two are as long, because it is the head: 旅游政策 is about policy.
    """
    label = normalised(name)
    words = glossary()
    ignored = frozenset[str]() if ambiguous else words.ambiguous
    whole = None if label in ignored else words.whole.get(label)
    return whole or _by_term(label, words, ignored)


@lru_cache(maxsize=8192)
def column_aspect(name: str, kind: str) -> str | None:
    """Return the subject within a column type that a name speaks of, one of `ASPECTS[kind]`, or None.

    The type need not be the name's own: "Economy" is a business column, and `economy` of an overview.
    """
    label = normalised(name)
    words = aspects().get(kind)
    if words is None:
        return None
    return words.whole.get(label) or _by_term(label, words)


def classified(
    name: str, url: str, *, declared: str | None = None, parent: str | None = None, ambiguous: bool = True
) -> Column:
    """Return a column with its type and what told it: its tag, its name, its address, or the entry it hangs under.

    `ambiguous` tells whether the glossary's doubtful words count, as they do on a government's site.
    """
    kind, cue = declared, "tag"
    if kind is None:
        kind, cue = column_type(name, ambiguous=ambiguous), "name" if is_named_whole(name) else "term"
    if kind is None:
        kind, cue = _type_of_address(url, ambiguous=ambiguous), "address"
    if kind is None and parent not in _NO_PARENTS:
        kind, cue = parent, "parent"
    if kind is None:
        return Column(name, url, None)
    return Column(name, url, kind, column_aspect(name, kind), cue, CONFIDENCE[cue])


@lru_cache(maxsize=8192)
def _type_of_address(url: str, *, ambiguous: bool) -> str | None:
    """Return the type that the last folder of an address names as a whole (`/latest-news/`, `/tzgg/`), or None.

    `/overview/` and its like are of a place on a government's site alone (`ambiguous`): handbooks have them, too.
    """
    folders = [part for part in urlsplit(url).path.split("/")[:-1] if part]
    if not folders:
        return None
    label = normalised(folders[-1][:60].replace("_", " ").replace("-", " "))
    words = glossary()
    whole = words.whole.get(label) if ambiguous or label not in words.ambiguous else None
    kind = words.folders.get(label) or (None if whole == "overview" and not ambiguous else whole)
    return None if kind in _NO_PARENTS else kind


def is_named_whole(name: str) -> bool:
    """Tell whether the glossary knows the whole name, not a term within it alone."""
    return normalised(name) in glossary().whole


def is_short(name: str) -> bool:
    """Tell a name of a menu's length from a title."""
    return _is_short(normalised(name))


@lru_cache(maxsize=8192)
def is_entry(name: str) -> bool:
    """Tell a menu's entry from titles and from language switches."""
    label = normalised(name)
    return len(label) > 1 and _is_short(label) and not read_label(name).is_plain


def _by_term(label: str, words: Names | Glossary, ignored: Set[str] = frozenset()) -> str | None:
    """Return what the longest known term within a short label stands for, the last of those as long.

    A term takes whole words, and at least two characters of scripts without blanks.
    """
    if not label or not _is_short(label):
        return None
    spans = [piece.span() for piece in _PIECES.finditer(label)]
    starts = [start for start, _ in spans if label[start : start + 2] in words.beginnings]
    best: tuple[int, int, str] | None = None
    for start in starts:
        for _, end in spans:
            kind = words.part.get(label[start:end]) if end - start >= 2 else None
            if kind is None or label[start:end] in ignored:
                continue
            if len(label[start:end].split()) * _WORDS_A_TERM_WORD < len(label.split()):
                continue
            if best is None or (end - start, start) >= best[:2]:
                best = (end - start, start, kind)
    return best[2] if best else None


def _is_short(label: str) -> bool:
    if len(label) > _LONGEST:
        return False
    if label.isascii():
        return len(label.split()) <= _SHORT_WORDS
    words = _LETTERS.sub("", label).split()
    return len(_LETTERS.findall(label)) <= _SHORT_LETTERS and len(words) <= _SHORT_WORDS
