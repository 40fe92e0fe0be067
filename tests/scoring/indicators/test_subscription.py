from scoring.indicators.subscription import subscription


def measure(evidence):
    return subscription.run(evidence)


def test_a_page_with_content_in_the_language_counts_and_is_cited(build, outcome):
    page = build.page("/column")
    found = measure(build.column("subscription", page))
    assert outcome(found) == ("measured", 1)
    assert found.evidence[0].capture == page.ref.capture


def test_an_entry_over_an_empty_a_chinese_or_no_page_earns_nothing(build, outcome):
    assert outcome(measure(build.column("subscription", build.page("/column", text="")))) == ("measured", 0)
    assert outcome(measure(build.column("subscription", build.page("/column", body="zh")))) == ("measured", 0)
    assert outcome(measure(build.column("subscription", failed=[build.failed("/column")]))) == ("measured", 0)
    assert outcome(measure(build.column("news", build.page("/column")))) == ("measured", 0)


def test_a_page_that_was_not_opened_is_not_measured(build, outcome):
    assert outcome(measure(build.column("subscription"))) == ("not_measured", None)
