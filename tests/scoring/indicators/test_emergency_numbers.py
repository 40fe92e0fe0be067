import pytest

from scoring.indicators.emergency_numbers import emergency_numbers


def measure(build, *pages, **home):
    return emergency_numbers.run(build.evidence(*pages, home=build.home(columns={"News": ("/news", "news")}, **home)))


def test_all_three_numbers_are_measured_high_and_their_lines_cited(build, outcome):
    found = measure(build, build.saved("emergency"))
    assert outcome(found) == ("measured", 3)
    assert [ref.cue for ref in found.evidence][1] == "119: Fire: 119."


def test_numbers_on_several_pages_add_up(build, outcome):
    pages = [build.page("/1", text="In an emergency call 120."), build.page("/2", text="Police: 110.")]
    assert outcome(measure(build, *pages)) == ("measured", 2)


@pytest.mark.parametrize(
    "text",
    ["Room 110 of the office", "The police have 110,000 men.", "Police: 0399-110", "Call the police.", "Fire: 1190"],
)
def test_a_number_without_its_meaning_or_a_meaning_without_its_number_is_measured_low(build, outcome, text):
    assert outcome(measure(build, build.page("/1", text=text))) == ("measured", 0)


def test_numbers_on_a_chinese_page_are_told_to_nobody(build, outcome):
    assert outcome(measure(build, build.page("/1", text="Police: 110.", body="zh-Hans"))) == ("measured", 0)


def test_an_emergency_column_that_was_not_fetched_leaves_it_open(build, outcome):
    found = emergency_numbers.run(build.column("emergency"))
    assert outcome(found) == ("not_measured", None)


def test_a_version_of_which_no_page_is_in_the_language_is_measured_low_by_its_menu(build, outcome):
    assert outcome(measure(build, body="zh-Hans")) == ("measured", 0)
