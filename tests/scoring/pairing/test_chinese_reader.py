import math

import pytest

from scoring.pairing import chinese_reader
from scoring.pairing.chinese_reader import ChineseReader
from scoring.pairing.kinds import DAYS, DICTIONARY, FIGURES, GLOSSARY, LATIN, NAMES

MEANINGS = {"汽车": ("car", "automobile"), "展览": ("exhibition",), "生产": ("produce",)}


@pytest.fixture
def words(monkeypatch) -> None:
    """A dictionary of three words, so that the extra `parity` need not be there."""
    monkeypatch.setattr(chinese_reader, "meanings", lambda word: MEANINGS.get(word, ()))
    monkeypatch.setattr(
        chinese_reader, "chinese_words", lambda text: [text[at : at + 2] for at in range(0, len(text) - 1, 2)]
    )


def counted(known: dict[tuple[int, str], int], *texts: str) -> list[dict[int, float]]:
    found = ChineseReader(known, "en").weights_of(texts)
    return [
        dict(zip(row.indices.tolist(), row.data.tolist(), strict=True))
        for row in (found[[at]] for at in range(len(texts)))
    ]


@pytest.mark.usefixtures("words")
def test_a_word_counts_for_each_meaning_that_a_foreign_page_names_and_less_the_more_it_has() -> None:
    known = {(DICTIONARY, "car"): 0, (DICTIONARY, "exhibit"): 1}
    assert counted(known, "汽车展览汽车", "生产", "展览") == [
        {0: pytest.approx(2 / math.sqrt(2)), 1: 1.0},
        {},
        {1: 1.0},
    ]


@pytest.mark.usefixtures("words")
def test_what_needs_no_dictionary_is_counted_as_often_as_it_stands() -> None:
    known = {(FIGURES, "35"): 0, (DAYS, "06-18"): 1, (NAMES, "lanjiang"): 2, (GLOSSARY, "市长"): 3, (LATIN, "app"): 4}
    text = "6月18日，澜江市副市长介绍35项服务，澜江App上线。"
    assert counted(known, text, "没有") == [{0: 1.0, 1: 1.0, 2: 2.0, 3: 1.0, 4: 1.0}, {}]
