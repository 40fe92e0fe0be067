from dataclasses import replace

import pytest

from scoring.indicators.text_difficulty import text_difficulty


def test_it_is_words_a_sentence_and_per_cent_of_long_words(build, outcome):
    # 10 words in each of 40 sentences, 2 of them of more than six letters: 10 + 20
    text = "The city has an office for foreign readers and it. " * 40
    found = text_difficulty.run(build.evidence(build.page(text=text)))
    assert outcome(found) == ("measured", 30)
    assert found.n == 400


@pytest.mark.parametrize(
    ("sentence", "low", "high"),
    [
        ("The cat is in the hat. ", 0, 10),
        (
            "Administrative jurisdictional considerations notwithstanding, implementation commences. ",
            90,
            120,
        ),
    ],
)
def test_easy_and_hard_texts_are_measured_low_and_high(build, outcome, sentence, low, high):
    found = text_difficulty.run(build.evidence(build.page(text=sentence * 60)))
    assert outcome(found)[0] == "measured"
    assert low <= found.value <= high


def test_texts_in_another_language_and_lists_are_left_out(build, outcome):
    pages = [build.page(text=build.long * 20, body="zh"), build.page("/list", text=build.long * 20, items=9)]
    assert outcome(text_difficulty.run(build.evidence(*pages))) == ("not_measured", None)


def test_the_formula_is_not_applied_to_languages_for_which_it_is_not_defined(build, outcome):
    evidence = build.evidence(build.page(text=build.long * 20))
    korean = replace(evidence, version=replace(evidence.version, language="ko"))
    assert outcome(text_difficulty.run(korean)) == ("not_applicable", None)


def test_fewer_than_300_words_say_nothing(build, outcome):
    assert outcome(text_difficulty.run(build.evidence(build.page()))) == ("not_measured", None)
