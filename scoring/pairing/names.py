"""How other scripts write Chinese names: pinyin, Palladius' Cyrillic, the Korean table, Arabic consonants.

Every system is a function of the pinyin syllable, so one walk over a Chinese text finds all of them:
`NameFinder` holds the words of the foreign side that could be Chinese names and looks for characters whose
readings spell one. All readings of a character are tried, so 单县 is found as Shan, as Dan and as Chan.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import compress, count, pairwise
from operator import and_

LONGEST_NAME = 5  # characters
_READINGS = 4  # of a character that are tried
_CAPITALISED = re.compile(r"[^\W\d_a-zа-яё][\w'’-]{1,29}")
_SPACES = re.compile(r"[ \u00a0]")
_HANGUL = re.compile(r"[가-힣]{2,12}")
_ARABIC = re.compile(r"[\u0621-\u064a]{3,20}")

_INITIALS = "b p m f d t n l g k h j q x zh ch sh r z c s".split()
_VOWEL = frozenset("aeiouv")
_RUSSIAN_INITIALS = dict(zip(_INITIALS, "б п м ф д т н л г к х цз ц с чж ч ш ж цз ц с".split(), strict=True))
_RUSSIAN_FINALS = dict(
    pair.split("=")
    for pair in (
        "a=а o=о e=э ai=ай ei=эй ao=ао ou=оу an=ань en=энь ang=ан eng=эн ong=ун er=эр i=и ia=я ie=е iao=яо iu=ю "
        "ian=янь in=инь iang=ян ing=ин iong=юн u=у ua=уа uo=о uai=уай ui=уй uan=уань un=унь uang=уан v=юй ve=юэ "
        "van=юань vn=юнь ya=я yo=йо ye=е yao=яо you=ю yan=янь yin=инь yang=ян ying=ин yong=юн yi=и wu=у wa=ва wo=во "
        "wai=вай wei=вэй wan=вань wen=вэнь wang=ван weng=вэн yu=юй yue=юэ yuan=юань yun=юнь"
    ).split()
)
_RUSSIAN_ENDINGS = ("", "а", "я", "у", "ю", "ом", "ем", "е", "ы", "и", "ой", "ский", "ского", "ском", "ской", "скому")
_KOREAN_INITIALS = dict(
    zip(_INITIALS, "ㅂ ㅍ ㅁ ㅍ ㄷ ㅌ ㄴ ㄹ ㄱ ㅋ ㅎ ㅈ ㅊ ㅅ ㅈ ㅊ ㅅ ㄹ ㅉ ㅊ ㅆ".split(), strict=True)
)
_KOREAN_FINALS = dict(
    pair.split("=")
    for pair in (
        "= a=ㅏ o=ㅗ e=ㅓ ai=ㅏ.ㅣ ei=ㅔ.ㅣ ao=ㅏ.ㅗ ou=ㅓ.ㅜ an=ㅏㄴ en=ㅓㄴ ang=ㅏㅇ eng=ㅓㅇ "
        "ong=ㅜㅇ er=ㅓㄹ i=ㅣ ia=ㅑ ie=ㅖ iao=ㅑ.ㅗ iu=ㅠ ian=ㅖㄴ in=ㅣㄴ iang=ㅑㅇ ing=ㅣㅇ iong=ㅠㅇ "
        "u=ㅜ ua=ㅘ uo=ㅝ uai=ㅘ.ㅣ ui=ㅜ.ㅣ uan=ㅘㄴ un=ㅜㄴ uang=ㅘㅇ v=ㅟ ve=ㅞ van=ㅟ.ㅏㄴ vn=ㅟㄴ "
        "ya=ㅑ yo=ㅛ ye=ㅖ yao=ㅑ.ㅗ you=ㅠ yan=ㅖㄴ yin=ㅣㄴ yang=ㅑㅇ ying=ㅣㅇ yong=ㅠㅇ yi=ㅣ wu=ㅜ "
        "wa=ㅘ wo=ㅝ wai=ㅘ.ㅣ wei=ㅞ.ㅣ wan=ㅘㄴ wen=ㅝㄴ wang=ㅘㅇ weng=ㅝㅇ yu=ㅟ yue=ㅞ yuan=ㅟ.ㅏㄴ yun=ㅟㄴ"
    ).split()
)
_BUZZING = frozenset("zh ch sh r z c s".split())  # their final -i is no [i]
_AFTER_J = {"ㅑ": "ㅏ", "ㅕ": "ㅓ", "ㅖ": "ㅔ", "ㅛ": "ㅗ", "ㅠ": "ㅜ"}  # Korean writes no glide after ㅈ, ㅊ
_ARABIC_INITIALS = dict(zip(_INITIALS, "ب ب م ف د ت ن ل غ ك ه ج تش ش تش تش ش ر تس تس س".split(), strict=True))
_ARABIC_VOWELS = str.maketrans("جق", "غغ", "اويىأإآةئؤء")


def _parts(syllable: str) -> tuple[str, str]:
    """Split a syllable into initial and final; `ü` is `v` after j, q, x and y-."""
    for length in (2, 1):
        head, tail = syllable[:length], syllable[length:]
        if head in _RUSSIAN_INITIALS and tail:
            if head in ("j", "q", "x") and tail[0] == "u":
                tail = "v" + tail[1:]
            return head, tail
    return "", syllable


def latin(syllable: str) -> str:
    """Return a pinyin syllable as names write it: without tone, ü as u (`lü` is Lu, also Lyu in passports)."""
    return syllable.replace("v", "u")


def russian(syllable: str) -> str:
    """Return a syllable in Palladius' system, without soft or hard signs, which declension changes."""
    head, tail = _parts(syllable)
    if head in ("z", "c", "s") and tail == "i":
        return _RUSSIAN_INITIALS[head] + "ы"
    if head == "h" and tail == "ui":
        return "хуэй"
    final = _RUSSIAN_FINALS.get(tail, "")
    return (_RUSSIAN_INITIALS[head] if head else "") + final if final else ""


