from scoring.indicators.visa_topics import visa_topics


def test_a_page_that_tells_everything_is_measured_high_and_its_sentences_are_cited(build, outcome):
    page = build.saved("visa")
    found = visa_topics.run(build.column("visa", page))
    assert outcome(found) == ("measured", 3)
    assert {ref.capture for ref in found.evidence} == {page.ref.capture}
    assert any(ref.cue.startswith("lost passport: When your passport is lost") for ref in found.evidence)


def test_a_page_that_tells_little_is_measured_low_and_the_note_says_what_is_missing(build, outcome):
    page = build.page("/column", text="Residence permits are issued on the second floor of the hall. " * 6)
    found = visa_topics.run(build.column("visa", page))
    assert outcome(found) == ("measured", 1)
    assert found.note.endswith("not found: application, lost passport")


def test_a_menu_entry_over_a_chinese_or_an_empty_page_is_measured_low(build, outcome):
    for page in (build.page("/column", body="zh-Hans"), build.page("/column", text=build.short)):
        found = visa_topics.run(build.column("visa", page))
        assert outcome(found) == ("measured", 0)
        assert [ref.capture for ref in found.evidence] == [page.ref.capture]


def test_a_column_that_was_not_fetched_leaves_open_what_is_missing(build, outcome):
    assert outcome(visa_topics.run(build.column("visa"))) == ("not_measured", None)
    home = build.home(columns={"One": ("/column", "visa"), "Other": ("/other", "visa")})
    little = build.page("/column", text="Residence permits are issued on the second floor of the hall. " * 6)
    assert outcome(visa_topics.run(build.evidence(little, home=home))) == ("not_measured", None)
    everything = build.saved("visa")
    assert outcome(visa_topics.run(build.evidence(everything, home=home))) == ("measured", 3)
