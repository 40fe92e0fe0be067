import pytest

from crawler.extract.facts import Identity
from scoring.indicators.site_code_agreement import site_code_agreement


def measure(build, *codes, **options):
    home = build.home(identity=Identity(site_codes=tuple(codes)), **options)
    return site_code_agreement.run(build.evidence(home=home))


def test_copies_that_agree_are_measured_high(build, outcome):
    found = measure(build, ("meta", "bm12000001"), ("footer", "BM12000001"), ("script", "bm12000001"))
    assert outcome(found) == ("measured", 1)
    assert found.n == 3


@pytest.mark.parametrize("other", ["1100000081", "110000008"])
def test_copies_that_differ_are_measured_low_and_cited(build, outcome, other):
    found = measure(build, ("meta", "1100000080"), ("footer", other))
    assert outcome(found) == ("measured", 0)
    assert [ref.cue for ref in found.evidence] == ["meta: 1100000080", f"footer: {other}"]


def test_copies_that_agree_on_no_code_are_wrong(build, outcome):
    assert outcome(measure(build, ("meta", "11000"), ("footer", "11000"))) == ("measured", 0)


def test_two_pages_that_give_two_codes_do_not_agree(build, outcome):
    page = build.page("/a", identity=Identity(site_codes=(("footer", "1100000081"),)))
    home = build.home(identity=Identity(site_codes=(("footer", "1100000080"),)))
    assert outcome(site_code_agreement.run(build.evidence(page, home=home))) == ("measured", 0)


def test_one_copy_or_none_has_nothing_to_be_compared_with(build, outcome):
    assert outcome(measure(build)) == ("not_applicable", None)
    assert outcome(measure(build, ("meta", "1100000080"))) == ("not_applicable", None)
    assert outcome(measure(build, problems=("identity: ValueError broken",))) == ("not_measured", None)
