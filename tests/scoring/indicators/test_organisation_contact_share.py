from scoring.indicators.organisation_contact_share import organisation_contact_share


def measure(evidence):
    return organisation_contact_share.run(evidence)


def test_bodies_with_function_and_contact_are_measured_high(build, outcome):
    lines = ["Foreign Affairs Office", "Visits and sister cities", "1 Quay Street"]
    text = "\n".join([*lines, "Bureau of Commerce", "Foreign trade", "+86-399-555-0102"])
    page = build.page("/column", text=text)
    found = measure(build.column("organisation", page))
    assert outcome(found) == ("measured", 1)
    assert found.evidence[0].cue.startswith("Foreign Affairs Office: Visits and sister cities")


def test_bodies_short_of_either_count_against_it_and_are_cited(build, outcome):
    page = build.saved("organisation")
    found = measure(build.column("organisation", page))
    assert outcome(found) == ("measured", 0.5)
    assert found.n == 4
    assert [ref.cue.partition(":")[0] for ref in found.evidence] == ["Bureau of Education", "Bureau of Culture"]


def test_a_body_told_short_in_one_place_and_in_full_in_another_counts_once_and_full(build, outcome):
    one = build.page("/column", text="Bureau of Commerce\nBureau of Education\n" + build.long)
    other = build.page(
        "/1", text="Bureau of Commerce\nForeign trade\n2 Quay Street\n" + build.long, column_type="organisation"
    )
    home = build.home(columns={"Government": ("/column", "organisation")})
    found = measure(build.evidence(one, other, home=home))
    assert found.n == 2
    assert "1 of 2" in found.note


def test_a_column_that_names_no_body_is_measured_low(build, outcome):
    page = build.page("/column")
    found = measure(build.column("organisation", page))
    assert outcome(found) == ("measured", 0)
    assert [ref.capture for ref in found.evidence] == [page.ref.capture]


def test_a_chinese_list_under_the_menu_entry_is_measured_low(build, outcome):
    page = build.page("/column", body="zh-Hans", text="外事办公室 滨江大道1号" * 20)
    assert outcome(measure(build.column("organisation", page))) == ("measured", 0)


def test_a_column_that_was_not_fetched_leaves_it_open(build, outcome):
    assert outcome(measure(build.column("organisation"))) == ("not_measured", None)
    home = build.home(columns={"One": ("/column", "organisation"), "Other": ("/other", "organisation")})
    assert outcome(measure(build.evidence(build.saved("organisation"), home=home))) == ("not_measured", None)