def korean(syllable: str) -> str:
    """Return a syllable as the Korean rules for foreign words write it, e.g. `song` 쑹."""
    head, tail = _parts(syllable)
    final = "ㅡ" if head in _BUZZING and tail == "i" else _KOREAN_FINALS.get(tail)
    if final is None:
        return ""
    initial = _KOREAN_INITIALS.get(head, "ㅇ")
    first, *rest = final.split(".")
    if initial in "ㅈㅊㅉ":
        first = _AFTER_J.get(first[0], first[0]) + first[1:]
    return _hangul(initial, first) + "".join(_hangul("ㅇ", part) for part in rest)


def arabic(syllable: str) -> str:
    """Return the consonants of a syllable; vowels and the several writings of g, j, q are not told apart."""
    head, tail = _parts(syllable)
    if not head and tail == "er":
        return "ر"
    ending = "نغ" if tail.endswith("ng") else "ن" if tail.endswith("n") else ""
    return _ARABIC_INITIALS.get(head, "").translate(_ARABIC_VOWELS) + ending


_LEADS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_TAILS = {"": 0, "ㄴ": 4, "ㄹ": 8, "ㅇ": 21}


def _hangul(initial: str, final: str) -> str:
    return chr(0xAC00 + (_LEADS.index(initial) * 21 + _VOWELS.index(final[0])) * 28 + _TAILS[final[1:]])


_SYSTEMS: dict[str, Callable[[str], str]] = {"ru": russian, "ko": korean, "ar": arabic}


def names_available() -> bool:
    """Whether the readings of Chinese characters are there (the package pypinyin)."""
    return bool(_written_readings())


@cache
def _written_readings() -> dict[int, str]:
    """Readings by code point, with tone marks; empty where the optional package is missing: then no name is found."""
    try:
        from pypinyin.constants import PINYIN_DICT  # noqa: PLC0415 - takes long to load, and few commands read names
    except ImportError:
        return {}
    return PINYIN_DICT


@cache
def pinyin_of(char: str) -> tuple[str, ...]:
    """Return the toneless readings of a character, the commonest first; empty where it has none."""
    return _toneless_readings(_written_readings().get(ord(char), "") if len(char) == 1 else "")


def _toneless_readings(written: str) -> tuple[str, ...]:
    readings = dict.fromkeys(_toneless(reading) for reading in written.split(",") if reading)
    return tuple(readings)[:_READINGS]


@cache
def _toneless(reading: str) -> str:
    plain = unicodedata.normalize("NFD", reading).replace("u\u0308", "v").replace("ê", "e")
    return "".join(char for char in plain if char.isascii() and char.isalpha())


@cache
def _pinyin() -> tuple[str, ...]:
    written = set(_written_readings().values())
    return tuple(sorted({reading for several in written for reading in _toneless_readings(several)}))


@cache
def _syllables(system: str) -> frozenset[str]:
    voiced = (reading for reading in _pinyin() if not _VOWEL.isdisjoint(reading))
    return frozenset(spelt for spelt in map(_SYSTEMS.get(system, latin), voiced) if spelt)


@cache
def _readings(system: str) -> dict[str, int]:
    """What a character may be read as, and the place of that in sets of readings, which are bits of a number."""
    spelt = dict.fromkeys(map(_SYSTEMS.get(system, latin), _pinyin()))
    return {reading: place for place, reading in enumerate(spelt)}


