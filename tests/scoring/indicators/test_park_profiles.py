from crawler.model import Failure
from scoring.indicators.park_profiles import park_profiles


def measure(build, *pages):
    return park_profiles.run(build.evidence(*pages, home=build.home(columns={"Parks": ("/column", "parks")})))


def test_pages_that_introduce_a_zone_are_counted_and_cited(build, outcome):
    one = build.saved("investment")
    zones = [build.page(f"/{i}", title=f"Zone {i} Industrial Park", column_type="parks") for i in range(2)]
    found = measure(build, one, *zones)
    assert outcome(found) == ("measured", 3)
    assert "Infrastructure in the Eastern Development Zone is complete: 42" in found.evidence[0].cue
    assert found.evidence[1].cue == "title: Zone 0 Industrial Park"


def test_a_zone_that_is_only_named_does_not_count(build, outcome):
    page = build.page("/column", text="Many companies have settled in the Eastern Development Zone by the river. " * 4)
    found = measure(build, page)
    assert outcome(found) == ("measured", 0)
    assert [ref.capture for ref in found.evidence] == [page.ref.capture]


def test_a_zone_told_in_chinese_does_not_count(build, outcome):
    page = build.page("/column", title="Industrial Park", body="zh-Hans")
    assert outcome(measure(build, page)) == ("measured", 0)


def test_a_column_that_was_not_fetched_leaves_it_open(build, outcome):
    assert outcome(measure(build)) == ("not_measured", None)


def test_a_profile_that_a_firewall_kept_from_us_leaves_the_count_open(build, outcome):
    column = build.page("/column", title="Eastern Industrial Park", items=[build.item("/parks/2")])
    home = build.home(columns={"Parks": ("/column", "parks")})
    failures = [build.failed("/parks/2", Failure.TIMEOUT, None), build.failed("/parks/2")]
    found = [park_profiles.run(build.evidence(column, home=home, failed=[one])) for one in failures]
    assert [outcome(one) for one in found] == [("not_measured", None), ("measured", 1)]
