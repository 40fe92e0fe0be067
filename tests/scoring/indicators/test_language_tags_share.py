import pytest

from scoring.indicators.language_tags_share import language_tags_share


def measure(build, *pages):
    listed = [build.page(f"/{i}", declared=declared, body=body) for i, (declared, body) in enumerate(pages)]
    return language_tags_share.run(build.evidence(*listed))


def test_pages_that_declare_their_language_match(build, outcome):
    found = measure(build, ("en", "en"), ("en-US", "en"), ("zh-CN", "zh-Hans"))
    assert outcome(found) == ("measured", 1)
    assert found.n == 3


@pytest.mark.parametrize("declared", ["zh-CN", None, "", "english", "en_US"])
def test_a_tag_of_another_language_or_none_does_not_match_and_is_cited(build, outcome, declared):
    found = measure(build, ("en", "en"), (declared, "en"))
    assert outcome(found) == ("measured", 1 / 2)
    assert [ref.url for ref in found.evidence] == [build.url("/1")]
    assert "written in en" in found.evidence[0].cue


def test_pages_whose_language_cannot_be_told_are_left_out(build, outcome):
    found = measure(build, ("en", "en"), ("en", "und"))
    assert outcome(found) == ("measured", 1)
    assert found.n == 1


def test_nothing_told_is_not_measured(build, outcome):
    assert outcome(measure(build, ("en", "und"))) == ("not_measured", None)


def test_pages_that_all_declare_another_language_are_measured_low(build, outcome):
    assert outcome(measure(build, ("zh-CN", "en"), ("zh-CN", "en"))) == ("measured", 0)
