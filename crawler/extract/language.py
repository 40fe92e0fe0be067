"""Which language a text is in, by its content alone: scripts are counted first, then letters and n-grams decide.

A statistical detector alone calls Traditional Chinese Korean and an English page with a fifth of Chinese certain
English. So Han, kana, hangul and the scripts of one language are told by counting. Among the languages of the Latin
and the Cyrillic script the most frequent words decide where they are many, and langdetect where they leave a doubt.
"""

from __future__ import annotations

import unicodedata
from functools import cache

from opencc import OpenCC

from crawler.extract.facts import Language
from crawler.extract.function_words import function_words
from crawler.extract.language_codes import canonical, same_language
from crawler.extract.language_ngrams import PRIOR, by_ngrams, sampled
from crawler.extract.page import Page
from crawler.extract.script_weights import SYLLABLES, WORDS, latin_prose, letters_of, shares_of, weights_of
from crawler.model import CHINESE

__all__ = ["UNDETERMINED", "canonical", "identify", "language_of", "same_language", "script_shares"]

UNDETERMINED = "und"
_LIMIT = 60_000  # characters of a text that are counted
_ENOUGH = 6  # letters from which a language is told that is alone with its script
_ENOUGH_SHARED = {"Latn": 10, "Cyrl": 7}  # and of scripts that many languages share
_KANA = 0.1  # part of kana among kana and Han from which it is Japanese; Chinese pages quote a の
_SAMPLE = 1_500  # characters in which function words are counted, from beginning, middle and end
_HAN_BLOCKS = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF))
_SHORT = 120  # characters of Cyrillic up to which langdetect takes Russian for Bulgarian or Macedonian
_HEAD_START = 1.5  # function words by which another language must lead there
_CUE = 0.008  # part of the letters that must be peculiar to a language for its cue to count

