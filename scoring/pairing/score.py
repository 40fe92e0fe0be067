"""How likely a candidate pair is one: a logistic model with fixed coefficients over a few signs.

Two sets of coefficients for the same signs: PREFERENCE says which of several candidates to choose, COEFFICIENTS how
sure the chosen one is (once the pages that are taken no longer rival it). Both come from
`scripts/accuracy/pairing_fit.py`; docs/pairing.md says what they were fitted on, and how well the score is calibrated.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from scoring.evidence import PageEvidence
from scoring.pairing.candidates import Candidates
from scoring.pairing.kinds import KINDS
from scoring.pairing.sparse import Floats
from scoring.pairing.terms import PageTerms

# The working threshold, one for all sites and languages. In the news draws that `pairing_fit.py` sets apart 97% of the
# pairs are right from 0.44 on, 98% from 0.67 on; set by hand in between. SURE, for pages that must be nearly certain,
# is where 99% of them are right.
THRESHOLD = 0.58
SURE = 0.83
SOON = 20  # days within which a translation usually follows
LATE = 60  # days beyond which dates speak against a pair
BEFORE = 30  # days by which a foreign page may be older than its source, dates being what they are

_NOISE = 0.03  # a cosine below this says nothing
_STEEP = 2.0  # ahead of a rival by half of its cosine is ahead
_LITTLE = 10.0  # rarity of all terms below which a page says too little for shares of it
# Characters that a language takes for one Chinese character, seen on the pages that the model was fitted on.
_CHARACTERS = {"zh": 1.0, "en": 2.9, "ru": 3.1, "fr": 3.2, "es": 3.2, "de": 3.2, "ar": 2.4, "ja": 1.5, "ko": 1.4}
_USUAL_CHARACTERS = 2.5

SIGNS = (
    "margin",
    "ahead of the best rival",
    "cosine",
    "title",
    "accounted for",
    "figures missing",
    "days missing",
    "names found",
    "dated soon after",
    "dated late",
    "dated far apart",
    "dated before",
    "unlike length",
)
RIVAL = SIGNS.index("ahead of the best rival")
PREFERENCE = np.array([3.72, 3.05, 0.10, 1.77, 0.60, -2.85, -3.86, 0.82, 0.0, -0.70, -3.18, -3.07, -0.44])
PREFERENCE_INTERCEPT = -2.23
COEFFICIENTS = np.array([1.31, 2.58, 1.34, 1.13, 0.60, -3.84, -3.27, 1.00, 0.0, -0.79, -2.60, -2.20, -0.71])
INTERCEPT = 0.51


def signs_of(
    candidates: Candidates,
    foreign: Sequence[PageEvidence],
    chinese: Sequence[PageEvidence],
    terms: tuple[Sequence[PageTerms], Sequence[PageTerms]],
    languages: tuple[str, str],
) -> Floats:
    """Return the signs of every candidate (candidates x SIGNS); `languages` are the foreign and the base one."""
    found = candidates.covered * candidates.named
    # What is missing is weighed against all that the page says: one figure more or less in a long text is nothing.
    total = candidates.named.sum(axis=1) + _LITTLE
    missing = (candidates.named - found) / total[:, None] * 10
    figures, days, names = (KINDS.index(kind) for kind in ("figures", "days", "names"))
    # A text names days of little weight beside its own (the last change, a deadline): one found is enough.
    days_missing = missing[:, days] * (candidates.covered[:, days] == 0)
    return np.column_stack(
        [
            candidates.cosine - candidates.nearest,
            ahead_of(candidates.best_rival, candidates.cosine),
            np.log(candidates.cosine + _NOISE),
            candidates.headed,
            np.log((found.sum(axis=1) + 1) / total),
            missing[:, figures],
            days_missing,
            np.log1p(found[:, names]),
            *_date_signs(candidates, foreign, chinese),
            _length_sign(candidates, terms, languages),
        ]
    )


def ahead_of(rival: Floats, cosine: Floats) -> Floats:
    """Return how clearly a cosine is above its rival's, -1..1."""
    ahead: Floats = np.tanh(_STEEP * np.log((cosine + _NOISE) / (rival + _NOISE)))
    return ahead


def preference_of(signs: Floats) -> Floats:
    """Return the log-odds by which candidates are chosen."""
    odds: Floats = signs @ PREFERENCE + PREFERENCE_INTERCEPT
    return odds


def log_odds_of(signs: Floats) -> Floats:
    """Return the log-odds of chosen candidates, whose RIVAL sign looks at pages that are still free."""
    odds: Floats = signs @ COEFFICIENTS + INTERCEPT
    return odds


def scores_of(log_odds: Floats) -> Floats:
    """Return scores, 0..1."""
    scores: Floats = 1 / (1 + np.exp(-np.clip(log_odds, -30, 30)))
    return scores


def too_early(
    candidates: Candidates, foreign: Sequence[PageEvidence], chinese: Sequence[PageEvidence]
) -> NDArray[np.bool_]:
    """Tell the candidates whose foreign page is far older than the Chinese one: no translation of it."""
    early: NDArray[np.bool_] = _days_after(candidates, foreign, chinese) < -BEFORE
    return early


def characters_for_one(language: str) -> float:
    """Return how many characters a language takes for a Chinese one."""
    return _CHARACTERS.get(language, _USUAL_CHARACTERS)


def _days_after(candidates: Candidates, foreign: Sequence[PageEvidence], chinese: Sequence[PageEvidence]) -> Floats:
    """Days from the Chinese to the foreign publication, NaN where either is undated: compares as false."""
    days: Floats = _days(foreign)[candidates.rows] - _days(chinese)[candidates.columns]
    return days


def _days(pages: Sequence[PageEvidence]) -> Floats:
    return np.array([page.published.toordinal() if page.published else math.nan for page in pages], dtype=np.float64)


def _date_signs(
    candidates: Candidates, foreign: Sequence[PageEvidence], chinese: Sequence[PageEvidence]
) -> tuple[Floats, Floats, Floats, Floats]:
    after = _days_after(candidates, foreign, chinese)
    return (
        ((after >= -1) & (after <= SOON)).astype(float),
        ((after > SOON) & (after <= LATE)).astype(float),
        (np.abs(after) > LATE).astype(float),
        ((after < -1) & (after >= -LATE)).astype(float),
    )


def _length_sign(
    candidates: Candidates, terms: tuple[Sequence[PageTerms], Sequence[PageTerms]], languages: tuple[str, str]
) -> Floats:
    """How far the lengths are from the usual ratio, 0..1 on a log scale; up to a factor of e is usual: summaries."""
    ours, theirs = (np.array([page.length for page in side], dtype=np.float64) for side in terms)
    usual = characters_for_one(languages[0]) / characters_for_one(languages[1])
    ratio = np.log((ours[candidates.rows] + 20) / ((theirs[candidates.columns] + 20) * usual))
    off: Floats = np.clip(np.abs(ratio) - 1, 0, 1)
    return off
