from scoring.indicators.investment_industries import investment_industries


def test_a_page_that_tells_everything_is_measured_high_and_its_sentences_are_cited(build, outcome):
    page = build.saved("investment")
    found = investment_industries.run(build.column("investment", page))
    assert outcome(found) == ("measured", 2)
    assert {ref.capture for ref in found.evidence} == {page.ref.capture}
    assert any(ref.cue.startswith("industries: Machinery and processing") for ref in found.evidence)


def test_a_page_that_tells_little_is_measured_low_and_the_note_says_what_is_missing(build, outcome):
    page = build.page("/column", text="Textiles and furniture are made here, and much else besides. " * 6)
    found = investment_industries.run(build.column("investment", page))
    assert outcome(found) == ("measured", 1)
    assert found.note.endswith("not found: projects")


def test_a_menu_entry_over_a_chinese_or_an_empty_page_is_measured_low(build, outcome):
    for page in (build.page("/column", body="zh-Hans"), build.page("/column", text=build.short)):
        found = investment_industries.run(build.column("investment", page))
        assert outcome(found) == ("measured", 0)
        assert [ref.capture for ref in found.evidence] == [page.ref.capture]


def test_a_column_that_was_not_fetched_leaves_open_what_is_missing(build, outcome):
    assert outcome(investment_industries.run(build.column("investment"))) == ("not_measured", None)
    home = build.home(columns={"One": ("/column", "investment"), "Other": ("/other", "investment")})
    little = build.page("/column", text="Textiles and furniture are made here, and much else besides. " * 6)
    assert outcome(investment_industries.run(build.evidence(little, home=home))) == ("not_measured", None)
    everything = build.saved("investment")
    assert outcome(investment_industries.run(build.evidence(everything, home=home))) == ("measured", 2)
