from scoring.evidence import Measurement
from scoring.indicators.visa_service import visa_service


def measure(evidence) -> Measurement:
    return visa_service.run(evidence)


def test_visa_information_in_the_language_of_the_version_earns_the_point(build, outcome):
    page = build.page("/column")
    found = measure(build.column("visa", page))
    assert outcome(found) == ("measured", 1)
    assert found.evidence[0].capture == page.ref.capture


def test_a_menu_entry_over_a_chinese_page_earns_nothing_and_the_page_is_cited(build, outcome):
    page = build.page("/column", body="zh-Hans")
    found = measure(build.column("visa", page))
    assert outcome(found) == ("measured", 0)
    assert "Chinese" in found.note
    assert [ref.capture for ref in found.evidence] == [page.ref.capture]


def test_a_column_of_another_type_earns_nothing(build, outcome):
    found = measure(build.column("tourism", build.page("/column", column_type="tourism")))
    assert outcome(found) == ("measured", 0)
    assert "The column" in found.evidence[0].cue


def test_a_column_that_was_not_fetched_is_not_held_against_the_site(build, outcome):
    found = measure(build.column("visa"))
    assert outcome(found) == ("not_measured", None)
    assert build.url("/column") in found.note


def test_without_the_home_page_nothing_is_measured(build, outcome):
    assert outcome(measure(build.evidence(build.page("/column", column_type="visa")))) == ("not_measured", None)
