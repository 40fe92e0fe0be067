from crawler.model import Failure
from scoring.indicators.published_replies import published_replies

LETTER = "Question: Can I hand in my application on a Saturday, and where is the office? Received June 18, 2026.\n"
REPLY = "Reply: Yes, on the first Saturday of each month, from nine to noon. Answered June 22, 2026."


def measure(evidence):
    return published_replies.run(evidence)


def letter(build, path, text=LETTER + REPLY, **options):
    return build.page(path, text=text, **{"column_type": "mailbox", "depth": 2, **options})


def test_letters_with_a_reply_are_counted_and_cited(build, outcome):
    pages = [letter(build, "/1"), letter(build, "/2"), letter(build, "/3", LETTER * 2)]
    found = measure(build.evidence(*pages, home=build.home()))
    assert outcome(found) == ("measured", 2)
    assert found.n == 3
    assert "asked 2026-06-18, replied 2026-06-22" in found.evidence[0].cue


def test_a_chinese_letter_and_a_form_do_not_count(build, outcome):
    column = build.page("/column", text=build.long)
    chinese, form = letter(build, "/1", body="zh"), letter(build, "/2", forms=(build.form(),))
    evidence = build.evidence(column, chinese, form, home=build.home(columns={"Mailbox": ("/column", "mailbox")}))
    assert outcome(measure(evidence)) == ("measured", 0)


def test_without_a_mailbox_column_there_are_none(build, outcome):
    assert outcome(measure(build.evidence(home=build.home(columns={"News": ("/n", "news")})))) == ("measured", 0)


def test_a_column_or_letters_that_were_not_opened_leave_it_open(build, outcome):
    assert outcome(measure(build.column("mailbox"))) == ("not_measured", None)
    listed = build.page("/column", items=3, column_type="mailbox")
    assert outcome(measure(build.column("mailbox", listed))) == ("not_measured", None)


def test_letters_that_a_firewall_kept_from_us_leave_the_count_open(build, outcome):
    column = build.page("/column", items=[build.item("/1"), build.item("/2")])
    home = build.home(columns={"Mailbox": ("/column", "mailbox")})
    failed = [build.failed("/2", Failure.BLOCKED, 403)]
    found = measure(build.evidence(column, letter(build, "/1"), home=home, failed=failed))
    assert outcome(found) == ("not_measured", None)


def test_ten_published_replies_are_measured_high(build, outcome):
    pages = [letter(build, f"/{i}") for i in range(10)]
    assert outcome(measure(build.evidence(*pages, home=build.home()))) == ("measured", 10)
