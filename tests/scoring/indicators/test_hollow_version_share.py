import pytest

from crawler.model import ForeignVersion, Verdict
from scoring.indicators.hollow_version_share import hollow_version_share


def measure(build, *others, how="link"):
    versions = [ForeignVersion("s1", tag, f"https://{tag}.example.gov.cn/", tag, how, v, "") for tag, v in others]
    return hollow_version_share.run(build.evidence(home=build.home(), other_versions=versions))


@pytest.mark.parametrize(
    ("verdict", "word"),
    [
        (Verdict.STUB, "a stub"),
        (Verdict.WIDGET, "a machine-translation widget"),
        (Verdict.CHINESE_CONTENT, "Chinese content"),
        (Verdict.REDIRECT, "a redirect"),
    ],
)
def test_a_version_with_nothing_behind_it_is_counted_and_named(build, outcome, verdict, word):
    found = measure(build, ("fr", Verdict.REAL), ("ja", verdict), ("ko", verdict))
    assert outcome(found) == ("measured", 2 / 4)
    assert found.note.endswith(f"Japanese is {word}, Korean is {word}")
    assert found.n == 4


def test_real_versions_alone_are_full_marks(build, outcome):
    assert outcome(measure(build, ("fr", Verdict.REAL))) == ("measured", 0)


def test_what_we_could_not_judge_is_left_out(build, outcome):
    unseen = [("fr", Verdict.BLOCKED), ("ja", Verdict.NOT_CAPTURED), ("ko", Verdict.OTHER_HOST)]
    found = measure(build, *unseen)
    assert outcome(found) == ("measured", 0)
    assert found.n == 1


def test_a_guess_of_ours_is_no_offer_of_the_site(build, outcome):
    assert outcome(measure(build, ("fr", Verdict.STUB), how="guess")) == ("measured", 0)