class _Lazily(dict[str, int]):
    """Values of characters, made when they are first asked for."""

    def __init__(self, make: Callable[[str], int]) -> None:
        super().__init__()
        self.make = make

    def __missing__(self, char: str) -> int:
        value = self[char] = self.make(char)
        return value


@cache
def _reading_sets(system: str) -> _Lazily:
    """Character → the set of its readings."""
    places = _readings(system)
    return _Lazily(lambda char: sum(1 << places[reading] for reading in _spellings(char, system)))


@cache
def _spellings(char: str, system: str) -> tuple[str, ...]:
    spelt = (_SYSTEMS.get(system, latin)(reading) for reading in pinyin_of(char))
    return tuple(dict.fromkeys(word for word in spelt if word))


def foreign_names(text: str, language: str) -> Iterator[str]:
    """Yield what may be a Chinese name in a foreign text, as `NameFinder` spells it."""
    if language == "ko":
        for match in _HANGUL.finditer(text):
            # Particles follow a name without a blank: every beginning may be the name.
            for end in range(2, min(len(match[0]), 8) + 1):
                if _is_spelt(match[0][:end], "ko", 2):
                    yield match[0][:end]
    elif language == "ar":
        for match in _ARABIC.finditer(text):
            bare = match[0].removeprefix("ال").translate(_ARABIC_VOWELS)
            if len(bare) >= 4:
                yield bare
    else:
        yield from _capitalised(text, "ru" if language == "ru" else "latin")


def _capitalised(text: str, system: str) -> Iterator[str]:
    words = [(match.start(), match.end(), match[0]) for match in _CAPITALISED.finditer(text)]
    spelt = [tuple(_name_forms(word, system)) for _, _, word in words]
    for forms in spelt:
        yield from (form for form in forms if _is_spelt(form, system, 2))
    for (one, first), (other, second) in pairwise(zip(words, spelt, strict=True)):
        if first and second and _SPACES.fullmatch(text, one[1], other[0]):
            yield from (first[0] + form for form in second)


def _name_forms(word: str, system: str) -> Iterator[str]:
    """Yield the readings of a capitalised word as a name, its case endings taken off; nothing where it is none."""
    if system == "ru":
        lowered = word.lower().replace("ъ", "").replace("ё", "е")
        stems = (lowered.removesuffix(ending) for ending in _RUSSIAN_ENDINGS if lowered.endswith(ending))
        forms: Iterable[str] = dict.fromkeys(form for stem in stems for form in (stem, stem + "ь") if stem)
    else:
        plain = unicodedata.normalize("NFD", word.lower())
        forms = ("".join(char for char in plain if "a" <= char <= "z"),)
    for form in forms:
        if _is_spelt(form, system, 1):
            yield form


@cache
def _is_spelt(word: str, system: str, fewest: int) -> bool:
    """Whether a word is a row of at least `fewest` syllables of the system."""
    syllables = _syllables(system)
    counts = {0: 0}  # position → most syllables that reach it
    for end in range(1, len(word) + 1):
        for start in range(max(0, end - 7), end):
            if start in counts and word[start:end] in syllables:
                counts[end] = max(counts.get(end, 0), counts[start] + 1)
    return fewest <= counts.get(len(word), 0)


class NameFinder:
    """Finds in Chinese text the characters that spell one of `names` in the system of `language`."""

    def __init__(self, names: Iterable[str], language: str) -> None:
        self.system = language if language in _SYSTEMS else "latin"
        self.names = frozenset(names)
        self.beginnings = frozenset(name[:end] for name in self.names for end in range(1, len(name) + 1))
        self._sets = _reading_sets(self.system)
        self._going_on = _Lazily(self._sets_going_on)

    def find(self, text: str) -> Iterator[str]:
        """Yield every spelling found, once a place."""
        going_on = map(self._going_on.__getitem__, text)
        begun = map(and_, going_on, map(self._sets.__getitem__, text[1:]))
        for start in compress(count(), begun):
            yield from self._names_from(text[start : start + LONGEST_NAME])

    def _sets_going_on(self, char: str) -> int:
        """Return the set of the syllables with which a name goes on that begins with a character."""
        heads = [reading for reading in _spellings(char, self.system) if reading in self.beginnings]
        places = enumerate(_readings(self.system)) if heads else ()
        return sum(1 << place for place, tail in places if any(head + tail in self.beginnings for head in heads))

    def _names_from(self, chars: str) -> Iterator[str]:
        """Yield the names that the first characters spell: one alone spells too many words."""
        found: dict[str, None] = {}
        spelt = [""]
        for place, char in enumerate(chars):
            readings = _spellings(char, self.system)
            spelt = [head + tail for head in spelt for tail in readings if head + tail in self.beginnings]
            if not spelt:
                break
            found.update((name, None) for name in spelt if place and name in self.names)
        yield from found
