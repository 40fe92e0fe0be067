from dataclasses import replace

import pytest

from crawler.extract.facts import Link
from crawler.model import Failure
from scoring.evidence import SearchTrial
from scoring.indicators.search_answers import search_answers

URL = "https://en.example.gov.cn/search?q=government"


def trial(build, *, facts=None, failure=None, status=200):
    ref = build.ref(URL) if status else None
    return SearchTrial(URL, ref, facts, failure, status, "")


def results(build, n, *, anchor="A result", body="en"):
    links = tuple(Link(build.url(f"/r/{i}"), f"{anchor} {i}", "body") for i in range(n))
    return build.page("/search", body=body, links=links).facts


def measure(build, search, **home):
    return search_answers.run(build.evidence(home=build.home(**home), search=search))


def test_results_in_the_language_are_measured_high_and_cited(build, outcome):
    found = measure(build, trial(build, facts=results(build, 5)))
    assert outcome(found) == ("measured", 1)
    assert found.n == 5
    assert "A result 0" in found.evidence[0].cue


def test_chinese_results_none_and_an_error_are_measured_low(build, outcome):
    assert outcome(measure(build, trial(build, facts=results(build, 9, body="zh")))) == ("measured", 0)
    assert outcome(measure(build, trial(build, facts=results(build, 9, anchor="政府网站")))) == ("measured", 0)
    assert outcome(measure(build, trial(build, facts=results(build, 0)))) == ("measured", 0)
    assert outcome(measure(build, trial(build, failure=Failure.HTTP_ERROR, status=500))) == ("measured", 0)


def test_a_home_page_without_search_offers_none(build, outcome):
    assert outcome(measure(build, None)) == ("measured", 0)


def test_links_of_the_menu_are_no_results(build, outcome):
    menu = {f"A result {i}": (f"/r/{i}", None) for i in range(5)}
    assert outcome(measure(build, trial(build, facts=results(build, 5)), columns=menu)) == ("measured", 0)


@pytest.mark.parametrize("failure", [Failure.ROBOTS, Failure.TIMEOUT, Failure.BLOCKED])
def test_a_query_that_was_not_answered_is_not_measured(build, outcome, failure):
    assert outcome(measure(build, trial(build, failure=failure, status=None))) == ("not_measured", None)


def test_a_box_that_was_not_tried_or_forms_that_were_not_read_are_not_measured(build, outcome):
    assert outcome(measure(build, None, forms=(build.form("search"),))) == ("not_measured", None)
    assert outcome(measure(build, None, problems=("menus: columns and forms were not read",))) == ("not_measured", None)


def test_chinese_results_serve_the_readers_of_a_chinese_version_abroad(build, outcome):
    evidence = build.evidence(
        home=build.home(), search=trial(build, facts=results(build, 9, anchor="政府网站", body="zh"))
    )
    site, version = replace(evidence.site, base_language="fr"), replace(evidence.version, language="zh")
    assert outcome(search_answers.run(replace(evidence, site=site, version=version))) == ("measured", 1)
    french = replace(evidence, site=site, version=version, search=trial(build, facts=results(build, 9, body="fr")))
    found = search_answers.run(french)
    assert outcome(found) == ("measured", 0)
    assert found.note.endswith("answers in French")
