"""Chinese that was left in a foreign page's text: where it stands, and whether it only glosses a name."""

from __future__ import annotations

import re

from crawler.extract.facts import Residue
from crawler.extract.language import identify
from crawler.extract.script_weights import SYLLABLES

_HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_RUN = re.compile(rf"[{_HAN}](?:[{_HAN}0-9、，。：；？！“”《》（）・\s]{{0,200}}[{_HAN}])?")
_FEWEST = 2  # Han characters that are more than a stray sign
_FEWEST_IN_JAPANESE = 12  # a line of kanji alone is a title in Japanese too
_GLOSS = 12  # Han characters of a name's gloss; more are words that were not translated
_MOST = 200
_TEXT_LIMIT = 200_000
_OPENING, _CLOSING = '([（［【"“《「', ')]）］】"”》」'


def residue(text: str, language: str) -> tuple[Residue, ...]:
    """Return the runs of Chinese within a text in another language, in its order, with offsets into it, at most 200.

    Of a Japanese text, lines without kana that are Chinese by their characters; nothing of a Chinese or undetermined
    one.
    A run is a gloss where brackets or quotes hold it and it has at most 12 characters: `Yangtze (长江)`.
    """
    primary = language.split("-", maxsplit=1)[0]
    if primary in ("zh", "und"):
        return ()
    if primary == "ja":
        return tuple(_in_japanese(text[:_TEXT_LIMIT]))[:_MOST]
    found: list[Residue] = []
    for match in _RUN.finditer(text[:_TEXT_LIMIT]):
        characters = sum(map(len, SYLLABLES["Hani"].findall(match[0])))
        if characters < _FEWEST:
            continue
        before = text[max(0, match.start() - 3) : match.start()].rstrip(" ")[-1:]
        after = text[match.end() : match.end() + 3].lstrip(" ")[:1]
        held = bool(before) and before in _OPENING and bool(after) and after in _CLOSING
        found.append(Residue(match.start(), match.end(), match[0], held and characters <= _GLOSS))
        if len(found) >= _MOST:
            break
    return tuple(found)


def _in_japanese(text: str) -> list[Residue]:
    found: list[Residue] = []
    start = 0
    for line in text.split("\n"):
        characters = sum(map(len, SYLLABLES["Hani"].findall(line)))
        is_candidate = characters >= _FEWEST_IN_JAPANESE and not SYLLABLES["Kana"].search(line)
        if is_candidate and identify(line) == "zh-Hans":  # kanji and Traditional characters look too much alike
            found.append(Residue(start, start + len(line), line, False))
        start += len(line) + 1
    return found
