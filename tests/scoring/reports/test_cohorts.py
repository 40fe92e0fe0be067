import pytest

from crawler.model import Failure, ForeignVersion, Site, Verdict
from scoring.evidence import FailureRow
from scoring.reports.cohorts import Ownership, cohort_statistics, ownership

SITE = Site("a", "甲", "province", "", "https://www.a.gov.cn")


def seen(*verdicts: Verdict) -> list[ForeignVersion]:
    return [ForeignVersion("a", "en", f"https://en.a.gov.cn/{n}", "", "link", v, "") for n, v in enumerate(verdicts)]


def failed(failure: Failure, url: str = "http://www.a.gov.cn/") -> FailureRow:
    return FailureRow("a", "zh", url, failure, None, "", None, "")


@pytest.mark.parametrize(
    ("verdicts", "expected"),
    [
        ([], Ownership.NONE),
        ([Verdict.STUB, Verdict.WIDGET, Verdict.DEAD], Ownership.NONE),
        ([Verdict.DEAD, Verdict.REAL, Verdict.BLOCKED], Ownership.OWNED),
        ([Verdict.STUB, Verdict.BLOCKED], Ownership.BLOCKED),
        ([Verdict.NOT_CAPTURED], Ownership.UNKNOWN),
        ([Verdict.OTHER_HOST], Ownership.UNKNOWN),
    ],
)
def test_a_site_owns_a_version_when_one_is_real_and_we_cannot_tell_when_one_was_not_seen(verdicts, expected):
    assert ownership(SITE, seen(*verdicts), []) is expected


def test_a_home_page_that_we_could_not_read_is_no_site_without_a_version():
    assert ownership(SITE, [], [failed(Failure.BLOCKED)]) is Ownership.BLOCKED
    assert ownership(SITE, [], [failed(Failure.TIMEOUT)]) is Ownership.UNKNOWN
    assert ownership(SITE, [], [failed(Failure.TIMEOUT, "http://www.a.gov.cn/news/")]) is Ownership.NONE


def test_the_rate_is_over_the_sites_of_which_we_can_tell_and_its_bounds_over_all(report):
    city, province = cohort_statistics(report)
    assert (city.cohort, city.sites, city.unknown, city.known, city.share) == ("city", 1, 1, 0, None)
    assert (province.with_version, province.known, province.blocked) == (2, 3, 1)
    assert (province.share, province.share_low, province.share_high) == (2 / 3, 2 / 4, 3 / 4)


def test_ranked_sites_fall_into_the_published_bands(report):
    province = cohort_statistics(report)[1]
    assert (province.ranked, province.unranked, province.bands) == (2, 2, (0, 0, 1, 1))
    assert province.mean_total == pytest.approx((61.2345 + 54.0) / 2)
