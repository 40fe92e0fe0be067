from datetime import date

from scoring.indicators.policy_dated_share import policy_dated_share


def column(build, items, **given):
    listing = build.page("/column", text=build.short, items=items)
    home = build.home(columns={"Laws": ("/column", "laws")})
    return policy_dated_share.run(build.evidence(listing, home=home), given)


def laws(build, *days):
    return [build.item(f"/column/{i}", day) for i, day in enumerate(days)]


def test_laws_with_dates_are_measured_high(build, outcome):
    assert outcome(column(build, laws(build, *[date(2026, 5, 4)] * 4))) == ("measured", 1)


def test_laws_without_are_measured_low_and_cited(build, outcome):
    found = column(build, laws(build, None, None, None, date(2026, 5, 4)))
    assert outcome(found) == ("measured", 1 / 4)
    assert all(ref.cue.endswith("no date") for ref in found.evidence)


def test_how_many_laws_are_needed_is_a_parameter(build, outcome):
    items = laws(build, date(2026, 5, 4), None)
    assert outcome(column(build, items)) == ("not_measured", None)
    assert outcome(column(build, items, fewest=2)) == ("measured", 1 / 2)


def test_a_version_without_laws_has_nothing_to_date(build, outcome):
    home = build.home(columns={"News": ("/news", "news")})
    assert outcome(policy_dated_share.run(build.evidence(home=home))) == ("not_applicable", None)


def test_a_column_that_was_not_fetched_leaves_it_open(build, outcome):
    assert outcome(policy_dated_share.run(build.column("laws"))) == ("not_measured", None)
