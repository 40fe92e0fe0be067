"""Language names in links: what `英文版`, `EN`, `Español` or `english.` in an address say."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from urllib.parse import parse_qs, urlsplit

import tldextract

from crawler.extract.glossary import glossary, normalised, tokens

LABEL_LIMIT = 60  # characters; a longer label is a title, not a switch
_LONGEST = 3  # words of a language's name: "bahasa indonesia", "simplified chinese"


@dataclass(frozen=True)
class Reading:
    """A label read word by word.

    `languages` are the tags it names, in its order; `short` the tags of words that need an address that agrees;
    `says_version` that it holds a word such as version or 网站; `others` the words that mean something else.
    """

    languages: tuple[str, ...] = ()
    short: tuple[str, ...] = ()
    says_version: bool = False
    others: tuple[str, ...] = ()

    @property
    def is_plain(self) -> bool:
        """Whether the label names exactly one language and nothing else."""
        return len(self.languages) == 1 and not self.short and not self.others


@lru_cache(maxsize=4096)
def read_label(label: str) -> Reading:
    """Read a label; one that is too long for a switch is empty."""
    if len(label) > LABEL_LIMIT:
        return Reading()
    languages: dict[str, None] = {}
    short: dict[str, None] = {}
    others: list[str] = []
    says_version = False
    pieces = tokens(label)
    firsts, han = _signs()
    if firsts.isdisjoint(pieces) and not any(map(han.search, pieces)):
        return Reading(others=pieces)
    for word in _words(pieces):
        if word in glossary().names:
            languages[glossary().names[word]] = None
        elif word in glossary().short:
            short[glossary().short[word]] = None
        elif word in glossary().version_words:
            says_version = True
        else:
            others.append(word)
    return Reading(tuple(languages), tuple(short), says_version, tuple(others))


@lru_cache(maxsize=8192)  # a site's menus come again on each of its pages
def may_switch(label: str) -> bool:
    """Tell whether a label names a language, in short or in full, or leads to foreign versions."""
    if len(label) > LABEL_LIMIT:
        return False
    firsts, han = _signs()
    if firsts.isdisjoint(tokens(label)) and (label.isascii() or not han.search(label)):
        return False
    reading = read_label(label)
    return bool(reading.languages or reading.short) or is_gateway(label)


@lru_cache(maxsize=4096)
def is_gateway(label: str) -> bool:
    """Tell whether a label leads to foreign versions without naming a language: 外文版, International."""
    return len(label) <= LABEL_LIMIT and normalised(label) in glossary().gateway_words


@lru_cache(maxsize=4096)
def url_language(url: str) -> str | None:
    """Return the language that an address names in its host, the head of its path or its query; None if none."""
    parts = urlsplit(url)
    words = _subdomain(parts.hostname or "").split(".")[::-1]
    for segment in [piece for piece in parts.path.lower().split("/") if piece][:3]:
        words += [segment, *_cut(segment)]
    for key in ("lang", "language", "locale", "hl"):
        words += parse_qs(parts.query[:500]).get(key, [])
    codes = glossary().codes
    return next((codes[word.lower()] for word in words if word.lower() in codes), None)


@lru_cache(maxsize=4096)
def leads_to_version_home(url: str) -> bool:
    """Tell whether an address looks like a version's home: a language in its host, or as all of its path."""
    parts = urlsplit(url)
    codes = glossary().codes
    host = parts.hostname or ""
    if not codes.keys().isdisjoint(host.split(".")) and any(label in codes for label in _subdomain(host).split(".")):
        return True
    segments = [piece for piece in parts.path.lower().split("/") if piece and not piece.startswith("index.")]
    return len(segments) == 1 and segments[0] in codes


def same_body(url: str, other: str) -> bool:
    """Tell whether two addresses are under one registered domain (`gov.cn` is a public suffix)."""
    return _registered(urlsplit(url).hostname or "") == _registered(urlsplit(other).hostname or "")


def _cut(segment: str) -> list[str]:
    """Cut `mfa_eng`, `en-index.html`, `index_en.html` into words; a lone file name has its extension dropped."""
    stem = segment.rsplit(".", 1)[0] if "." in segment else segment
    return [stem, *(word for word in stem.replace("-", "_").split("_") if word != stem)]


@cache
def _extractor() -> tldextract.TLDExtract:
    return tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)  # the bundled list: nothing is fetched


@lru_cache(maxsize=4096)
def _subdomain(host: str) -> str:
    return _extractor()(host).subdomain


@lru_cache(maxsize=4096)
def _registered(host: str) -> str:
    parts = _extractor()(host)
    return f"{parts.domain}.{parts.suffix}" if parts.suffix else host


def _words(pieces: tuple[str, ...]) -> list[str]:
    """Join pieces to the longest names known; a run of Han characters is cut from its left."""
    found: list[str] = []
    at = 0
    while at < len(pieces):
        size = next((n for n in range(_LONGEST, 1, -1) if _is_known(" ".join(pieces[at : at + n]))), 1)
        word = " ".join(pieces[at : at + size])
        found += [word] if size > 1 or _is_known(word) or not _is_han(word) else _cut_han(word)
        at += size
    return found


def _cut_han(run: str) -> list[str]:
    """Cut 进入英文版 into 进入 and 英文版; characters that belong to no known word stay together."""
    found: list[str] = []
    unknown = ""
    at = 0
    while at < len(run):
        size = next((n for n in range(min(8, len(run) - at), 0, -1) if _is_cut_point(run[at : at + n], unknown)), 0)
        if size:
            found += [unknown] if unknown else []
            found.append(run[at : at + size])
            unknown = ""
            at += size
        else:
            unknown += run[at]
            at += 1
    return found + ([unknown] if unknown else [])


def _is_cut_point(word: str, unknown: str) -> bool:
    # 法 and 意 alone are languages only where nothing unknown is around them; 法律 and 意见 must stay whole.
    return _is_known(word) and (len(word) > 1 or not unknown)


@cache
def _known() -> frozenset[str]:
    words = glossary()
    return frozenset({*words.names, *words.short, *words.version_words})


@cache
def _signs() -> tuple[frozenset[str], re.Pattern[str]]:
    """Return the first words of all that labels are read for, and a pattern that finds one among Han characters."""
    words = _known() | glossary().gateway_words
    han = sorted(word for word in words if _is_han(word))
    return frozenset(word.split()[0] for word in words), re.compile("|".join(map(re.escape, han)))


def _is_known(word: str) -> bool:
    return word in _known()


def _is_han(word: str) -> bool:
    return "\u3400" <= word[0] <= "\u9fff"
