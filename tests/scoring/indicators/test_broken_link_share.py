import pytest

from crawler.model import Failure
from scoring.indicators.broken_link_share import broken_link_share


def measure(build, captured, failed):
    pages = [build.page(f"/{i}") for i in range(captured)]
    return broken_link_share.run(build.evidence(*pages, failed=failed))


def test_a_version_whose_addresses_all_answer_has_no_broken_share(build, outcome):
    found = measure(build, 6, [])
    assert outcome(found) == ("measured", 0)
    assert found.n == 6


@pytest.mark.parametrize("status", [404, 410, 500, 503])
def test_error_answers_are_counted_and_cited(build, outcome, status):
    broken = [build.failed(f"/b/{i}", status=status) for i in range(2)]
    found = measure(build, 6, broken)
    assert outcome(found) == ("measured", 2 / 8)
    assert [ref.capture for ref in found.evidence] == [fetch.ref.capture for fetch in broken]
    assert str(status) in found.evidence[0].cue


def test_a_broken_address_without_archived_answer_is_cited_by_the_page_that_links_to_it(build, outcome):
    found = measure(build, 5, [build.failed("/b", archived=False, referrer="/3")])
    assert outcome(found) == ("measured", 1 / 6)
    assert found.evidence[0].url == build.url("/3")


@pytest.mark.parametrize("failure", [failure for failure in Failure if failure is not Failure.HTTP_ERROR])
def test_what_we_could_not_see_is_on_neither_side_of_the_share(build, outcome, failure):
    found = measure(build, 5, [build.failed("/b", failure, 503)])
    assert outcome(found) == ("measured", 0)
    assert found.n == 5


def test_one_address_that_failed_twice_is_one_and_one_captured_in_the_end_is_none(build, outcome):
    failed = [build.failed("/b"), build.failed("/b/"), build.failed("/0", status=503)]
    assert outcome(measure(build, 5, failed)) == ("measured", 1 / 6)


def test_fewer_than_five_addresses_say_nothing(build, outcome):
    assert outcome(measure(build, 3, [build.failed("/b")])) == ("not_measured", None)


def test_a_version_of_which_no_page_was_captured_is_not_measured(build, outcome):
    assert outcome(measure(build, 0, [build.failed(f"/{i}") for i in range(9)])) == ("not_measured", None)
