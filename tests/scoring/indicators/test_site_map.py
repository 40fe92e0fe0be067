from dataclasses import replace

from crawler.extract.facts import Link
from scoring.indicators.site_map import site_map


def links(build, n, anchor="A page"):
    return tuple(Link(build.url(f"/p/{i}"), f"{anchor} {i}", "body") for i in range(n))


def home(build, anchor="Site Map"):
    return build.home(links=(Link(build.url("/map"), anchor, "footer"),))


def test_a_page_that_lists_the_version_is_a_site_map(build, outcome):
    found = site_map.run(build.evidence(build.page("/map", text="", links=links(build, 12)), home=home(build)))
    assert outcome(found) == ("measured", 1)
    assert found.evidence[0].url == build.url("/map")


def test_a_short_a_chinese_a_gone_and_no_map_are_none(build, outcome):
    short = build.page("/map", links=links(build, 3))
    assert outcome(site_map.run(build.evidence(short, home=home(build)))) == ("measured", 0)
    chinese = build.page("/map", links=links(build, 30, "网站栏目"))
    assert outcome(site_map.run(build.evidence(chinese, home=home(build)))) == ("measured", 0)
    assert outcome(site_map.run(build.evidence(home=home(build), failed=[build.failed("/map")]))) == ("measured", 0)
    assert outcome(site_map.run(build.evidence(home=home(build, "Contact us")))) == ("measured", 0)


def test_a_map_that_was_not_opened_is_not_measured(build, outcome):
    assert outcome(site_map.run(build.evidence(home=home(build)))) == ("not_measured", None)
    gateway = build.home(text="", onward=(build.onward("/index"),))
    assert outcome(site_map.run(build.evidence(home=gateway))) == ("not_measured", None)


def test_chinese_names_are_right_on_a_chinese_version_abroad(build, outcome):
    evidence = build.evidence(build.page("/map", text="", links=links(build, 12, "网站栏目")), home=home(build))
    abroad = replace(evidence, site=replace(evidence.site, base_language="fr"))
    assert outcome(site_map.run(abroad)) == ("measured", 1)
