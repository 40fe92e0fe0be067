from scoring.indicators.core_column_clicks import core_column_clicks


def test_columns_of_the_home_pages_menu_are_one_click_away(build, outcome):
    home = build.home(columns={"News": ("/news", "news"), "Visa": ("/visa", "visa")})
    found = core_column_clicks.run(build.evidence(build.page("/news"), build.page("/visa", depth=4), home=home))
    assert outcome(found) == ("measured", 1)
    assert found.n == 2


def test_columns_of_inner_menus_are_as_far_as_the_links_that_led_there(build, outcome):
    home = build.home(columns={"Services": ("/services", "services"), "News": ("/news", "news")})
    services = build.page("/services", columns={"Visa": ("/visa", "visa")})
    found = core_column_clicks.run(
        build.evidence(services, build.page("/news"), build.page("/visa", depth=3), home=home)
    )
    assert outcome(found) == ("measured", 2)
    assert found.evidence[0].cue == "“Visa”: 3 clicks"


def test_columns_that_were_not_captured_and_unread_menus_are_not_measured(build, outcome):
    home = build.home(columns={"News": ("/news", "news")})
    assert outcome(core_column_clicks.run(build.evidence(home=home))) == ("not_measured", None)
    unread = build.home(problems=("menus: columns and forms were not read",))
    assert outcome(core_column_clicks.run(build.evidence(home=unread))) == ("not_measured", None)


def test_columns_four_clicks_deep_are_measured_low(build, outcome):
    home = build.home(columns={"Services": ("/services", "services")})
    services = build.page("/services", columns={"Visa": ("/visa", "visa")})
    found = core_column_clicks.run(build.evidence(services, build.page("/visa", depth=4), home=home))
    assert outcome(found) == ("measured", 4)
