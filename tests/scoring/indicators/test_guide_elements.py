from scoring.indicators.guide_elements import guide_elements


def measure(build, *pages, **given):
    home = build.home(columns={"Services": ("/column", "services")})
    return guide_elements.run(build.evidence(*pages, home=home), given)


def test_a_guide_with_all_eight_elements_is_measured_high_and_cited(build, outcome):
    page = build.saved("guide")
    found = measure(build, page)
    assert outcome(found) == ("measured", 1)
    assert [ref.capture for ref in found.evidence] == [page.ref.capture]
    assert found.evidence[0].cue.endswith("all elements")


def test_what_a_guide_leaves_out_is_named_in_its_citation(build, outcome):
    page = build.saved("guide", swap=("<h2>Phone</h2>\n<p>Phone: +86-399-555-0133</p>", ""))
    found = measure(build, page)
    assert outcome(found) == ("measured", 7 / 8)
    assert found.evidence[0].cue.endswith("without phone")


def test_the_mean_is_taken_over_all_guides(build, outcome):
    poor = "Bring your passport and a photograph to 66 Quay Street on working days. "
    poor += "Have a good time in our city, and come back soon."
    other = build.page("/column/1", text=poor, column_type="services")
    found = measure(build, build.saved("guide"), other)
    assert outcome(found) == ("measured", (1 + 4 / 8) / 2)
    assert found.n == 2


def test_services_without_a_guide_are_measured_low(build, outcome):
    page = build.page("/column")
    found = measure(build, page)
    assert outcome(found) == ("measured", 0)
    assert [ref.capture for ref in found.evidence] == [page.ref.capture]


def test_how_many_elements_make_a_guide_is_a_parameter(build, outcome):
    page = build.page(
        "/column", text="Bring your passport to 66 Quay Street. It is a friendly office in a quiet place. " * 3
    )
    assert outcome(measure(build, page)) == ("measured", 0)
    assert outcome(measure(build, page, fewest_elements=2)) == ("measured", 3 / 8)


def test_a_guide_left_in_chinese_is_measured_low(build, outcome):
    assert outcome(measure(build, build.page("/column", body="zh-Hans"))) == ("measured", 0)


def test_a_column_that_was_not_fetched_leaves_it_open(build, outcome):
    assert outcome(measure(build)) == ("not_measured", None)
