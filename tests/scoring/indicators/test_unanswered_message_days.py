import pytest

from scoring.indicators.unanswered_message_days import unanswered_message_days


def measure(evidence):
    return unanswered_message_days.run(evidence)


def letter(build, path, asked, reply=""):
    text = (
        f"Question: How long may I stay in the city with my visa, and where do I extend it? Received {asked}.\n{reply}"
    )
    return build.page(path, text=text, column_type="mailbox", depth=2)


@pytest.mark.parametrize(("asked", "days"), [("October 30, 2026", 1), ("January 4, 2026", 300)])
def test_the_oldest_letter_without_a_reply_is_measured_low_and_high(build, outcome, asked, days):
    waiting = [letter(build, "/1", asked), letter(build, "/2", "October 30, 2026")]
    found = measure(build.evidence(*waiting, home=build.home()))
    assert outcome(found) == ("measured", days)
    assert found.evidence[0].url == build.url("/1")


def test_answered_letters_leave_nobody_waiting(build, outcome):
    reply = "Reply: As long as the visa says. Answered June 3, 2026."
    found = measure(build.evidence(letter(build, "/1", "June 1, 2026", reply), home=build.home()))
    assert outcome(found) == ("measured", 0)


def test_letters_older_than_a_year_are_outside_the_rule(build, outcome):
    found = measure(build.evidence(letter(build, "/1", "June 1, 2024"), home=build.home()))
    assert outcome(found) == ("not_measured", None)


def test_no_letters_are_not_applicable_and_an_unseen_mailbox_is_not_measured(build, outcome):
    none = build.evidence(home=build.home(columns={"News": ("/n", "news")}))
    assert outcome(measure(none)) == ("not_applicable", None)
    assert outcome(measure(build.column("mailbox"))) == ("not_measured", None)
