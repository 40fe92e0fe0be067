from crawler.model import Failure
from scoring.indicators.special_topics import special_topics


def column(build, *pages, items=(), failed=()):
    listing = build.page("/column", text=build.short, items=list(items))
    home = build.home(columns={"Topics": ("/column", "topics")})
    return special_topics.run(build.evidence(listing, *pages, home=home, failed=list(failed)))


def topic(build, number, **options):
    return build.page(f"/column/{number}", column_type="topics", **options)


def test_topics_that_open_are_counted_and_cited(build, outcome):
    pages = [topic(build, number) for number in range(3)]
    found = column(build, *pages, items=[build.item(f"/column/{number}") for number in range(5)])
    assert outcome(found) == ("measured", 3)
    assert {ref.capture for ref in found.evidence} == {page.ref.capture for page in pages}


def test_empty_and_chinese_topics_are_measured_low(build, outcome):
    items = [build.item("/column/1"), build.item("/column/2")]
    pages = [topic(build, 1, body="zh-Hans"), topic(build, 2, text=build.short)]
    assert outcome(column(build, *pages, items=items)) == ("measured", 0)


def test_topics_of_which_none_was_opened_are_not_measured(build, outcome):
    assert outcome(column(build, items=[build.item("/column/1")])) == ("not_measured", None)


def test_a_column_page_that_is_a_topic_itself_counts_as_one(build, outcome):
    assert outcome(special_topics.run(build.column("topics", build.page("/column")))) == ("measured", 1)


def test_a_version_without_topics_is_measured_low(build, outcome):
    home = build.home(columns={"News": ("/news", "news")})
    assert outcome(special_topics.run(build.evidence(home=home))) == ("measured", 0)


def test_a_column_that_was_not_fetched_leaves_it_open(build, outcome):
    assert outcome(special_topics.run(build.column("topics"))) == ("not_measured", None)


def test_a_topic_that_a_firewall_kept_from_us_leaves_the_count_open(build, outcome):
    items = [build.item("/column/1"), build.item("/column/2")]
    found = column(build, topic(build, 1), items=items, failed=[build.failed("/column/2", Failure.BLOCKED, 403)])
    assert outcome(found) == ("not_measured", None)
    assert outcome(column(build, topic(build, 1), items=items, failed=[build.failed("/column/2")])) == ("measured", 1)
