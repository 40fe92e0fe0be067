from scoring.indicators.leader_details import leader_details


def measure(evidence):
    return leader_details.run(evidence)


def test_leaders_with_portfolio_and_contact_are_measured_high(build, outcome):
    text = "Mayor: Shen Ruochuan, in charge of finance. Phone: +86-399-555-0101\n" + build.long
    found = measure(build.column("leaders", build.page("/column", text=text)))
    assert outcome(found) == ("measured", 1)
    assert found.evidence[0].cue.startswith("Mayor Shen Ruochuan")


def test_half_a_point_is_given_for_either(build, outcome):
    page = build.saved("leaders")
    found = measure(build.column("leaders", page))
    assert outcome(found) == ("measured", 3 / 6)
    assert "of 3 leaders 2 are told with their portfolio and 1 with a contact" in found.note
    assert {ref.capture for ref in found.evidence} == {page.ref.capture}


def test_names_alone_are_measured_low(build, outcome):
    text = "Mayor: Shen Ruochuan\nVice Mayor: Su Yanqing\n"
    page = build.page("/column", text=text, items=3)
    assert outcome(measure(build.column("leaders", page))) == ("measured", 0)


def test_a_column_that_names_nobody_is_measured_low(build, outcome):
    assert outcome(measure(build.column("leaders", build.page("/column")))) == ("measured", 0)


def test_leaders_told_in_chinese_are_measured_low(build, outcome):
    page = build.saved("leaders_zh", "/column")
    found = measure(build.column("leaders", page))
    assert outcome(found) == ("measured", 0)
    assert [ref.capture for ref in found.evidence] == [page.ref.capture]


def test_a_column_that_was_not_fetched_leaves_it_open(build, outcome):
    assert outcome(measure(build.column("leaders"))) == ("not_measured", None)
    home = build.home(columns={"One": ("/column", "leaders"), "Other": ("/other", "leaders")})
    assert outcome(measure(build.evidence(build.saved("leaders"), home=home))) == ("not_measured", None)
