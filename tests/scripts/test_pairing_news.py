import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from scoring.pairing.dictionary import dictionary_available
from scoring.pairing.pages import pair_pages

ACCURACY = Path(__file__).parents[2] / "scripts" / "accuracy"
sys.path.insert(0, str(ACCURACY))

from news.generate import generate  # noqa: E402
from pairing_cases import Case, held_out_news, stored_news  # noqa: E402


@pytest.mark.parametrize("held_out", [False, True])
def test_the_stored_news_are_what_the_generator_writes(held_out: bool) -> None:
    pages, truth = generate(7, held_out=held_out)
    begin = "held_out_" if held_out else ""
    stored = (ACCURACY / "news" / f"{begin}pages.jsonl").read_text("utf-8").splitlines()
    assert stored == [json.dumps(page, ensure_ascii=False, sort_keys=True) for page in pages]
    rows = (ACCURACY / "news" / f"{begin}truth.tsv").read_text("utf-8").splitlines()
    assert rows[1:] == ["\t".join(pair) for pair in truth]


def test_what_is_held_out_has_no_kind_that_the_score_was_fitted_on() -> None:
    kinds = {page["kind"] for page in generate(7)[0]}
    held_out = {page["kind"] for page in generate(7, held_out=True)[0]}
    assert kinds.isdisjoint(held_out)


def test_the_set_is_large_and_has_merged_items_and_originals() -> None:
    pages, truth = generate(7)
    foreign = [page["url"] for page in pages if page["language"] != "zh"]
    sources = [one for one, _ in truth]
    assert len(pages) - len(foreign) >= 300 and len(foreign) >= 150
    assert len(set(sources)) < len(sources) and set(sources) < set(foreign)


def shares(cases: Iterator[Case]) -> tuple[float, float]:
    """Precision and recall over all cases."""
    right, found, there = 0, 0, 0
    for case in cases:
        scopes = {"foreign_scope": case.scopes[0], "chinese_scope": case.scopes[1]}
        pairs = pair_pages(case.foreign, case.chinese, **scopes, foreign_language=case.language)
        both = [(p.foreign_url, p.chinese_url) for p in pairs if p.foreign_url and p.chinese_url]
        right += sum(pair in case.truth for pair in both)
        found += len(both)
        there += len({one for one, _ in case.truth})
    return right / found, right / there


@pytest.mark.skipif(not dictionary_available(), reason="the figures were measured with CC-CEDICT")
def test_the_pairs_of_the_news_set_are_right() -> None:
    precision, recall = shares(stored_news())
    assert precision >= 0.97
    assert recall >= 0.95


@pytest.mark.skipif(not dictionary_available(), reason="the figures were measured with CC-CEDICT")
def test_most_pairs_are_right_in_languages_that_nothing_was_fitted_on() -> None:
    precision, recall = shares(held_out_news())
    assert precision >= 0.95
    assert recall >= 0.95
