"""Which language a text is in, by its content alone: scripts are counted first, then letters and n-grams decide.

A statistical detector alone calls Traditional Chinese Korean and an English page with a fifth of Chinese certain
English. So Han, kana, hangul and the scripts of one language are told by counting, and langdetect only chooses among
the languages of the Latin, the Cyrillic or the Devanagari script.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path

import langdetect
from langdetect.detector_factory import DetectorFactory
from langdetect.lang_detect_exception import LangDetectException
from opencc import OpenCC

from crawler.extract.facts import Language
from crawler.extract.language_codes import canonical, same_language
from crawler.extract.page import Page
from crawler.model import CHINESE

__all__ = ["UNDETERMINED", "canonical", "identify", "language_of", "same_language", "script_shares"]

UNDETERMINED = "und"
_WORD_WEIGHT = 1.5  # a word of an alphabet says about as much as one and a half Han characters
_UNSPACED_WEIGHT = 0.4  # a letter of a script that writes no blanks: about four to the word
_LIMIT = 60_000  # characters of a text that are counted
_ENOUGH = 20  # letters from which a language is told
_SYLLABLE_LETTERS = 2  # a Han character, kana or hangul syllable says as much as two letters
_KANA = 0.1  # part of kana among kana and Han from which it is Japanese; Chinese pages quote a の
_SAMPLE = 1_500  # characters that langdetect reads, from beginning, middle and end
_SURE = 0.6  # probability below which langdetect's answer is not taken
_CUE = 0.008  # part of the letters that must be peculiar to a language for its cue to count

_LATIN = "A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff\uff21-\uff3a\uff41-\uff5a"
_ARABIC = "\u0620-\u065f\u066e-\u06d3\u06d5-\u06ef\u06fa-\u06ff\u0750-\u077f\ufb50-\ufdcf\ufdf0-\ufdfb\ufe70-\ufefc"
_HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_SYLLABLES = {
    "Hani": re.compile(f"[{_HAN}]"),
    "Kana": re.compile("[\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\uff66-\uff9f]"),
    "Hang": re.compile("[\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3]"),
}
_WORDS = {
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

_ONE_LANGUAGE = {
    "Thai": "th", "Laoo": "lo", "Mymr": "my", "Khmr": "km", "Grek": "el", "Hebr": "he", "Armn": "hy", "Geor": "ka",
    "Beng": "bn", "Guru": "pa", "Gujr": "gu", "Taml": "ta", "Telu": "te", "Knda": "kn", "Mlym": "ml", "Sinh": "si",
    "Tibt": "bo", "Ethi": "am", "Mong": "mn-Mong", "Kana": "ja", "Hang": "ko", "Arab": "ar",
}  # fmt: skip
_CODE_SIGN = re.compile(r"[{}()<>=;_$\[\]\\/|*@&+]")
_CODE_DENSITY = 12  # a line with more signs than one in so many characters is code
_PROSE_WORD = re.compile(rf"(?<![\w.:/\\@#$<({{\[=&*+-])[{_LATIN}]{{1,40}}(?![\w/\\@#$>=(){{\[\]&*+-]|[.:]\S)")
# Letters that one language of a script has and its neighbours have not; the first that fits. Written as escapes
# where the letters run right to left: Uyghur ae, e, oe, ue; Pashto; Urdu tt, dd, rr, ye, nun; Persian p, ch, zh, g,
# kaf, ye.
_PECULIAR = {
    "Cyrl": [
        ("kk", "ғқұ"),
        ("tg", "ҳҷӣӯ"),
        ("be", "ў"),
        ("uk", "їєґ"),
        ("mk", "ѓќѕ"),
        ("sr", "ђћљњџ"),
        ("ky", "ң"),
        ("mn", "өү"),
        ("ru", "ыэ"),
    ],
    "Arab": [
        ("ug", "\u06d5\u06d0\u06c6\u06c8"),
        ("ps", "\u069a\u067c\u0689\u0693\u0696"),
        ("ur", "\u0679\u0688\u0691\u06d2\u06ba"),
        ("fa", "\u067e\u0686\u0698\u06af\u06a9\u06cc"),
    ],
}
# What langdetect chooses among, with the odds before a letter is read: the languages that foreign versions are in,
# and far behind the others of the script.
_PRIOR = {
    "Latn": {
        **dict.fromkeys("af ca cs cy da et fi hr hu lt lv no pl ro sk sl so sq sv sw tl tr".split(), 0.001),
        **dict.fromkeys("fr de es pt it vi".split(), 0.1),
        **dict.fromkeys("nl id".split(), 0.02),
        "en": 0.4,
    },
    "Cyrl": {"ru": 0.8, "uk": 0.1, "bg": 0.05, "mk": 0.01},
    "Deva": {"hi": 0.8, "ne": 0.1, "mr": 0.1},
}


def language_of(page: Page, body_text: str, chrome_text: str) -> Language:
    """Tell the language of body and chrome by content, and what the page declares in <html lang>, as written."""
    declared = (page.tree.get("lang") or page.tree.get("xml:lang") or "").strip()[:35]
    return Language(
        body=identify(body_text),
        chrome=identify(chrome_text),
        share=script_shares(body_text),
        declared=declared or None,
    )


def script_shares(text: str) -> tuple[tuple[str, float], ...]:
    """Return (ISO 15924 script, part of the text's weight) pairs, the largest part first; empty without letters.

    A Han character, a kana and a hangul syllable weigh 1, a word of an alphabet 1.5. The first 60,000 characters count.
    """
    weights = _weights(text[:_LIMIT])
    total = sum(weights.values())
    shares = ((script, round(weight / total, 4)) for script, weight in weights.items())
    return tuple(sorted(shares, key=lambda pair: (-pair[1], pair[0])))


def identify(text: str) -> str:
    """Return the BCP 47 tag of the language that most of the text is in; the same text always gives the same tag.

    `und` below about 20 letters (10 Han characters, kana or hangul) and where langdetect is not sure. Chinese is
    `zh-Hans` or `zh-Hant`, or `zh` where its characters are common to both. Never raises.
    """
    text = text[:_LIMIT]
    weights = _weights(text)
    if not weights or _letters(text, weights) < _ENOUGH:
        return UNDETERMINED
    if weights.get("Latn", 0.0) < sum(weights.values()):
        weights["Latn"] = min(weights.get("Latn", 0.0), _latin_prose(text))
    east = {script: weights.pop(script) for script in _SYLLABLES if script in weights}
    other = max(sorted(weights), key=lambda script: weights[script], default="")
    if sum(east.values()) >= weights.get(other, 0.0):
        return _east_asian(text, east)
    return _of_script(text, other)


def _latin_prose(text: str) -> float:
    """Weigh the Latin words that are neither code nor addresses: a Chinese manual full of listings is Chinese."""
    lines = (line for line in text.split("\n") if len(_CODE_SIGN.findall(line)) * _CODE_DENSITY <= len(line))
    return _WORD_WEIGHT * sum(len(_PROSE_WORD.findall(line)) for line in lines)


def _weights(text: str) -> dict[str, float]:
    """Weigh the text's letters by script; scripts that it lacks are left out."""
    further = _FURTHER.search(text) is not None
    words = _WORDS if further else {"Latn": _WORDS["Latn"]}
    weights = {script: float(len(pattern.findall(text))) for script, pattern in _SYLLABLES.items()}
    weights |= {script: _WORD_WEIGHT * len(pattern.findall(text)) for script, pattern in words.items()}
    if further:
        weights |= {script: _UNSPACED_WEIGHT * len(pattern.findall(text)) for script, pattern in _UNSPACED.items()}
    return {script: weight for script, weight in weights.items() if weight}


def _letters(text: str, weights: dict[str, float]) -> float:
    """Count letters, vowel signs of Thai and its like included, up to where there are plenty."""
    syllables = sum(weights.get(script, 0.0) for script in _SYLLABLES)
    start = text[: _ENOUGH * 100]
    letters = sum(unicodedata.category(char)[0] in "LM" for char in start)
    return letters + syllables * (_SYLLABLE_LETTERS - 1)


def _east_asian(text: str, weights: dict[str, float]) -> str:
    """Tell Japanese by its kana, Korean by its hangul, Chinese by neither."""
    han, kana, hangul = (weights.get(script, 0.0) for script in ("Hani", "Kana", "Hang"))
    if hangul >= han + kana:
        return "ko"
    return "ja" if kana >= _KANA * (kana + han) else _chinese(text)


def _chinese(text: str) -> str:
    """Tell simplified from traditional by how many characters OpenCC would change either way."""
    sample = "".join(_SYLLABLES["Hani"].findall(text)[:_SAMPLE])
    traditional = _changed(sample, "t2s")
    simplified = _changed(sample, "s2t")
    if traditional == simplified:
        return CHINESE
    return "zh-Hant" if traditional > simplified else "zh-Hans"


def _changed(sample: str, direction: str) -> int:
    return sum(before != after for before, after in zip(sample, _converter(direction).convert(sample), strict=False))


@cache
def _converter(direction: str) -> OpenCC:
    return OpenCC(direction)


def _of_script(text: str, script: str) -> str:
    words = " ".join(_WORDS[script].findall(text)) if script in _WORDS else ""
    for language, letters in _PECULIAR.get(script, []):
        if sum(map(words.lower().count, letters)) > _CUE * len(words):
            return language
    return _ONE_LANGUAGE.get(script) or _by_ngrams(words, script)


def _by_ngrams(words: str, script: str) -> str:
    """Let langdetect choose among the script's languages. Seeded for each text, so no answer depends on the last."""
    sample = unicodedata.normalize("NFKC", _sample(words))
    if sum(map(str.isupper, sample)) * 2 > len(sample):
        sample = sample.lower()  # langdetect passes over words in capitals
    detector = _factory(script).create()
    detector.seed = 0
    detector.set_prior_map(_PRIOR[script])
    detector.append(sample)
    try:
        best = detector.get_probabilities()[0]
    except (LangDetectException, IndexError):
        return UNDETERMINED
    return canonical(best.lang) or UNDETERMINED if best.prob >= _SURE else UNDETERMINED


def _sample(words: str) -> str:
    """Return a third of the sample each from the beginning, the middle and the end."""
    if len(words) <= _SAMPLE:
        return words
    third = _SAMPLE // 3
    middle = len(words) // 2
    return " ".join((words[:third], words[middle : middle + third], words[-third:]))


@cache
def _factory(script: str) -> DetectorFactory:
    """Load langdetect's profiles of the script's languages, in a fixed order (its own loader asks the directory)."""
    profiles = Path(langdetect.PROFILES_DIRECTORY)
    factory = DetectorFactory()
    factory.load_json_profile([(profiles / name).read_text("utf-8") for name in sorted(_PRIOR[script])])
    return factory
