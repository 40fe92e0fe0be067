import json
import sys
from pathlib import Path

import pytest

from scoring.pairing.dictionary import dictionary_available
from scoring.pairing.pages import pair_pages

ACCURACY = Path(__file__).parents[2] / "scripts" / "accuracy"
sys.path.insert(0, str(ACCURACY))

from news.generate import generate  # noqa: E402
from pairing_cases import stored_news  # noqa: E402


def test_the_stored_news_are_what_the_generator_writes() -> None:
    pages, truth = generate(7)
    stored = (ACCURACY / "news" / "pages.jsonl").read_text("utf-8").splitlines()
    assert stored == [json.dumps(page, ensure_ascii=False, sort_keys=True) for page in pages]
    rows = (ACCURACY / "news" / "truth.tsv").read_text("utf-8").splitlines()
    assert rows[1:] == ["\t".join(pair) for pair in truth]


def test_the_set_is_large_and_has_merged_items_and_originals() -> None:
    pages, truth = generate(7)
    foreign = [page["url"] for page in pages if page["language"] != "zh"]
    sources = [one for one, _ in truth]
    assert len(pages) - len(foreign) >= 300 and len(foreign) >= 150
    assert len(set(sources)) < len(sources) and set(sources) < set(foreign)


@pytest.mark.skipif(not dictionary_available(), reason="the figures were measured with CC-CEDICT")
def test_the_pairs_of_the_news_set_are_right() -> None:
    right, found, there = 0, 0, 0
    for case in stored_news():
        scopes = {"foreign_scope": case.scopes[0], "chinese_scope": case.scopes[1]}
        pairs = pair_pages(case.foreign, case.chinese, **scopes, foreign_language=case.language)
        both = [(p.foreign_url, p.chinese_url) for p in pairs if p.foreign_url and p.chinese_url]
        right += sum(pair in case.truth for pair in both)
        found += len(both)
        there += len({one for one, _ in case.truth})
    assert right / found >= 0.97
    assert right / there >= 0.95
