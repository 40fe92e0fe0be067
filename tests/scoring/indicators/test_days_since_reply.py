from datetime import date

import pytest

from crawler.model import Failure
from scoring.indicators.days_since_reply import days_since_reply

TEXT = "Question: How long may I stay in the city with my visa, and where is it extended?\nReply: As the visa says."


def measure(evidence):
    return days_since_reply.run(evidence)


def letter(build, path="/1", text=TEXT, **options):
    return build.page(path, text=text, **{"column_type": "mailbox", "depth": 2, **options})


@pytest.mark.parametrize(("published", "days"), [(date(2026, 10, 30), 1), (date(2024, 10, 31), 730)])
def test_the_page_dates_a_reply_that_states_no_date(build, outcome, published, days):
    found = measure(build.evidence(letter(build, published=published), home=build.home()))
    assert outcome(found) == ("measured", days)


def test_the_newest_reply_counts_and_is_cited(build, outcome):
    old, new = letter(build, "/1", published=date(2026, 1, 1)), letter(build, "/2", published=date(2026, 10, 1))
    found = measure(build.evidence(old, new, home=build.home()))
    assert outcome(found) == ("measured", 30)
    assert [ref.url for ref in found.evidence] == [build.url("/2")]


def test_undated_replies_and_an_unseen_mailbox_are_not_measured(build, outcome):
    assert outcome(measure(build.evidence(letter(build), home=build.home()))) == ("not_measured", None)
    assert outcome(measure(build.column("mailbox"))) == ("not_measured", None)


def test_a_version_without_letters_has_nothing_to_measure(build, outcome):
    found = measure(build.evidence(home=build.home(columns={"News": ("/n", "news")})))
    assert outcome(found) == ("not_applicable", None)


@pytest.mark.parametrize(
    ("day", "found"), [(date(2026, 10, 1), ("measured", 30)), (date(2020, 1, 1), ("not_measured", None))]
)
def test_an_old_reply_says_nothing_where_a_firewall_kept_other_letters_from_us(build, outcome, day, found):
    column = build.page("/column", items=[build.item("/1"), build.item("/2")])
    home = build.home(columns={"Mailbox": ("/column", "mailbox")})
    blocked = build.failed("/2", Failure.BLOCKED, 403)
    evidence = build.evidence(column, letter(build, published=day), home=home, failed=[blocked])
    assert outcome(measure(evidence)) == found
