import pytest

from scoring.readings.spelling import speller, words_of


def test_names_numbers_addresses_and_parts_of_words_are_not_looked_at():
    text = "The city of Yunhe wrote to info@x.example about well-known 4th rules, don't worry, visit www.tea.example"
    assert words_of(text) == ["city", "wrote", "about", "rules", "worry", "visit"]


@pytest.mark.parametrize(
    "code",
    [
        "git clone https://github.example/yunhe/portal.git && sudo apt-get install -y libxml",
        "String addr = properties.getProperty(addrkey);",
        "spring.cloud.discovery.server-addr=127.0.0.1:8848",
        "kubectl get pods --namespace=dflt",
        "// initialise the foobar",
        "<groupid>com.example</groupid>",
    ],
)
def test_lines_of_code_are_not_looked_at(code):
    assert words_of(f"Before these lines\n{code}\nAfter them comes more") == ["these", "lines", "them", "comes", "more"]


def test_a_name_of_a_program_within_a_sentence_is_not_looked_at_and_the_sentence_is():
    text = "Set the option maxConns or max_conns in conf/app.ini, then call reload() once more for every server again"
    assert words_of(text) == ["option", "then", "call", "once", "more", "every", "server", "again"]


def test_brackets_dashes_and_lists_of_prose_are_no_code():
    text = "The permit (renewed yearly) is free; bring: passport, photographs (two), and/or a certificate too"
    assert words_of(text) == ["permit", "renewed", "yearly", "free", "bring", "passport", "photographs", "certificate"]


@pytest.mark.parametrize(
    "word", ["colour", "color", "organise", "organize", "centre", "travelled", "programme", "licence"]
)
def test_both_english_editions_are_right(word):
    if speller("en") is None:
        pytest.skip("no Hunspell dictionary of English is installed (Debian's package hunspell-en-us)")
    is_right, names = speller("en")
    assert names
    assert is_right(word)


@pytest.mark.parametrize("word", ["goverment", "recieve", "developement"])
def test_slips_are_wrong(word):
    if speller("en") is None:
        pytest.skip("no Hunspell dictionary of English is installed (Debian's package hunspell-en-us)")
    is_right, _ = speller("en")
    assert not is_right(word)


def test_a_language_without_dictionary_has_no_speller():
    assert speller("ko") is None
