from scoring.indicators.tourism_facets import tourism_facets


def test_a_page_that_tells_everything_is_measured_high_and_its_sentences_are_cited(build, outcome):
    page = build.saved("tourism")
    found = tourism_facets.run(build.column("tourism", page))
    assert outcome(found) == ("measured", 4)
    assert {ref.capture for ref in found.evidence} == {page.ref.capture}
    assert any(ref.cue.startswith("practical: Tickets cost 30 yuan") for ref in found.evidence)


def test_a_page_that_tells_little_is_measured_low_and_the_note_says_what_is_missing(build, outcome):
    page = build.page("/column", text="The lake is beautiful, the mountain too, and so is everything. " * 6)
    found = tourism_facets.run(build.column("tourism", page))
    assert outcome(found) == ("measured", 1)
    assert found.note.endswith("not found: getting there, practical, food and lodging")


def test_a_menu_entry_over_a_chinese_or_an_empty_page_is_measured_low(build, outcome):
    for page in (build.page("/column", body="zh-Hans"), build.page("/column", text=build.short)):
        found = tourism_facets.run(build.column("tourism", page))
        assert outcome(found) == ("measured", 0)
        assert [ref.capture for ref in found.evidence] == [page.ref.capture]


def test_a_column_that_was_not_fetched_leaves_open_what_is_missing(build, outcome):
    assert outcome(tourism_facets.run(build.column("tourism"))) == ("not_measured", None)
    home = build.home(columns={"One": ("/column", "tourism"), "Other": ("/other", "tourism")})
    little = build.page("/column", text="The lake is beautiful, the mountain too, and so is everything. " * 6)
    assert outcome(tourism_facets.run(build.evidence(little, home=home))) == ("not_measured", None)
    everything = build.saved("tourism")
    assert outcome(tourism_facets.run(build.evidence(everything, home=home))) == ("measured", 4)
