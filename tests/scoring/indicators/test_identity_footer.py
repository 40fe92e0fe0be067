import pytest

from crawler.extract.facts import Identity
from scoring.indicators.identity_footer import identity_footer

ALL = {
    "organiser": "Example City",
    "icp": "京ICP备12345678号",
    "police": "京公网安备 11010102000001号",
    "conac": "https://bszs",
}


def measure(build, **marks):
    return identity_footer.run(build.evidence(home=build.home(identity=Identity(**marks))))


def test_all_four_marks_are_a_full_share_and_cited_in_their_words(build, outcome):
    found = measure(build, **ALL)
    assert outcome(found) == ("measured", 1)
    assert "京ICP备12345678号" in found.evidence[0].cue


def test_a_home_page_without_marks_has_none_and_the_missing_are_named(build, outcome):
    found = measure(build)
    assert outcome(found) == ("measured", 0)
    assert "ICP licence, police record" in found.note


@pytest.mark.parametrize("mark", ALL)
def test_each_mark_is_a_quarter(build, outcome, mark):
    assert outcome(measure(build, **{mark: ALL[mark]})) == ("measured", 1 / 4)


def test_a_site_code_stands_for_the_organiser_and_an_error_report_entry_for_the_badge(build, outcome):
    found = measure(build, site_codes=(("meta", "1100000001"),), jiucuo="1100000001")
    assert outcome(found) == ("measured", 2 / 4)


def test_a_home_page_that_only_sends_its_reader_on_is_not_measured(build, outcome):
    home = build.home(text="", onward=(build.onward("/real"),))
    assert outcome(identity_footer.run(build.evidence(home=home))) == ("not_measured", None)


def test_without_the_home_page_nothing_is_measured(build, outcome):
    assert outcome(identity_footer.run(build.evidence(build.page()))) == ("not_measured", None)


def test_marks_that_we_failed_to_read_are_not_taken_for_missing_ones(build, outcome):
    home = build.home(problems=("identity: ValueError broken",))
    assert outcome(identity_footer.run(build.evidence(home=home))) == ("not_measured", None)
