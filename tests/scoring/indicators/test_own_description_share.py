from scoring.indicators.own_description_share import own_description_share

OWN = "How to extend a visa in the city, what to bring, part {}."


def measure(build, *words, name="description"):
    pages = [build.page(f"/{i}", meta=((name, text),)) for i, text in enumerate(words)]
    return own_description_share.run(build.evidence(*pages))


def test_descriptions_of_their_own_are_measured_high(build, outcome):
    assert outcome(measure(build, *(OWN.format(i) for i in range(5)))) == ("measured", 1)
    assert outcome(measure(build, *(OWN.format(i) for i in range(5)), name="og:description")) == ("measured", 1)


def test_shared_short_and_chinese_ones_are_measured_low(build, outcome):
    found = measure(
        build, OWN.format(1), OWN.format(2), OWN.format(2), "Visa", "本市签证延期的办理流程和所需材料的说明"
    )
    assert outcome(found) == ("measured", 1 / 5)
    assert found.evidence[-1].cue.startswith("description: 本市")


def test_a_japanese_description_says_as_much_in_fewer_characters(build, outcome):
    words = [f"在留資格の延長手続きと必要な書類のご案内{i}" for i in range(5)]
    assert outcome(measure(build, *words)) == ("measured", 1)


def test_fewer_than_five_pages_say_nothing(build, outcome):
    assert outcome(measure(build, OWN)) == ("not_measured", None)
