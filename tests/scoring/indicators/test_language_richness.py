import pytest

from crawler.model import ForeignVersion, Verdict
from scoring.indicators.language_richness import language_richness


def other(language, verdict=Verdict.REAL):
    return ForeignVersion("s1", language, f"https://{language}.example.gov.cn/", language, "link", verdict, "")


def test_one_language_is_measured_low_and_several_high(build, outcome):
    assert outcome(language_richness.run(build.evidence(home=build.home()))) == ("measured", 1)
    found = language_richness.run(
        build.evidence(home=build.home(), other_versions=[other("fr"), other("ru"), other("en")])
    )
    assert outcome(found) == ("measured", 3)
    assert found.evidence[0].cue == "real versions: en, fr, ru"


@pytest.mark.parametrize("verdict", [verdict for verdict in Verdict if verdict is not Verdict.REAL])
def test_only_real_versions_count(build, outcome, verdict):
    found = language_richness.run(build.evidence(home=build.home(), other_versions=[other("fr", verdict)]))
    assert outcome(found) == ("measured", 1)


def test_without_the_home_page_there_is_no_proof(build, outcome):
    assert outcome(language_richness.run(build.evidence(build.page()))) == ("not_measured", None)
