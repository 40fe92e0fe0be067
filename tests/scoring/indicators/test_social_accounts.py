from scoring.indicators.social_accounts import social_accounts


def test_networks_are_counted_once_over_all_pages(build, outcome):
    home = build.home(social=(build.social("x"), build.social("facebook")))
    page = build.page("/a", social=(build.social("x"), build.social("youtube")))
    found = social_accounts.run(build.evidence(page, home=home))
    assert outcome(found) == ("measured", 3)
    assert [ref.cue.split(":")[0] for ref in found.evidence] == ["facebook", "x", "youtube"]
    assert found.evidence[1].capture == home.ref.capture


def test_no_account_is_a_zero_that_cites_the_home_page(build, outcome):
    home = build.home()
    found = social_accounts.run(build.evidence(build.page(), home=home))
    assert outcome(found) == ("measured", 0)
    assert found.evidence[0].capture == home.ref.capture


def test_at_most_five_networks_are_cited_however_many_there_are(build, outcome):
    home = build.home(social=tuple(build.social(f"n{i}") for i in range(8)))
    assert outcome(social_accounts.run(build.evidence(home=home))) == ("measured", 8)


def test_a_home_page_that_only_sends_its_reader_on_is_not_measured(build, outcome):
    home = build.home(text="", onward=(build.onward("/real"),))
    assert outcome(social_accounts.run(build.evidence(home=home))) == ("not_measured", None)


def test_without_the_home_page_nothing_is_measured(build, outcome):
    found = social_accounts.run(build.evidence(build.page(social=(build.social("x"),))))
    assert outcome(found) == ("not_measured", None)


def test_links_that_we_failed_to_read_are_not_taken_for_missing_ones(build, outcome):
    page = build.page("/a", problems=("social: ValueError broken",))
    assert outcome(social_accounts.run(build.evidence(page, home=build.home()))) == ("not_measured", None)
