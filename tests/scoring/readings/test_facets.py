import pytest

from scoring.readings.facets import facets_of, find_words, is_listed, says, sentences, words_of

LANGUAGES = ("en", "fr", "ru", "ja", "ko", "es", "de")
SUBJECTS = (
    "overview",
    "visa",
    "business",
    "investment_environment",
    "investment_guide",
    "education",
    "tourism",
    "guide",
)


@pytest.mark.parametrize("subject", SUBJECTS)
def test_every_subject_can_be_judged_in_the_languages_of_the_demonstration_and_more(subject):
    assert all(is_listed(subject, language) for language in (*LANGUAGES, "ar"))
    assert not is_listed(subject, "th")


def test_a_word_counts_whole_unless_its_end_is_left_open():
    assert says("investment_environment", "transport", "The port is near.", "en")
    assert not says("investment_environment", "transport", "Sports are popular, and support is given.", "en")
    assert says("overview", "history", "A historical town.", "en")
    assert not says("overview", "history", "A prehistorical town.", "en")


def test_words_may_stand_apart_by_any_blanks_and_in_any_case():
    assert says("visa", "residence", "RESIDENCE\u00a0 Permit", "en")


def test_a_facet_that_asks_for_a_figure_needs_one_in_its_sentence():
    assert not says("overview", "population", "The population is large.", "en")
    assert says("overview", "population", "The population is 2.4 million.", "en")
    assert not says("overview", "population", "Many people found it in chapter 25.", "en")


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("fr", "La ville compte 4,32 millions d'habitants."),
        ("ru", "Численность населения составляет 4 млн человек."),
        ("ja", "人口は164万人です。"),
        ("ko", "인구는 164만 명이다."),
        ("ar", "ويبلغ عدد سكانها 4 ملايين نسمة."),
        ("es", "Tiene 4 millones de habitantes."),
        ("de", "Die Stadt hat 4 Millionen Einwohner."),
    ],
)
def test_other_languages_have_words_of_their_own(language, sentence):
    assert says("overview", "population", sentence, language)
    assert not says("overview", "population", sentence, "th")


def test_the_region_of_a_language_tag_makes_no_difference():
    assert says("visa", "residence", "residence permit", "en-GB")


def test_the_longest_word_is_the_one_found():
    assert find_words("leaders", "office", "Vice Mayor Su", "en")[0] == "Vice Mayor"


def test_a_text_is_cut_at_lines_and_full_stops_but_not_within_numbers():
    text = "It has 4.32 million residents. Tea grows here; so does rice.\nTel. 0399\n人口多。面積広い。"
    assert sentences(text) == (
        "It has 4.32 million residents.",
        "Tea grows here;",
        "so does rice.",
        "Tel. 0399",
        "人口多。",
        "面積広い。",
    )


def test_a_huge_text_is_not_read_to_its_end():
    assert len(sentences("a. " * 50_000)) == 2_000
    assert max(map(len, sentences("a" * 100_000))) == 400


def test_names_of_facets_are_words():
    assert words_of("lost_passport") == "lost passport"
    assert facets_of("visa") == ("application", "residence", "lost_passport")
