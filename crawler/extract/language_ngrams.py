"""Which language of a script a text is in, by its n-grams: what langdetect makes of them, with odds of ours before."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache
from pathlib import Path

import langdetect
from langdetect.detector_factory import DetectorFactory
from langdetect.lang_detect_exception import LangDetectException

from crawler.extract.language_codes import canonical

_NGRAM_SAMPLE = 450  # characters that langdetect reads, where those leave a doubt
_TRIALS = 5  # of langdetect, instead of seven: they agree on texts of this length
_SURE = 0.5  # probability below which langdetect's answer is not taken
_SURE_ALONE = 0.7  # the same where the text holds none of the language's function words
_ODDS = 6.0  # how much likelier a function word makes a language that has it alone
_USUAL = 0.01  # odds of the languages that foreign versions are in
_MOST_HITS = 4.0
# What langdetect chooses among, with the odds before a letter is read: the languages that foreign versions are in,
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
    """Let langdetect choose among the script's languages, each the likelier the more of its function words are there.

    Seeded for each text, so no answer depends on the last.
    """
    sample = unicodedata.normalize("NFKC", sampled(words, _NGRAM_SAMPLE))
    if sum(map(str.isupper, sample)) * 2 > len(sample):
        sample = sample.lower()  # langdetect passes over words in capitals
    odds = _odds(script, dict(weights))
    detector = _factory(tuple(sorted(odds))).create()
    detector.seed = 0
    detector.n_trial = _TRIALS
    detector.set_prior_map(odds)
    detector.append(sample)
    try:
        best = detector.get_probabilities()[0]
    except (LangDetectException, IndexError):
        return None
    needed = _SURE if best.lang in dict(weights) else _SURE_ALONE
    return canonical(best.lang) if best.prob >= needed else None


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
