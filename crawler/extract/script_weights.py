"""How much of a text is in which script: Han, kana and hangul by their characters, alphabets by their words."""

from __future__ import annotations

import re
import unicodedata

PLENTY = 20
"""Letters that are plenty: more are not counted."""
_WORD_WEIGHT = 1.5  # a word of an alphabet says about as much as one and a half Han characters
_UNSPACED_WEIGHT = 0.4  # a letter of a script that writes no blanks: about four to the word
_SYLLABLE_LETTERS = 2  # a Han character, kana or hangul syllable says as much as two letters

_LATIN = "A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff\uff21-\uff3a\uff41-\uff5a"
_ARABIC = "\u0620-\u065f\u066e-\u06d3\u06d5-\u06ef\u06fa-\u06ff\u0750-\u077f\ufb50-\ufdcf\ufdf0-\ufdfb\ufe70-\ufefc"
_HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
SYLLABLES = {
    "Hani": re.compile(f"[{_HAN}]+"),
    "Kana": re.compile("[\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\uff66-\uff9f]+"),
    "Hang": re.compile("[\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3]+"),
}
WORDS = {
    "Latn": re.compile(f"[{_LATIN}][{_LATIN}\u0300-\u036f]*(?:['’][{_LATIN}]+)*"),
    "Cyrl": re.compile("[\u0400-\u0481\u048a-\u052f][\u0400-\u052f\u0300-\u036f]*"),
    "Arab": re.compile(f"[{_ARABIC}]+"),
    "Grek": re.compile("[\u0370-\u03ff\u1f00-\u1fff]+"),
    "Hebr": re.compile("[\u0590-\u05ff]+"),
    "Armn": re.compile("[\u0531-\u0587]+"),
    "Geor": re.compile("[\u10a0-\u10ff\u1c90-\u1cbf]+"),
    "Deva": re.compile("[\u0900-\u0963\u0971-\u097f]+"),
    "Beng": re.compile("[\u0980-\u09e5\u09f0-\u09ff]+"),
    "Guru": re.compile("[\u0a00-\u0a65\u0a70-\u0a7f]+"),
    "Gujr": re.compile("[\u0a80-\u0ae5]+"),
    "Taml": re.compile("[\u0b80-\u0be5]+"),
    "Telu": re.compile("[\u0c00-\u0c65]+"),
    "Knda": re.compile("[\u0c80-\u0ce5]+"),
    "Mlym": re.compile("[\u0d00-\u0d65]+"),
    "Sinh": re.compile("[\u0d80-\u0de5]+"),
    "Tibt": re.compile("[\u0f40-\u0fbc]+"),
    "Ethi": re.compile("[\u1200-\u135a]+"),
    "Mong": re.compile("[\u1820-\u18aa]+"),
}
_UNSPACED = {
    "Thai": re.compile("[\u0e01-\u0e2e\u0e30\u0e32\u0e33\u0e40-\u0e46]"),
    "Laoo": re.compile("[\u0e81-\u0eb0\u0eb2\u0eb3\u0ec0-\u0ec6]"),
    "Mymr": re.compile("[\u1000-\u102a]"),
    "Khmr": re.compile("[\u1780-\u17b3]"),
}
# Anything that is not ASCII, Latin, punctuation or East Asian: only then are the scripts above looked for.
_FURTHER = re.compile("[\u0370-\u1cff\u1f00-\u1fff\ufb1d-\ufdff\ufe70-\ufefc]")
_BEYOND_LATIN = re.compile(
    f"[\u0370-\u1cff\u1f00-\u1fff\u3041-\u30ff\u3131-\u318e{_HAN}\uac00-\ud7a3\ufb1d-\ufdff\ufe70-\ufefc\uff66-\uff9f]"
)

_CODE_SIGN = re.compile(r"[{}()<>=;_$\[\]\\/|*@&+]")
_CODE_DENSITY = 12  # a line with more signs than one in so many characters is code
_LOG_LINE = re.compile(r"[\s*-]{0,9}\[?#\d{1,9}")
_LOG_WEIGHT = 0.25
_PROSE_WORD = re.compile(rf"(?<![\w.:/\\@#$<({{\[=&*+-])[{_LATIN}]{{1,40}}(?![\w/\\@#$>=(){{\[\]&*+-]|[.:]\S)")


def weights_of(text: str) -> dict[str, float]:
    """Weigh the text's letters by script; scripts that it lacks are left out."""
    if _BEYOND_LATIN.search(text) is None:
        return {"Latn": 1.0} if WORDS["Latn"].search(text) else {}
    further = _FURTHER.search(text) is not None
    words_of = WORDS if further else {"Latn": WORDS["Latn"]}
    weights = {script: float(sum(map(len, pattern.findall(text)))) for script, pattern in SYLLABLES.items()}
    weights |= {script: _WORD_WEIGHT * len(pattern.findall(text)) for script, pattern in words_of.items()}
    if further:
        weights |= {script: _UNSPACED_WEIGHT * len(pattern.findall(text)) for script, pattern in _UNSPACED.items()}
    return {script: weight for script, weight in weights.items() if weight}


def shares_of(weights: dict[str, float]) -> tuple[tuple[str, float], ...]:
    """Return each script's part of the weights, 0..1, the largest first."""
    total = sum(weights.values())
    shares = ((script, round(weight / total, 4)) for script, weight in weights.items())
    return tuple(sorted(shares, key=lambda pair: (-pair[1], pair[0])))


def latin_prose(text: str) -> float:
    """Weigh the Latin words that are neither code nor addresses: a Chinese manual full of listings is Chinese.

    The lines of a change log, each a quoted title in English whatever the page's language, weigh a quarter.
    """
    weight = 0.0
    for line in text.split("\n"):
        if len(_CODE_SIGN.findall(line)) * _CODE_DENSITY <= len(line):
            weight += len(_PROSE_WORD.findall(line)) * (_LOG_WEIGHT if _LOG_LINE.match(line) else 1.0)
    return _WORD_WEIGHT * weight


def letters_of(text: str, weights: dict[str, float]) -> float:
    """Count letters, vowel signs of Thai and its like included, up to where there are plenty."""
    if (plain := sum(map(str.isalpha, text[: PLENTY * 10]))) >= PLENTY:
        return plain
    syllables = sum(weights.get(script, 0.0) for script in SYLLABLES)
    letters = sum(unicodedata.category(char)[0] in "LM" for char in text[: PLENTY * 100])
    return letters + syllables * (_SYLLABLE_LETTERS - 1)
