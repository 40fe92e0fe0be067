from scoring.indicators.business_facets import business_facets


def test_a_page_that_tells_everything_is_measured_high_and_its_sentences_are_cited(build, outcome):
    page = build.saved("business")
    found = business_facets.run(build.column("business", page))
    assert outcome(found) == ("measured", 4)
    assert {ref.capture for ref in found.evidence} == {page.ref.capture}
    assert any(ref.cue.startswith("commerce: The Bureau of Commerce brings buyers") for ref in found.evidence)


def test_a_page_that_tells_little_is_measured_low_and_the_note_says_what_is_missing(build, outcome):
    page = build.page("/column", text="Invitation letters are written by the office on the third floor. " * 6)
    found = business_facets.run(build.column("business", page))
    assert outcome(found) == ("measured", 1)
    assert found.note.endswith("not found: commerce, entry exit, policy")


def test_a_menu_entry_over_a_chinese_or_an_empty_page_is_measured_low(build, outcome):
    for page in (build.page("/column", body="zh-Hans"), build.page("/column", text=build.short)):
        found = business_facets.run(build.column("business", page))
        assert outcome(found) == ("measured", 0)
        assert [ref.capture for ref in found.evidence] == [page.ref.capture]


def test_a_column_that_was_not_fetched_leaves_open_what_is_missing(build, outcome):
    assert outcome(business_facets.run(build.column("business"))) == ("not_measured", None)
    home = build.home(columns={"One": ("/column", "business"), "Other": ("/other", "business")})
    little = build.page("/column", text="Invitation letters are written by the office on the third floor. " * 6)
    assert outcome(business_facets.run(build.evidence(little, home=home))) == ("not_measured", None)
    everything = build.saved("business")
    assert outcome(business_facets.run(build.evidence(everything, home=home))) == ("measured", 4)
