from scoring.indicators.education_facets import education_facets


def test_a_page_that_tells_everything_is_measured_high_and_its_sentences_are_cited(build, outcome):
    page = build.saved("education")
    found = education_facets.run(build.column("education", page))
    assert outcome(found) == ("measured", 4)
    assert {ref.capture for ref in found.evidence} == {page.ref.capture}
    assert any(ref.cue.startswith("enrolment: Children are admitted in September") for ref in found.evidence)


def test_a_page_that_tells_little_is_measured_low_and_the_note_says_what_is_missing(build, outcome):
    page = build.page("/column", text="Tuition is low, and the teachers are said to be very good. " * 6)
    found = education_facets.run(build.column("education", page))
    assert outcome(found) == ("measured", 1)
    assert found.note.endswith("not found: overview, enrolment, contact")


def test_a_menu_entry_over_a_chinese_or_an_empty_page_is_measured_low(build, outcome):
    for page in (build.page("/column", body="zh-Hans"), build.page("/column", text=build.short)):
        found = education_facets.run(build.column("education", page))
        assert outcome(found) == ("measured", 0)
        assert [ref.capture for ref in found.evidence] == [page.ref.capture]


def test_a_column_that_was_not_fetched_leaves_open_what_is_missing(build, outcome):
    assert outcome(education_facets.run(build.column("education"))) == ("not_measured", None)
    home = build.home(columns={"One": ("/column", "education"), "Other": ("/other", "education")})
    little = build.page("/column", text="Tuition is low, and the teachers are said to be very good. " * 6)
    assert outcome(education_facets.run(build.evidence(little, home=home))) == ("not_measured", None)
    everything = build.saved("education")
    assert outcome(education_facets.run(build.evidence(everything, home=home))) == ("measured", 4)
