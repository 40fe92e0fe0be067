from datetime import date

import pytest

from crawler.model import Failure
from scoring.indicators.days_since_faq import days_since_faq


def measure(evidence):
    return days_since_faq.run(evidence)


@pytest.mark.parametrize(("day", "days"), [(date(2026, 10, 30), 1), (date(2021, 10, 31), 1826)])
def test_the_newest_entry_is_measured_low_and_high(build, outcome, day, days):
    items = [build.item("/q/1", day, "How do I pay?"), build.item("/q/2", date(2020, 1, 1)), build.item("/q/3")]
    found = measure(build.column("faq", build.page("/column", items=items)))
    assert outcome(found) == ("measured", days)
    assert found.evidence[0].cue.startswith("How do I pay?")


def test_the_columns_own_date_counts(build, outcome):
    found = measure(build.column("faq", build.page("/column", published=date(2026, 10, 1))))
    assert outcome(found) == ("measured", 30)


def test_an_undated_or_unseen_column_is_not_measured(build, outcome):
    assert outcome(measure(build.column("faq", build.page("/column")))) == ("not_measured", None)
    assert outcome(measure(build.column("faq"))) == ("not_measured", None)


def test_without_questions_in_the_language_there_is_nothing_to_measure(build, outcome):
    assert outcome(measure(build.column("news", build.page("/column")))) == ("not_applicable", None)
    chinese = build.page("/column", body="zh", published=date(2026, 10, 1))
    assert outcome(measure(build.column("faq", chinese))) == ("not_applicable", None)


@pytest.mark.parametrize(
    ("day", "found"), [(date(2026, 10, 1), ("measured", 30)), (date(2020, 1, 1), ("not_measured", None))]
)
def test_an_old_answer_says_nothing_where_a_firewall_kept_others_from_us(build, outcome, day, found):
    page = build.page("/column", items=[build.item("/q/1", day), build.item("/q/2")])
    blocked = build.failed("/q/2", Failure.BLOCKED, 403)
    assert outcome(measure(build.column("faq", page, failed=[blocked]))) == found
