"""Fit the coefficients and the threshold of scoring/pairing/score.py.

    python scripts/accuracy/pairing_fit.py SITES/nacos

Fitted on: news of the kinds marked `fit` in four draws of their own, small parts of them and undated copies; the
pages of nacos that are English beside Chinese ones, whole and cut short. Documentation counts three times as much as
news. The scale of the score (Platt) comes from whole sites alone: four further draws of the same kinds, and nacos.
The thresholds are the lowest at which 97% and 99% of the pairs in three more draws of these kinds are right. Prints
what is to be put into scoring/pairing/score.py.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from news.generate import generate
from numpy.typing import NDArray
from pairing_cases import Case, hidden, news_cases, site_cases
from pairing_reading import Reading, read
from scipy.optimize import minimize

from crawler.extract.language_codes import same_language
from scoring.pairing import score as pair_score
from scoring.pairing.assignment import assign
from scoring.pairing.candidates import Candidates, find_candidates, free_rivals

FIT_DRAWS, SCALE_DRAWS, THRESHOLD_DRAWS = (11, 12, 13, 14), (21, 22, 23, 24), (101, 102, 103)
DOCS_WEIGHT = 3.0
PRECISIONS = (0.97, 0.99)  # at THRESHOLD and at SURE
RIDGE = 1.0
# What each sign may say: a margin never speaks against a pair, a missing figure never for one.
DIRECTION = "+++++--++----"

Floats = NDArray[np.float64]


class Candidacy:
    """The candidates of a case with their signs and whether they are right."""

    def __init__(self, reading: Reading) -> None:
        case = reading.case
        self.is_news = case.family == "news"
        self.candidates: Candidates = find_candidates(*reading.terms, reading.vocabulary)
        languages = case.language, "zh"
        self.signs = pair_score.signs_of(self.candidates, case.foreign, case.chinese, reading.terms, languages)
        ends = zip(self.candidates.rows, self.candidates.columns, strict=True)
        self.right = np.array([(case.foreign[one].url, case.chinese[other].url) in case.truth for one, other in ends])
        self.possible = ~pair_score.too_early(self.candidates, case.foreign, case.chinese)

    def chosen(self, model: Floats) -> tuple[Floats, NDArray[np.bool_]]:
        """Return signs and rightness of the candidates that `model` chooses, rivals being the free pages."""
        odds = self.signs @ model[1:] + model[0]
        open_ = self.possible & (odds > -6)
        picked = np.zeros(len(odds), dtype=np.bool_)
        picked[open_] = assign(self.candidates.rows[open_], self.candidates.columns[open_], odds[open_] + 6)
        signs = self.signs.copy()
        signs[:, pair_score.RIVAL] = pair_score.ahead_of(free_rivals(self.candidates, picked), self.candidates.cosine)
        return signs[picked], self.right[picked]


def main() -> None:
    """Fit and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("nacos", type=Path)
    documents = [read(case) for case in documentation(parser.parse_args().nacos)]
    cases = [Candidacy(reading) for reading in training(documents)]
    preference = np.round(fit(cases, lambda case: (case.signs, case.right)), 2)
    fitted = fit(cases, lambda case: case.chosen(preference))
    whole = [Candidacy(reading) for reading in (*documents, *news(SCALE_DRAWS))]
    final = np.round(rescaled(fitted, [case.chosen(preference) for case in whole]), 2)
    print("sign, preference, coefficient")
    for sign, one, other in zip(("intercept", *pair_score.SIGNS), preference, final, strict=True):
        print(f"{sign:28} {one:6.2f} {other:6.2f}")
    print("threshold, sure", *thresholds(preference, final))


def news(draws: Sequence[int]) -> Iterator[Reading]:
    """Yield draws of the kinds of news that may be fitted on, a case a language."""
    for seed in draws:
        yield from map(read, news_cases(*generate(seed, True)))


def documentation(folder: Path) -> Iterator[Case]:
    """Yield nacos with whole texts and cut ones."""
    (nacos,) = site_cases([folder])
    whole = _parallel(nacos)
    yield from (cut(whole, size) for size in (10**9, 1500, 300))


def training(documents: Sequence[Reading]) -> Iterator[Reading]:
    """Yield what to fit on."""
    rng = random.Random(1)  # noqa: S311 - a fixed draw
    for reading in news(FIT_DRAWS):
        yield reading
        yield from (part(reading, rng, (4, 8, 15), (8, 15, 30)) for _ in range(8))
        yield reading.without_dates()
    for reading in documents:
        yield reading
        yield from (part(reading, rng, (5, 10, 20), (15, 30, 60)) for _ in range(4))


