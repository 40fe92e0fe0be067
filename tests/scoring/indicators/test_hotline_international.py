from scoring.indicators.hotline_international import hotline_international


def measure(evidence):
    return hotline_international.run(evidence)


def test_a_number_with_country_code_on_any_page_earns_the_point(build, outcome):
    number = build.phone("+86 10 1234 5678", international=True)
    page = build.page("/deep", contacts=(build.phone("12345"), number))
    found = measure(build.evidence(page, home=build.home()))
    assert outcome(found) == ("measured", 1)
    assert found.evidence[0].capture == page.ref.capture
    assert found.evidence[0].cue == "+86 10 1234 5678"


def test_numbers_without_country_code_earn_nothing_and_are_cited(build, outcome):
    home = build.home(contacts=(build.phone("010-12345678"),))
    found = measure(build.evidence(home=home))
    assert outcome(found) == ("measured", 0)
    assert found.evidence[0].cue == "010-12345678"


def test_no_number_at_all_earns_nothing_and_cites_the_home_page(build, outcome):
    home = build.home(contacts=(build.email(),))
    found = measure(build.evidence(home=home))
    assert outcome(found) == ("measured", 0)
    assert found.evidence[0].capture == home.ref.capture


def test_a_contact_page_that_was_not_fetched_leaves_it_open(build, outcome):
    assert outcome(measure(build.column("contact"))) == ("not_measured", None)


def test_a_home_page_that_only_sends_its_reader_on_is_not_measured(build, outcome):
    home = build.home(text="", onward=(build.onward("/real"),))
    assert outcome(measure(build.evidence(home=home))) == ("not_measured", None)


def test_without_the_home_page_nothing_is_measured(build, outcome):
    assert outcome(measure(build.evidence(build.page()))) == ("not_measured", None)


def test_contacts_that_we_failed_to_read_are_not_taken_for_missing_ones(build, outcome):
    page = build.page("/a", problems=("contacts: ValueError broken",))
    assert outcome(measure(build.evidence(page, home=build.home()))) == ("not_measured", None)
