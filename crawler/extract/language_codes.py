"""Language tags: what a site writes for a language (`kr`, `eng`, `zh-cn`, `japanese`) → BCP 47."""

from __future__ import annotations

import re

from crawler.model import CHINESE

_LISTED = """
af am ar az be bg bn bo bs ca cs cy da de el en eo es et eu fa fi fil fr ga gl gu he hi hr hu hy id is it ja ka kk km
kn ko ky lo lt lv mk ml mn mr ms my ne nl no pa pl ps pt ro ru sd si sk sl so sq sr sv sw ta te tg th ti tk tl tr tt
ug uk ur uz vi yi yue za zh zu
"""
_KNOWN = frozenset(_LISTED.split())
# Country codes, three-letter codes and names that stand for languages in hosts and paths of real sites.
# `uk` and `se` are ambiguous: the first is read as ISO has it (Ukrainian), the second as countries do (Swedish).
_WILD = {
    "ar": "ara arab arabic sa ae eg",
    "bo": "tib bod tibetan",
    "cs": "cz ces cze czech",
    "da": "dk dan danish",
    "de": "ger deu german deutsch at",
    "el": "gr ell gre greek",
    "en": "eng english us usa au enus",
    "es": "sp esp spa spanish espanol mx",
    "fa": "ir fas per persian farsi",
    "fr": "fra fre french francais",
    "he": "iw il heb hebrew",
    "hi": "hin hindi",
    "hu": "hun hungarian",
    "id": "in ind indonesian",
    "it": "ita italian italiano",
    "ja": "jp jpn jap japan japanese",
    "kk": "kz kaz kazakh",
    "km": "kh khm khmer",
    "ko": "kr kor kp korea korean",
    "lo": "la lao",
    "mn": "mon mgl mongolian",
    "ms": "may msa malay",
    "my": "mm mya bur burmese",
    "nl": "dut nld dutch",
    "no": "nb nn nor norwegian",
    "pl": "pol polish",
    "pt": "por portuguese portugues ptg",
    "pt-BR": "br brazil",
    "ru": "rus russian",
    "sv": "se swe swedish",
    "th": "tha thai",
    "tl": "tgl tagalog",
    "tr": "tur turkish",
    "ug": "uig uyghur uygur",
    "uk": "ua ukr ukrainian",
    "vi": "vn vie vietnamese",
    CHINESE: "cn chn chi zho chinese",
    "zh-Hans": "chs gb gb2312 gbk hans sc jt simplified",
    "zh-Hant": "cht tw hk mo big5 hant tc ft traditional",
}
_TAGS = {code: tag for tag, codes in _WILD.items() for code in codes.split()}
_SIMPLIFIED = frozenset({"cn", "hans", "chs", "sg", "gb", "gb2312", "my"})
_TRADITIONAL = frozenset({"tw", "hk", "mo", "hant", "cht", "big5"})
_SUBTAGS = re.compile(r"[a-z0-9]{1,12}")
_LONGEST = 35  # characters: the length that RFC 5646 asks software to hold


def canonical(code: str | None) -> str | None:
    """Return the BCP 47 tag for a code as found in the wild, in any case, with `-` or `_`; None where it is none.

    Regions are dropped (`en-US` is `en`), but for `pt-BR`; Chinese is told by script (`zh-TW` is `zh-Hant`).
    """
    if not code or len(code) > _LONGEST or not code.isascii():
        return None
    first, *rest = code.strip().lower().replace("_", "-").split("-")
    if not all(_SUBTAGS.fullmatch(subtag) for subtag in (first, *rest)):
        return None
    tag = first if first in _KNOWN else _TAGS.get(first)
    if tag == CHINESE:
        return _chinese(rest)
    return "pt-BR" if tag == "pt" and rest[:1] == ["br"] else tag


def is_registered(code: str) -> bool:
    """Tell whether a code is the registered one of a language that we know, in any case: `ja` is, `jp` is not."""
    return code.lower() in _KNOWN


def _chinese(subtags: list[str]) -> str:
    if not _TRADITIONAL.isdisjoint(subtags) and "hans" not in subtags:
        return "zh-Hant"
    return CHINESE if _SIMPLIFIED.isdisjoint(subtags) else "zh-Hans"


def same_language(first: str, second: str) -> bool:
    """Tell whether two BCP 47 tags name one language: `zh-Hans` and `zh` do. `und` is no language's equal."""
    primary = first.lower().split("-")[0]
    return primary == second.lower().split("-")[0] != "und"