def part(reading: Reading, rng: random.Random, foreign: Sequence[int], chinese: Sequence[int]) -> Reading:
    """Return a small site: some foreign pages, some of their counterparts, others beside them."""
    case = reading.case
    ours = rng.sample(range(len(case.foreign)), min(rng.choice(foreign), len(case.foreign)))
    urls = {case.foreign[place].url for place in ours}
    wanted = {other for one, other in case.truth if one in urls}
    kept = rng.choice((0.4, 0.9))
    places = range(len(case.chinese))
    theirs = [place for place in places if case.chinese[place].url in wanted and rng.random() < kept]
    others = [place for place in places if case.chinese[place].url not in wanted]
    theirs += rng.sample(others, min(len(others), max(0, rng.choice(chinese) - len(theirs))))
    return reading.part(ours, theirs)


def cut(case: Case, size: int) -> Case:
    """Return the case with texts of `size` characters; shorter ones lose their titles too."""
    if size >= 10**9:
        return case

    def shorter(page: object) -> object:
        return replace(page, facts=replace(page.facts, text=page.facts.text[:size], title=""))  # type: ignore

    return replace(case, foreign=tuple(map(shorter, case.foreign)), chinese=tuple(map(shorter, case.chinese)))  # type: ignore


def _parallel(case: Case) -> Case:
    """Leave out what only stands under the other language's address: placeholders, Chinese bodies."""
    blind = hidden(case)
    spoken = {page.url: page.facts.language.body for page in (*blind.foreign, *blind.chinese)}
    foreign = tuple(page for page in blind.foreign if same_language(spoken[page.url], "en"))
    truth = frozenset(
        (one, other) for one, other in blind.truth if spoken[one] == "en" and same_language(spoken[other], "zh")
    )
    return replace(blind, foreign=foreign, truth=truth)


def fit(cases: Sequence[Candidacy], look: Callable[[Candidacy], tuple[Floats, NDArray[np.bool_]]]) -> Floats:
    """Return intercept and coefficients; news and documentation weigh by DOCS_WEIGHT whatever their number."""
    seen = [look(case) for case in cases]
    signs, right = np.concatenate([one for one, _ in seen]), np.concatenate([other for _, other in seen])
    news = np.concatenate([np.full(len(one), case.is_news) for (one, _), case in zip(seen, cases, strict=True)])
    half = len(news) / 2
    weight = np.where(news, half / max(news.sum(), 1), DOCS_WEIGHT * half / max((~news).sum(), 1))
    sign = np.where(right, -1.0, 1.0)

    def loss(model: Floats) -> tuple[float, Floats]:
        odds = signs @ model[1:] + model[0]
        error = weight * (1 / (1 + np.exp(-odds)) - right)
        value = (weight * np.logaddexp(0, sign * odds)).sum() + RIDGE * (model[1:] ** 2).sum()
        return value, np.concatenate([[error.sum()], signs.T @ error + 2 * RIDGE * model[1:]])

    bounds = [(None, None), *((0, None) if way == "+" else (None, 0) for way in DIRECTION)]
    start = np.zeros(signs.shape[1] + 1)
    found: Floats = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 2000}).x
    return found


def rescaled(model: Floats, seen: Sequence[tuple[Floats, NDArray[np.bool_]]]) -> Floats:
    """Return the model with its log-odds stretched and moved so that they fit the pairs seen (Platt's scaling)."""
    odds = np.concatenate([signs @ model[1:] + model[0] for signs, _ in seen])
    sign = np.where(np.concatenate([right for _, right in seen]), -1.0, 1.0)

    def loss(scale: Floats) -> float:
        return float(np.logaddexp(0, sign * (scale[0] * odds + scale[1])).sum())

    stretch, moved = minimize(loss, np.array([1.0, 0.0]), method="L-BFGS-B").x
    return stretch * model + np.concatenate([[moved], np.zeros(len(model) - 1)])


def thresholds(preference: Floats, final: Floats) -> list[float]:
    """Return the lowest hundredths at which PRECISIONS of the chosen pairs are right."""
    seen = [Candidacy(reading).chosen(preference) for reading in news(THRESHOLD_DRAWS)]
    score = np.concatenate([pair_score.scores_of(signs @ final[1:] + final[0]) for signs, _ in seen])
    truth = np.concatenate([right for _, right in seen])
    share = {hundredth / 100: truth[score >= hundredth / 100].mean() for hundredth in range(1, 100)}
    return [min(score for score, right in share.items() if right >= wanted) for wanted in PRECISIONS]


if __name__ == "__main__":
    main()
