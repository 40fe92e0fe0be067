from dataclasses import replace

import pytest

from crawler.blocked import SOFT_404
from crawler.model import Failure
from scoring.indicators.soft_404_share import soft_404_share


def soft(build, path):
    return replace(build.failed(path, status=200), note=f"{SOFT_404} (answered 200, says “not found”)")


@pytest.mark.parametrize(("hard", "softs", "share"), [(3, 1, 0.25), (0, 2, 1), (2, 0, 0)])
def test_missing_pages_that_answer_200_are_measured_low_and_high(build, outcome, hard, softs, share):
    failed = [build.failed(f"/h{i}") for i in range(hard)] + [soft(build, f"/s{i}") for i in range(softs)]
    found = soft_404_share.run(build.evidence(build.page(), failed=failed))
    assert outcome(found) == ("measured", share)
    assert found.n == hard + softs


def test_without_a_missing_page_there_is_nothing_to_measure(build, outcome):
    timed_out = build.failed("/x", Failure.TIMEOUT, None)
    assert outcome(soft_404_share.run(build.evidence(build.page(), failed=[timed_out]))) == ("not_applicable", None)


def test_without_pages_or_archived_answers_nothing_can_be_told(build, outcome):
    assert outcome(soft_404_share.run(build.evidence(failed=[soft(build, "/s")]))) == ("not_measured", None)
    gone = build.failed("/x", archived=False, referrer="/unknown")
    assert outcome(soft_404_share.run(build.evidence(build.page(), failed=[gone]))) == ("not_measured", None)
