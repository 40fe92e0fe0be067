from scoring.indicators.health_information import health_information


def measure(evidence):
    return health_information.run(evidence)


def visitors(build, **page):
    home = build.home(columns={"Services": ("/services", "services")})
    page = {"title": "Seeing a Doctor in Heyuan", "column_type": "services", **page}
    return build.evidence(build.page("/services", items=3), build.page("/services/1", **page), home=home)


def test_a_column_in_the_language_of_the_version_is_measured_high(build, outcome):
    page = build.page("/column")
    found = measure(build.column("health", page))
    assert outcome(found) == ("measured", 1)
    assert found.evidence[0].capture == page.ref.capture


def test_a_page_under_another_column_counts_by_its_title(build, outcome):
    found = measure(visitors(build))
    assert outcome(found) == ("measured", 1)
    assert found.evidence[0].cue == "Seeing a Doctor in Heyuan"


def test_news_on_the_matter_is_no_information_to_live_by(build, outcome):
    assert outcome(measure(visitors(build, column_type="news"))) == ("measured", 0)


def test_a_title_over_a_chinese_or_an_empty_page_is_measured_low(build, outcome):
    assert outcome(measure(visitors(build, body="zh-Hans"))) == ("measured", 0)
    assert outcome(measure(visitors(build, text=build.short))) == ("measured", 0)


def test_a_column_that_was_not_fetched_leaves_it_open(build, outcome):
    assert outcome(measure(build.column("health"))) == ("not_measured", None)
