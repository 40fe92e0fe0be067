from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from scrapy.http import HtmlResponse

from crawler.availability import OUTAGE_NOTE, UNSEEN, Availability, Visit, without_our_outage
from crawler.model import Failure
from crawler.probes import availability, metadata, store_visits, stored_visits
from crawler.spiders.availability import failure_of_home

MONDAY = datetime(2026, 5, 31, 16, 0, tzinfo=UTC)  # midnight in Shanghai
WEEK = timedelta(days=7)


def visit(moment=MONDAY, *, failure=None, seconds=0.5, **changes):
    status = None if failure else 200
    found = Visit("a", "en", "http://en.a.gov.example/", moment, status, failure, "", seconds)
    return replace(found, **changes)


def new_engine():
    engine = sa.create_engine("sqlite://")
    metadata.create_all(engine)
    return engine


@pytest.fixture
def engine():
    return new_engine()


def week(engine, until=MONDAY + WEEK, site="a", version="en"):
    return availability(engine, site, version, MONDAY, until)


def test_before_the_first_visit_there_is_no_share(engine):
    assert week(engine) == Availability(0, 0, 0, None, 0, 0, 0)


def test_failed_and_slow_visits_make_the_share(engine):
    store_visits(engine, [visit(seconds=15.0), visit(failure=Failure.TIMEOUT, seconds=30.0)])
    store_visits(engine, [visit(seconds=14.999)] * 38)
    found = week(engine)
    assert (found.visits, found.failed, found.slow, found.share) == (40, 1, 1, 0.05)


def test_a_visit_on_which_we_saw_nothing_of_the_site_is_held_against_nobody(engine):
    store_visits(engine, [visit(failure=failure) for failure in sorted(UNSEEN)])
    store_visits(engine, [visit(), visit(failure=Failure.DNS)])
    assert week(engine) == Availability(2, 1, 0, 0.5, blocked=1, unseen=3, full_days=0)


def test_stored_visits_come_back_as_they_were_oldest_first(engine):
    later, earlier = visit(MONDAY + WEEK / 2, failure=Failure.DNS), visit()
    assert stored_visits(engine, "a", "en", MONDAY, MONDAY + WEEK) == ()
    store_visits(engine, [later, earlier])
    assert stored_visits(engine, "a", "en", MONDAY, MONDAY + WEEK) == (earlier, later)


def test_a_page_too_large_for_us_has_opened(engine):
    store_visits(engine, [visit(failure=Failure.TOO_LARGE)])
    assert week(engine).share == 0


def test_a_full_day_has_twenty_visits_on_the_sites_calendar(engine):
    store_visits(engine, [visit(MONDAY + timedelta(hours=hour)) for hour in range(24)])
    store_visits(engine, [visit(MONDAY + timedelta(days=1, hours=hour)) for hour in range(19)])
    blocked = [visit(MONDAY + timedelta(days=2, hours=hour), failure=Failure.BLOCKED) for hour in range(24)]
    store_visits(engine, blocked)
    assert week(engine).full_days == 1


def test_only_visits_of_the_span_the_site_and_the_version_count(engine):
    store_visits(engine, [visit(MONDAY - timedelta(microseconds=1)), visit(MONDAY), visit(MONDAY + WEEK)])
    store_visits(engine, [visit(version="zh"), visit(site_id="b")])
    assert week(engine).visits == 1
    assert week(engine, version="zh").visits == 1
    assert week(engine, site="b").visits == 1
    assert week(engine, until=MONDAY).visits == 0


FAILURES = st.none() | st.sampled_from(list(Failure))


@given(st.lists(st.tuples(FAILURES, st.floats(0, 60)), max_size=40))
def test_every_visit_is_counted_once_and_the_share_lies_between_0_and_1(visits):
    engine = new_engine()
    store_visits(engine, [visit(failure=failure, seconds=seconds) for failure, seconds in visits])
    found = week(engine)
    assert found.visits + found.blocked + found.unseen == len(visits)
    assert (found.share is None) == (found.visits == 0)
    assert 0 <= (found.share or 0) <= 1


def sweep(*failures):
    return [
        visit(url=f"http://www.{name}.gov.example/", failure=f) for name, f in zip("abcdef", failures, strict=False)
    ]


def test_where_no_body_can_be_reached_the_fault_is_called_ours():
    found = without_our_outage(sweep(Failure.DNS, Failure.TIMEOUT, Failure.NO_ANSWER))
    assert {(item.failure, item.note) for item in found} == {(Failure.OTHER, OUTAGE_NOTE)}


@pytest.mark.parametrize(
    "visits",
    [
        sweep(Failure.DNS, Failure.DNS),
        sweep(Failure.DNS, Failure.DNS, None),
        sweep(Failure.DNS, Failure.DNS, Failure.HTTP_ERROR),
        [visit(url=f"http://{name}.a.gov.example/", failure=Failure.DNS) for name in ("www", "en", "fr", "ja")],
        [],
    ],
    ids=["two bodies only", "one opened", "one answered", "one body", "nothing"],
)
def test_failures_that_chance_or_a_body_explains_stay_the_sites(visits):
    assert without_our_outage(visits) == visits


@pytest.mark.parametrize(
    ("status", "body", "failure"),
    [
        (200, "<html><body><h1>市政府</h1></body></html>", None),
        (404, "<html>gone</html>", Failure.HTTP_ERROR),
        (503, "<html>down</html>", Failure.HTTP_ERROR),
        (403, "<html>no</html>", Failure.BLOCKED),
        (412, "", Failure.BLOCKED),
        (200, "<html><script>var $_ts=1</script></html>", Failure.BLOCKED),
    ],
)
def test_a_home_page_has_opened_only_where_the_site_itself_gave_a_page(status, body, failure):
    response = HtmlResponse("http://a.example/", status=status, body=body.encode("gb18030"))
    assert failure_of_home(response)[0] is failure
