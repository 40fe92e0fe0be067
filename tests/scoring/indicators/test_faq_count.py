import pytest

from crawler.model import Failure
from scoring.indicators.faq_count import faq_count


def measure(evidence):
    return faq_count.run(evidence)


def questions(n):
    return "\n".join(f"Where do I apply for permit number {i}?\nAt the counter of the service hall." for i in range(n))


@pytest.mark.parametrize("n", [4, 30])
def test_questions_on_the_page_are_counted_low_and_high(build, outcome, n):
    found = measure(build.column("faq", build.page("/column", text=questions(n))))
    assert outcome(found) == ("measured", n)
    assert found.evidence[0].cue == "Where do I apply for permit number 0?"


def test_entries_of_its_list_count_where_they_are_more(build, outcome):
    found = measure(build.column("faq", build.page("/column", items=12)))
    assert outcome(found) == ("measured", 12)


def test_a_chinese_column_and_a_missing_one_answer_nothing(build, outcome):
    assert outcome(measure(build.column("faq", build.page("/column", text=questions(9), body="zh")))) == ("measured", 0)
    assert outcome(measure(build.column("news", build.page("/column")))) == ("measured", 0)


def test_text_without_questions_and_an_unseen_column_are_not_measured(build, outcome):
    assert outcome(measure(build.column("faq", build.page("/column")))) == ("not_measured", None)
    assert outcome(measure(build.column("faq"))) == ("not_measured", None)


def test_questions_that_a_firewall_kept_from_us_leave_the_count_open(build, outcome):
    page = build.page("/column", text=questions(4), links=(build.link("/column/visas"),))
    found = measure(build.column("faq", page, failed=[build.failed("/column/visas", Failure.BLOCKED, 403)]))
    assert outcome(found) == ("not_measured", None)
