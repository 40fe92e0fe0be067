import pytest

from scoring.indicators.reply_promise import reply_promise


def measure(evidence):
    return reply_promise.run(evidence)


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("en", "Every message receives a reply within five working days."),
        ("en", "We answer letters in 3 to 5 days."),
        ("fr", "Vous recevrez une réponse dans un délai de dix jours ouvrables."),
        ("ja", "5営業日以内に回答します。"),
    ],
)
def test_a_time_for_the_reply_is_a_promise(build, outcome, body, sentence):
    page = build.page("/column", text=build.long + sentence, body="en" if body != "en" else body)
    found = measure(build.column("mailbox", page))
    assert outcome(found) == ("measured", 1)
    assert sentence[:20] in found.evidence[0].cue


def test_a_reply_without_a_time_or_a_promise_in_chinese_is_none(build, outcome):
    page = build.page("/column", text=build.long + "We answer all letters. The office moves in two weeks.")
    assert outcome(measure(build.column("mailbox", page))) == ("measured", 0)
    chinese = build.page("/column", text="reply within 5 days", body="zh")
    assert outcome(measure(build.column("contact", chinese))) == ("measured", 0)
    assert outcome(measure(build.column("news", build.page("/column")))) == ("measured", 0)


def test_an_unseen_mailbox_or_one_of_unknown_language_is_not_measured(build, outcome):
    assert outcome(measure(build.column("mailbox"))) == ("not_measured", None)
    assert outcome(measure(build.column("mailbox", build.page("/column", body="und")))) == ("not_measured", None)
