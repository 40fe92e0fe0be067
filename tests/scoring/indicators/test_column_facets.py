"""What the indicators that count facets share, shown on one subject."""

from dataclasses import replace

from scoring.readings.column_facets import facet_count


def measure(evidence):
    return facet_count(evidence, "visa", ("visa",), "visa")


def test_facets_add_up_over_the_pages_of_a_column_and_each_is_cited_on_its_own_page(build, outcome):
    one = build.page("/column", text="The visa extension is handled in the hall by the station. " * 4)
    other = build.page(
        "/column/2", text="The residence permit is handled in the hall by the river. " * 4, column_type="visa"
    )
    found = measure(build.evidence(one, other, home=build.home(columns={"Visa": ("/column", "visa")})))
    assert outcome(found) == ("measured", 2)
    assert [ref.capture for ref in found.evidence] == [one.ref.capture, other.ref.capture]
    assert found.n == 2


def test_pages_left_in_chinese_tell_nothing_to_the_reader(build, outcome):
    one = build.page("/column", text="The visa extension is handled in the hall by the station. " * 4)
    chinese = build.page("/column/2", text="residence permit 居留许可" * 20, body="zh-Hans", column_type="visa")
    found = measure(build.evidence(one, chinese, home=build.home(columns={"Visa": ("/column", "visa")})))
    assert outcome(found) == ("measured", 1)


def test_a_version_whose_menus_offer_no_such_column_is_measured_low(build, outcome):
    found = measure(build.evidence(home=build.home(columns={"News": ("/news", "news")})))
    assert outcome(found) == ("measured", 0)
    assert found.evidence[0].cue == "menu: News"


def test_a_language_without_words_is_not_measured(build, outcome):
    evidence = build.column("visa", build.saved("visa"))
    thai = replace(evidence, version=replace(evidence.version, language="th"))
    assert outcome(measure(thai)) == ("not_measured", None)
    assert "Thai" in measure(thai).note


def test_a_column_that_serves_but_tells_nothing_cites_what_was_read(build, outcome):
    page = build.page("/column")
    found = measure(build.column("visa", page))
    assert outcome(found) == ("measured", 0)
    assert [ref.capture for ref in found.evidence] == [page.ref.capture]
