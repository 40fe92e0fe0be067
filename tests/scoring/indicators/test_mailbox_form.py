import pytest

from scoring.indicators.mailbox_form import mailbox_form


def measure(evidence):
    return mailbox_form.run(evidence)


def test_a_form_in_the_language_of_the_version_earns_the_point_wherever_it_stands(build, outcome):
    page = build.page("/write", forms=(build.form(),))
    found = measure(build.evidence(page, home=build.home()))
    assert outcome(found) == ("measured", 1)
    assert found.evidence[0].capture == page.ref.capture
    assert "Your name" in found.evidence[0].cue


def test_the_labels_tell_the_language_where_the_page_says_too_little(build, outcome):
    page = build.page("/write", body="und", text="", forms=(build.form(),))
    assert outcome(measure(build.evidence(page, home=build.home()))) == ("measured", 1)


@pytest.mark.parametrize(("body", "labels"), [("en", "您的姓名 留言内容"), ("zh", "Name"), ("und", "您的姓名")])
def test_a_chinese_form_earns_nothing_and_is_cited(build, outcome, body, labels):
    page = build.page("/write", body=body, forms=(build.form(labels=labels),))
    found = measure(build.evidence(page, home=build.home()))
    assert outcome(found) == ("measured", 0)
    assert "offers readers of English" in found.note
    assert found.evidence[0].capture == page.ref.capture


def test_a_search_form_is_no_mailbox(build, outcome):
    home = build.home(columns={"News": ("/news", "news")}, forms=(build.form("search"),))
    assert outcome(measure(build.evidence(home=home))) == ("measured", 0)


@pytest.mark.parametrize("kind", ["mailbox", "contact"])
def test_an_address_on_a_contact_page_in_the_language_earns_the_point(build, outcome, kind):
    page = build.page("/column", contacts=(build.email(),))
    found = measure(build.column(kind, page))
    assert outcome(found) == ("measured", 1)
    assert found.evidence[0].cue == "office@example.gov.cn"


def test_an_address_anywhere_else_or_on_a_chinese_contact_page_does_not(build, outcome):
    elsewhere = build.page("/news/1", contacts=(build.email(),), column_type="news")
    home = build.home(columns={"News": ("/news", "news")})
    assert outcome(measure(build.evidence(elsewhere, home=home))) == ("measured", 0)
    chinese = build.page("/column", body="zh", contacts=(build.email(),))
    assert outcome(measure(build.column("contact", chinese))) == ("measured", 0)


def test_a_contact_page_without_form_or_address_is_cited(build, outcome):
    page = build.page("/column")
    found = measure(build.column("contact", page))
    assert outcome(found) == ("measured", 0)
    assert found.evidence[0].capture == page.ref.capture


def test_a_mailbox_whose_language_cannot_be_told_is_not_measured(build, outcome):
    form = build.page("/write", body="und", forms=(build.form(labels=""),))
    assert outcome(measure(build.evidence(form, home=build.home()))) == ("not_measured", None)
    address = build.page("/column", body="und", contacts=(build.email(),))
    assert outcome(measure(build.column("contact", address))) == ("not_measured", None)


@pytest.mark.parametrize("problem", ["menus: columns and forms were not read", "forms: ValueError broken"])
def test_forms_that_were_not_read_are_not_taken_for_missing_ones(build, outcome, problem):
    page = build.page("/column", problems=(problem,))
    assert outcome(measure(build.column("contact", page))) == ("not_measured", None)


def test_a_mailbox_that_could_not_be_looked_at_is_not_held_against_the_site(build, outcome):
    found = measure(build.column("mailbox"))
    assert outcome(found) == ("not_measured", None)
    assert build.url("/column") in found.note


def test_without_the_home_page_or_its_menu_a_missing_form_proves_nothing(build, outcome):
    assert outcome(measure(build.evidence(build.page()))) == ("not_measured", None)
    assert outcome(measure(build.evidence(home=build.home()))) == ("not_measured", None)
