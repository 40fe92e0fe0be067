import pytest

from scoring.indicators.reply_lag_days import reply_lag_days


def measure(evidence):
    return reply_lag_days.run(evidence)


def letter(build, path, asked, replied, **options):
    text = f"Question: How long may I stay in the city with my visa, and where do I extend it? Received {asked}.\n"
    text += f"Reply: As long as the visa says; the exit-entry hall extends it. Answered {replied}." if replied else ""
    return build.page(path, text=text, **{"column_type": "mailbox", "depth": 2, **options})


@pytest.mark.parametrize(("replied", "days"), [("June 2, 2026", 1), ("August 10, 2026", 70)])
def test_the_time_to_a_reply_is_measured_low_and_high(build, outcome, replied, days):
    found = measure(build.evidence(letter(build, "/1", "June 1, 2026", replied), home=build.home()))
    assert outcome(found) == ("measured", days)


def test_it_is_the_median_and_the_slowest_is_cited_first(build, outcome):
    days = {"/1": "June 2, 2026", "/2": "June 6, 2026", "/3": "July 31, 2026"}
    found = measure(build.evidence(*(letter(build, p, "June 1, 2026", d) for p, d in days.items()), home=build.home()))
    assert outcome(found) == ("measured", 5)
    assert found.evidence[0].url == build.url("/3")


def test_a_reply_before_its_letter_or_without_dates_tells_nothing(build, outcome):
    backwards = letter(build, "/1", "June 9, 2026", "June 2, 2026")
    assert outcome(measure(build.evidence(backwards, home=build.home()))) == ("not_measured", None)


def test_a_version_without_letters_has_nothing_to_measure(build, outcome):
    none = build.evidence(home=build.home(columns={"News": ("/n", "news")}))
    assert outcome(measure(none)) == ("not_applicable", None)
    empty = build.column("mailbox", build.page("/column", column_type="mailbox"))
    assert outcome(measure(empty)) == ("not_applicable", None)


def test_a_mailbox_that_could_not_be_looked_at_is_not_measured(build, outcome):
    assert outcome(measure(build.column("mailbox"))) == ("not_measured", None)
