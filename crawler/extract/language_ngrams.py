"""Which language of a script a text is in, by its n-grams, with odds of ours before.

py3langid is asked first: on short sentences it is right more often than langdetect, at a tenth of its cost
(docs/adr/0003-language-voters.md has the table). Where it leaves a doubt langdetect decides.
"""

from __future__ import annotations

import copy
import unicodedata
from functools import cache, lru_cache
from pathlib import Path

import langdetect
from langdetect.detector_factory import DetectorFactory
from langdetect.lang_detect_exception import LangDetectException
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from crawler.extract.language_codes import canonical

_NGRAM_SAMPLE = 450  # characters that langdetect reads, where those leave a doubt
_TRIALS = 5  # of langdetect, instead of seven: they agree on texts of this length
_AGREED = 0.5  # probability below which py3langid's answer is not taken
_SURE = 0.5  # and langdetect's
_SURE_ALONE = 0.7  # the same where the text holds none of the language's function words
_ODDS = 6.0  # how much likelier a function word makes a language that has it alone
_USUAL = 0.01  # odds of the languages that foreign versions are in
_MOST_HITS = 4.0
# What they choose among, with the odds before a letter is read: the languages that foreign versions are in,
# and far behind the others of the script.
PRIOR = {
    "Latn": {
        **dict.fromkeys("af ca cs cy da et fi hr hu lt lv no pl ro sk sl so sq sv sw tl tr".split(), 0.001),
        **dict.fromkeys("fr de es pt it vi".split(), 0.1),
        **dict.fromkeys("nl id".split(), 0.02),
        "en": 0.4,
    },
    "Cyrl": {"ru": 0.8, "uk": 0.1, "bg": 0.05, "mk": 0.01},
    "Deva": {"hi": 0.8, "ne": 0.1, "mr": 0.1},
}


@lru_cache(maxsize=1024)  # menus come again on each of a site's pages
def by_ngrams(words: str, script: str, weights: tuple[tuple[str, float], ...]) -> str | None:
    """Choose among the script's languages, each the likelier the more of its function words are there.

    Seeded for each text, so no answer depends on the last.
    """
    sample = unicodedata.normalize("NFKC", sampled(words, _NGRAM_SAMPLE))
    if sum(map(str.isupper, sample)) * 2 > len(sample):
        sample = sample.lower()  # both pass over words in capitals
    odds = _odds(script, dict(weights))
    tag = _by_py3langid(sample, odds) or _by_langdetect(sample, odds, frozenset(dict(weights)))
    return canonical(tag) if tag else None


def _by_py3langid(sample: str, odds: dict[str, float]) -> str | None:
    likely = {tag: odds[tag] * share for tag, share in _voter(tuple(sorted(odds))).rank(sample)}
    total = sum(likely.values())
    best = max(sorted(likely), key=likely.__getitem__)
    return best if total and likely[best] >= _AGREED * total else None


def _by_langdetect(sample: str, odds: dict[str, float], spoken: frozenset[str]) -> str | None:
    detector = _factory(tuple(sorted(odds))).create()
    detector.seed = 0
    detector.n_trial = _TRIALS
    detector.set_prior_map(odds)
    detector.append(sample)
    try:
        best = detector.get_probabilities()[0]
    except (LangDetectException, IndexError):
        return None
    return str(best.lang) if best.prob >= (_SURE if best.lang in spoken else _SURE_ALONE) else None


def _odds(script: str, weights: dict[str, float]) -> dict[str, float]:
    """Return the odds before a letter is read. Rare languages are in it where one's function words are many."""
    most = max((weights.get(tag, 0.0) for tag, prior in PRIOR[script].items() if prior >= _USUAL), default=0.0)
    rare = any(2 * weights.get(tag, 0.0) > max(1.0, most) for tag, prior in PRIOR[script].items() if prior < _USUAL)
    return {
        tag: prior * _ODDS ** min(weights.get(tag, 0.0), _MOST_HITS)
        for tag, prior in PRIOR[script].items()
        if prior >= _USUAL or rare
    }


def sampled(words: str, size: int) -> str:
    """Return a third of the sample each from the beginning, the middle and the end."""
    if len(words) <= size:
        return words
    third = size // 3
    middle = len(words) // 2
    return " ".join((words[:third], words[middle : middle + third], words[-third:]))


@cache
def _factory(languages: tuple[str, ...]) -> DetectorFactory:
    """Load langdetect's profiles of these languages, in their order (its own loader asks the directory)."""
    profiles = Path(langdetect.PROFILES_DIRECTORY)
    factory = DetectorFactory()
    factory.load_json_profile([(profiles / name).read_text("utf-8") for name in languages])
    return factory


@cache
def _voter(languages: tuple[str, ...]) -> LanguageIdentifier:
    """Return py3langid for these languages alone; its model is read once a process."""
    identifier = copy.copy(_model())
    identifier.set_languages(languages)
    return identifier


@cache
def _model() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
