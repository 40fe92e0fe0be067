from scoring.indicators.overview_facets import overview_facets


def test_a_page_that_tells_everything_is_measured_high_and_its_sentences_are_cited(build, outcome):
    page = build.saved("overview")
    found = overview_facets.run(build.column("overview", page))
    assert outcome(found) == ("measured", 5)
    assert {ref.capture for ref in found.evidence} == {page.ref.capture}
    assert any(ref.cue.startswith("history: It was founded in the year 903") for ref in found.evidence)


def test_a_page_that_tells_little_is_measured_low_and_the_note_says_what_is_missing(build, outcome):
    page = build.page(
        "/column", text="Heyuan lies on the coast. It is a quiet place of which there is not much to say. " * 6
    )
    found = overview_facets.run(build.column("overview", page))
    assert outcome(found) == ("measured", 1)
    assert found.note.endswith("not found: population, history, tourism, economy")


def test_a_menu_entry_over_a_chinese_or_an_empty_page_is_measured_low(build, outcome):
    for page in (build.page("/column", body="zh-Hans"), build.page("/column", text=build.short)):
        found = overview_facets.run(build.column("overview", page))
        assert outcome(found) == ("measured", 0)
        assert [ref.capture for ref in found.evidence] == [page.ref.capture]


def test_a_column_that_was_not_fetched_leaves_open_what_is_missing(build, outcome):
    assert outcome(overview_facets.run(build.column("overview"))) == ("not_measured", None)
    home = build.home(columns={"One": ("/column", "overview"), "Other": ("/other", "overview")})
    little = build.page(
        "/column", text="Heyuan lies on the coast. It is a quiet place of which there is not much to say. " * 6
    )
    assert outcome(overview_facets.run(build.evidence(little, home=home))) == ("not_measured", None)
    everything = build.saved("overview")
    assert outcome(overview_facets.run(build.evidence(everything, home=home))) == ("measured", 5)
