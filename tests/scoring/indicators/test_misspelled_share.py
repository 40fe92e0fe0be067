import pytest

import scoring.indicators.misspelled_share as module
from scoring.indicators.misspelled_share import misspelled_share

RIGHT = "the office helps foreign readers with their letters and answers every question about permits " * 30


@pytest.fixture(autouse=True)
def dictionary(monkeypatch):
    """A dictionary in which every word is right that does not end in zz."""
    monkeypatch.setattr(module, "speller", lambda _: (lambda word: not word.endswith("zz"), ("en_XX",)))


def test_texts_without_a_slip_are_measured_low(build, outcome):
    found = misspelled_share.run(build.evidence(build.page(text=RIGHT)))
    assert outcome(found) == ("measured", 0)
    assert "en_XX" in found.note


def test_slips_are_measured_high_and_cited(build, outcome):
    page = build.page("/a", text="govermentzz " * 30)
    found = misspelled_share.run(build.evidence(build.page(text=RIGHT), page))
    assert outcome(found)[0] == "measured"
    assert found.value == 30 / found.n
    assert found.evidence[0].cue == "not in the dictionary: govermentzz"


def test_a_word_on_three_pages_is_a_term_of_the_site(build, outcome):
    pages = [build.page(f"/{i}", text=RIGHT + "baijiuzz") for i in range(3)]
    assert outcome(misspelled_share.run(build.evidence(*pages))) == ("measured", 0)


def test_names_and_pages_in_another_language_are_not_looked_at(build, outcome):
    pages = [build.page(text=RIGHT + "Yunhezz"), build.page("/zh", text="wrongzz " * 99, body="zh")]
    assert outcome(misspelled_share.run(build.evidence(*pages))) == ("measured", 0)


def test_few_words_and_a_missing_dictionary_are_not_measured(build, outcome, monkeypatch):
    assert outcome(misspelled_share.run(build.evidence(build.page()))) == ("not_measured", None)
    monkeypatch.setattr(module, "speller", lambda _: None)
    found = misspelled_share.run(build.evidence(build.page(text=RIGHT)))
    assert outcome(found) == ("not_measured", None)
    assert "hunspell" in found.note


def test_korean_is_never_scored(build, outcome):
    from dataclasses import replace

    evidence = build.evidence(build.page(text=RIGHT))
    korean = replace(evidence, version=replace(evidence.version, language="ko"))
    assert outcome(misspelled_share.run(korean)) == ("not_applicable", None)


def test_words_that_the_page_shows_as_code_are_no_slips(build, outcome):
    page = build.page("/a", text=RIGHT + "kubectlzz " * 3, code_words=("kubectlzz",))
    assert outcome(misspelled_share.run(build.evidence(page))) == ("measured", 0)
    assert outcome(misspelled_share.run(build.evidence(build.page("/a", text=RIGHT + "kubectlzz "))))[1] > 0


@pytest.mark.parametrize("token", ["worker2zz", "my_wordzz", "camelCasezz", "config.yamlzz", "srczz/main", "callzz()"])
def test_names_of_files_and_programs_are_not_looked_at(build, outcome, token):
    assert outcome(misspelled_share.run(build.evidence(build.page(text=f"{RIGHT} {token} and more words")))) == (
        "measured",
        0,
    )
