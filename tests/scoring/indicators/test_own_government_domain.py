from dataclasses import replace

import pytest

from scoring.indicators.own_government_domain import own_government_domain


def measure(build, url, chinese="https://www.example.gov.cn/"):
    home = build.home()
    home = replace(home, facts=replace(home.facts, url=url))
    return own_government_domain.run(build.evidence(home=home, chinese_home=build.chinese(chinese)))


def test_a_host_of_the_bodys_own_government_domain_is_right(build, outcome):
    found = measure(build, "https://english.example.gov.cn/")
    assert outcome(found) == ("measured", 1)
    assert found.evidence[0].cue == "host: english.example.gov.cn"


@pytest.mark.parametrize(
    "url",
    [
        "https://example.chinadaily.com.cn/",
        "https://en.other.gov.cn/",
        "https://gov.example.com.cn/",
        "https://x.gov.cn.evil.com/",
    ],
)
def test_a_newspapers_another_bodys_and_a_lookalike_host_are_not(build, outcome, url):
    assert outcome(measure(build, url)) == ("measured", 0)


def test_a_body_without_a_government_domain_has_no_government_domain(build, outcome):
    assert outcome(measure(build, "https://en.example.com/", "https://www.example.com/")) == ("measured", 0)


def test_without_the_home_page_the_host_that_answers_is_unknown(build, outcome):
    assert outcome(own_government_domain.run(build.evidence(build.page()))) == ("not_measured", None)


def test_where_no_page_shows_anything_nothing_stands_on_the_domain(build, outcome):
    empty = build.home(text="")
    assert outcome(own_government_domain.run(build.evidence(home=empty))) == ("not_measured", None)
    gateway = build.evidence(build.page("/index"), home=build.home(text="", onward=(build.onward("/index"),)))
    assert outcome(own_government_domain.run(gateway)) == ("measured", 1)


def test_other_countries_have_government_domains_of_other_names(build, outcome):
    evidence = build.evidence(home=build.home())
    abroad = replace(evidence, site=replace(evidence.site, base_language="fr"))
    assert outcome(own_government_domain.run(abroad)) == ("not_applicable", None)
