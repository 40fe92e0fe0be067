import pytest

from scoring.spelling import speller, words_of


def test_names_numbers_addresses_and_parts_of_words_are_not_looked_at():
    text = "The city of Yunhe wrote to info@x.example about well-known 4th rules, don't worry, visit www.tea.example"
    assert words_of(text) == ["city", "wrote", "about", "rules", "worry", "visit"]


@pytest.mark.parametrize(
    "word", ["colour", "color", "organise", "organize", "centre", "travelled", "programme", "licence"]
)
def test_both_english_editions_are_right(word):
    pytest.importorskip("hunspell")
    is_right, names = speller("en")
    assert names
    assert is_right(word)


@pytest.mark.parametrize("word", ["goverment", "recieve", "developement"])
def test_slips_are_wrong(word):
    pytest.importorskip("hunspell")
    is_right, _ = speller("en")
    assert not is_right(word)


def test_a_language_without_dictionary_has_no_speller():
    assert speller("ko") is None