_ONE_LANGUAGE = {
    "Thai": "th", "Laoo": "lo", "Mymr": "my", "Khmr": "km", "Grek": "el", "Hebr": "he", "Armn": "hy", "Geor": "ka",
    "Beng": "bn", "Guru": "pa", "Gujr": "gu", "Taml": "ta", "Telu": "te", "Knda": "kn", "Mlym": "ml", "Sinh": "si",
    "Tibt": "bo", "Ethi": "am", "Mong": "mn-Mong", "Kana": "ja", "Hang": "ko", "Arab": "ar",
}  # fmt: skip
# Letters that one language of a script has and its neighbours have not; the first that fits. Written as escapes
# where the letters run right to left: Uyghur ae, e, oe, ue; Pashto; Urdu tt, dd, rr, ye, nun; Persian p, ch, zh, g,
# kaf, ye.
_PECULIAR = {
    "Latn": [("vi", "ạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹđơư")],
    "Cyrl": [
        ("kk", "ғқұ"),
        ("tg", "ҳҷӣӯ"),
        ("be", "ў"),
        ("uk", "їєґі"),
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
_ARABIC_ALONE = "\u0629\u0649\u0625"  # teh marbuta, alef maksura, alef with hamza below: rare in the others


def language_of(page: Page, body_text: str, chrome_text: str) -> Language:
    """Tell the language of body and chrome by content, and what the page declares in <html lang>, as written."""
    root = page.nodes.root
    declared = (root.get("lang") or root.get("xml:lang")).strip()[:35]
    body, chrome = body_text[:_LIMIT], chrome_text[:_LIMIT]
    weights = weights_of(body)
    language = _identify(body, weights)
    return Language(
        body=language,
        chrome=_identify(chrome, weights_of(chrome), expected=language),  # menus have few words to tell by
        share=shares_of(weights),
        declared=declared or None,
    )


def script_shares(text: str) -> tuple[tuple[str, float], ...]:
    """Return (ISO 15924 script, part of the text's weight) pairs, the largest part first; empty without letters.

    A Han character, a kana and a hangul syllable weigh 1, a word of an alphabet 1.5. The first 60,000 characters count.
    """
    return shares_of(weights_of(text[:_LIMIT]))


def identify(text: str) -> str:
    """Return the BCP 47 tag of the language that most of the text is in; the same text always gives the same tag.

    `und` below ten Latin or seven Cyrillic letters, six of another script (three Han characters, kana or hangul), and
    where langdetect is not sure. Chinese is `zh-Hans` or `zh-Hant`, or `zh` where its characters are common to both.
    Never raises.
    """
    text = text[:_LIMIT]
    return _identify(text, weights_of(text))


def _identify(text: str, weighed: dict[str, float], expected: str = UNDETERMINED) -> str:
    letters = letters_of(text, weighed)
    if letters < _ENOUGH:
        return UNDETERMINED
    weights = dict(weighed)
    if weights.get("Latn", 0.0) < sum(weights.values()):
        weights["Latn"] = min(weights.get("Latn", 0.0), latin_prose(text))
    east = {script: weights.pop(script) for script in SYLLABLES if script in weights}
    other = max(sorted(weights), key=lambda script: weights[script], default="")
    if sum(east.values()) >= weights.get(other, 0.0):
        return _east_asian(text, east)
    return _of_script(text, other, expected) if letters >= _ENOUGH_SHARED.get(other, 0) else UNDETERMINED


def _east_asian(text: str, weights: dict[str, float]) -> str:
    """Tell Japanese by its kana, Korean by its hangul, Chinese by neither."""
    han, kana, hangul = (weights.get(script, 0.0) for script in ("Hani", "Kana", "Hang"))
    if hangul >= han + kana:
        return "ko"
    return "ja" if kana >= _KANA * (kana + han) else _chinese(text)


def _chinese(text: str) -> str:
    """Tell simplified from traditional by how many characters OpenCC would change either way."""
    sample = "".join(SYLLABLES["Hani"].findall(text[: 4 * _SAMPLE]))[:_SAMPLE]
    traditional = sum(map(_changed("t2s").__contains__, sample))
    simplified = sum(map(_changed("s2t").__contains__, sample))
    if traditional == simplified:
        return CHINESE
    return "zh-Hant" if traditional > simplified else "zh-Hans"


@cache
def _changed(direction: str) -> frozenset[str]:
    """Return the characters that OpenCC changes when it converts in a direction, each on its own."""
    every = [chr(code) for first, last in _HAN_BLOCKS for code in range(first, last + 1)]
    converted = OpenCC(direction).convert("\n".join(every)).split("\n")
    return frozenset(before for before, after in zip(every, converted, strict=True) if before != after)


def _of_script(text: str, script: str, expected: str) -> str:
    if script in _ONE_LANGUAGE and script not in _PECULIAR:
        return _ONE_LANGUAGE[script]
    sample = sampled(text, _SAMPLE)
    if not sample.isascii():
        sample = unicodedata.normalize("NFKC", " ".join(WORDS[script].findall(sample)))
    peculiar = _by_letters(sample.lower(), script)
    return peculiar or _ONE_LANGUAGE.get(script) or _by_words(text, sample, script, expected)


def _by_letters(sample: str, script: str) -> str | None:
    """Return the language whose peculiar letters are in a text."""
    for language, letters in _PECULIAR.get(script, []):
        cues = sum(map(sample.count, letters))
        if cues > _CUE * len(sample) and (script != "Arab" or cues > sum(map(sample.count, _ARABIC_ALONE))):
            return language
    return None


def _by_words(text: str, sample: str, script: str, expected: str) -> str:
    """Return the language whose function words fill the sample, else what langdetect makes of the text."""
    weights, sure = function_words(sample)
    if sure:
        return sure
    if script == "Cyrl" and len(sample) <= _SHORT:
        return max(PRIOR[script], key=lambda tag: weights.get(tag, 0.0) + (_HEAD_START if tag == "ru" else 0.0))
    if expected in PRIOR[script] and _leads(weights, expected):
        return expected
    words = " ".join(WORDS[script].findall(text))
    return by_ngrams(words, script, tuple(sorted(weights.items()))) or UNDETERMINED


def _leads(weights: dict[str, float], tag: str) -> bool:
    """Tell whether a language's function words outweigh those of each other twice, and are two at least."""
    others = max((weight for other, weight in weights.items() if other != tag), default=0.0)
    return weights.get(tag, 0.0) >= max(2.0, 2 * others)
