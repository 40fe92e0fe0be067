import pytest

from crawler.model import Examination, Violation
from scoring.evidence import ExaminedPage
from scoring.indicators.axe_serious_violations import axe_serious_violations


def measure(build, *pages):
    """The home page and others, each with its violations as (rule, impact, elements)."""
    examined = []
    for number, broken in enumerate(pages):
        violations = tuple(Violation(rule, impact, elements, "#menu > a") for rule, impact, elements in broken)
        url = build.url(f"/{number}")
        examined.append(ExaminedPage(url, build.ref(f"/{number}#axe"), Examination("4.14.1", violations)))
    return axe_serious_violations.run(build.evidence(home=build.home(), examined=examined))


def test_a_rule_counts_once_however_often_it_is_broken(build, outcome):
    found = measure(
        build, [("image-alt", "critical", 7), ("color-contrast", "serious", 1)], [("image-alt", "critical", 5)]
    )
    assert outcome(found) == ("measured", 2)
    assert found.note.endswith(
        "rules of axe-core 4.14.1 broken seriously on 2 pages: 2; image-alt (12), color-contrast (1)"
    )
    assert found.evidence[0].url == build.url("/0#axe")
    assert found.evidence[0].cue == "image-alt: 7, first #menu > a; color-contrast: 1, first #menu > a"


@pytest.mark.parametrize("impact", ["minor", "moderate"])
def test_what_is_not_serious_does_not_count(build, outcome, impact):
    found = measure(build, [("region", impact, 3)])
    assert outcome(found) == ("measured", 0)
    assert found.evidence[0].cue == "nothing serious"


def test_without_a_browser_nothing_is_measured(build, outcome):
    assert outcome(measure(build)) == ("not_measured", None)


def test_many_rules_broken_are_measured_low(build, outcome):
    assert outcome(measure(build, [(f"rule-{i}", "serious", 1) for i in range(10)])) == ("measured", 10)
