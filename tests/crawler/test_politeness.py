import asyncio
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy.http import Request, Response
from scrapy.robotstxt import ProtegoRobotParser

from crawler.manners import Manners
from crawler.pace import Pace, TotalRate, host_name, retry_after_seconds
from crawler.politeness import TOOK, Politeness, Stopping

NOW = datetime(2026, 6, 1, 4, 0, tzinfo=UTC)  # noon in Shanghai


class Clock:
    """Time that passes only while somebody sleeps or works."""

    def __init__(self, wall=NOW):
        self.now = 1_000.0
        self.begun = wall

    def monotonic(self):
        return self.now

    def wall(self):
        return self.begun + timedelta(seconds=self.now - 1_000)

    async def sleep(self, seconds):
        self.now += seconds
        await asyncio.sleep(0)


def polite(clock, manners, **options):
    return Politeness(manners, clock=clock.monotonic, wall=clock.wall, sleep=clock.sleep, **options)


def crawl(clock, politeness, *fetches):
    """Ask one after the other: (url, seconds until the answer, status, headers) → the seconds at which each began."""

    async def run():
        starts = []
        for url, took, status, headers in fetches:
            request = Request(url)
            await politeness.process_request(request)
            starts.append(clock.now - 1_000)
            clock.now += took
            if status is None:
                politeness.process_exception(request, TimeoutError())
            else:
                politeness.process_response(request, Response(url, status=status, headers=headers))
        return starts

    return asyncio.run(run())


def ok(url="http://a.example/", took=0.0, status=200, **headers):
    return (url, took, status, {name.replace("_", "-"): value for name, value in headers.items()})


def test_two_requests_to_a_host_start_a_delay_apart():
    clock = Clock()
    starts = crawl(clock, polite(clock, Manners(delay=2.0)), ok(took=0.2), ok(took=0.2), ok())
    assert starts == pytest.approx([0, 2, 4])


def test_a_host_that_always_answers_alike_is_asked_once_a_delay():
    clock = Clock()
    starts = crawl(clock, polite(clock, Manners(delay=2.0)), *[ok(took=0.9)] * 4)
    assert [later - earlier for earlier, later in pairwise(starts)] == pytest.approx([2.7, 2, 2])


def test_what_may_have_been_sent_late_counts_from_when_it_must_have_been_sent():
    clock = Clock()
    starts = crawl(clock, polite(clock, Manners(delay=5.0)), ok(took=0.8), ok(took=2), ok())
    assert starts[2] - starts[1] == pytest.approx(2 - 0.8 + 5)


def test_a_host_that_answers_slowly_is_left_alone_for_as_long_as_it_took():
    clock = Clock()
    assert crawl(clock, polite(clock, Manners(delay=1.0)), ok(took=4), ok(took=0.1), ok()) == pytest.approx([0, 8, 9])


def test_the_rest_after_a_slow_answer_is_bounded():
    clock = Clock()
    starts = crawl(clock, polite(clock, Manners(delay=1.0, max_delay=5.0)), ok(took=20), ok())
    assert starts == pytest.approx([0, 25])


def test_a_fetch_that_fails_costs_the_host_its_rest_too():
    clock = Clock()
    starts = crawl(clock, polite(clock, Manners(delay=1.0)), ok(took=10, status=None), ok())
    assert starts == pytest.approx([0, 20])


def test_hosts_do_not_wait_for_each_other():
    clock = Clock()
    starts = crawl(clock, polite(clock, Manners(delay=9.0)), ok("http://a.example/"), ok("http://b.example/"))
    assert starts == [0, 0]


def test_one_server_under_both_schemes_with_and_without_www_is_one_host():
    clock = Clock()
    urls = ["http://a.example/", "https://www.a.example/x", "http://WWW.A.example:8080/", "http://a.example./"]
    starts = crawl(clock, polite(clock, Manners(delay=3.0)), *map(ok, urls))
    assert starts == pytest.approx([0, 3, 6, 9])


def test_a_redirect_to_another_host_waits_for_that_host():
    clock = Clock()
    politeness = polite(clock, Manners(delay=3.0))

    async def run():
        first = Request("http://a.example/")
        await politeness.process_request(first)
        politeness.process_response(first, Response(first.url, status=302))
        hop = first.replace(url="http://b.example/")  # carries the first one's meta
        await politeness.process_request(hop)
        return hop.meta["download_slot"], clock.now - 1_000

    assert asyncio.run(run()) == ("b.example", 0)


def test_without_a_delay_nothing_waits():
    clock = Clock()
    starts = crawl(clock, polite(clock, Manners(delay=0.0)), ok(took=2), ok(took=1, status=503), ok())
    assert starts == [0, 2, 3]


def test_one_request_of_a_host_is_under_way_at_a_time():
    clock = Clock()
    politeness = polite(clock, Manners(delay=0.0))

    async def run():
        first, second = Request("http://a.example/1"), Request("http://a.example/2")
        await politeness.process_request(first)
        waiting = asyncio.ensure_future(politeness.process_request(second))
        for _ in range(5):
            await asyncio.sleep(0)
        before = waiting.done()
        politeness.process_response(first, Response(first.url))
        await waiting
        return before

    assert asyncio.run(run()) is False


def robots(text):
    return ProtegoRobotParser(text, None)


@pytest.mark.parametrize(
    ("text", "gap"),
    [
        (b"User-agent: *\nCrawl-delay: 7\n", 7),
        (b"User-agent: waiwen\nCrawl-delay: 4\n\nUser-agent: *\nCrawl-delay: 7\n", 4),
        (b"User-agent: *\nCrawl-delay: 0.1\n", 1),
        (b"User-agent: *\nCrawl-delay: 86400\n", 30),
        (b"User-agent: *\nCrawl-delay: soon\n", 1),
        (b"User-agent: *\nCrawl-delay: inf\n", 1),
        (b"User-agent: *\nCrawl-delay: -5\n", 1),
    ],
    ids=["asked of all", "asked of us", "less than ours", "more than our bound", "words", "endless", "negative"],
)
def test_a_crawl_delay_is_kept_within_bounds(text, gap):
    clock = Clock()
    politeness = polite(clock, Manners(delay=1.0))
    politeness.robots_parsed(robots(text), Request("http://a.example/"))
    assert crawl(clock, politeness, ok(), ok()) == pytest.approx([0, gap])


def test_a_crawl_delay_holds_even_where_no_delay_is_set_and_is_told():
    clock, said = Clock(), []
    politeness = polite(clock, Manners(delay=0.0), say=said.append)
    politeness.robots_parsed(robots(b"User-agent: *\nCrawl-delay: 60\n"), Request("http://www.a.example/"))
    assert crawl(clock, politeness, ok(), ok()) == pytest.approx([0, 30])
    assert said == ["a.example: robots.txt asks for a delay of 60 s, held to 30 s"]


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(
    ("stated", "waited"),
    [("120", 120), (format_datetime(NOW + timedelta(seconds=90), usegmt=True), 90), ("86400", 600), ("0", 1)],
    ids=["seconds", "date", "more than our bound", "less than our delay"],
)
def test_a_retry_after_is_waited_for_within_bounds(status, stated, waited):
    clock = Clock()
    starts = crawl(clock, polite(clock, Manners(delay=1.0)), ok(status=status, Retry_After=stated), ok())
    assert starts == pytest.approx([0, waited])


def test_a_retry_after_on_a_page_that_came_means_nothing():
    clock = Clock()
    assert crawl(clock, polite(clock, Manners(delay=1.0)), ok(Retry_After="120"), ok()) == pytest.approx([0, 1])


def test_refusals_in_a_row_double_the_pause_up_to_a_bound_and_an_answer_ends_it():
    clock = Clock()
    fetches = [ok(status=429) for _ in range(5)] + [ok(), ok()]
    starts = crawl(clock, polite(clock, Manners(delay=1.0, max_delay=10.0)), *fetches)
    gaps = [later - earlier for earlier, later in pairwise(starts)]
    assert gaps == pytest.approx([2, 4, 8, 10, 10, 1])


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("30", 30),
        (" 5 ", 5),
        ("9" * 400, 999_999_999),
        ("Mon, 01 Jun 2026 04:00:10 GMT", 10),
        ("Mon, 01 Jun 2026 12:00:10 +0800", 10),
        ("Mon, 01 Jun 2020 00:00:00 GMT", 0),
        ("-3", None),
        ("1.5", None),
        ("３０", None),
        ("soon", None),
        ("", None),
        ("Mon, 99 Jun 99999 00:00:00 GMT", None),
    ],
)
def test_a_retry_after_is_seconds_or_a_date(value, seconds):
    assert retry_after_seconds(value, NOW) == seconds


@given(st.text(max_size=60))
def test_no_retry_after_makes_it_raise(value):
    seconds = retry_after_seconds(value, NOW)
    assert seconds is None or seconds >= 0


def test_the_total_rate_spreads_the_starts_over_all_hosts():
    clock = Clock()
    fetches = [ok(f"http://{name}.example/") for name in "abcdef"]
    starts = crawl(clock, polite(clock, Manners(delay=0.0, rate=2.0)), *fetches)
    assert starts == pytest.approx([0, 0.5, 1, 1.5, 2, 2.5])


def test_time_that_nobody_used_gives_no_burst_later():
    rate = TotalRate(2.0)
    assert rate.reserve(0.0) == 0
    assert rate.reserve(100.0) == 0
    assert rate.reserve(100.0) == 0.5


def test_workers_divide_the_total_rate():
    assert Manners(rate=6.0).share_of(3).rate == 2.0
    assert Manners().share_of(3).rate == 0.0


def test_a_host_that_every_worker_may_ask_is_asked_as_much_more_slowly_by_each():
    polite = Politeness(Manners(delay=1.0).share_of(2), own={"a.gov.example"})
    assert polite.pace("http://en.a.gov.example/").manners.delay == 1.0
    assert polite.pace("http://elsewhere.example/").manners.delay == 2.0


def test_no_request_starts_in_quiet_hours_and_the_crawl_goes_on_after_them():
    clock, said = Clock(), []  # it is 12:00 there
    politeness = polite(clock, Manners(delay=0.0, quiet_hours="12:30-18:00"), say=said.append)
    work = [ok(took=20 * 60), ok(took=20 * 60), ok(), ok("http://b.example/")]
    starts = crawl(clock, politeness, *work)
    assert starts == pytest.approx([0, 20 * 60, 6 * 3600, 6 * 3600])
    assert said == [
        "quiet hours 12:30-18:00 (Asia/Shanghai): no request starts in them; waiting",
        "quiet hours are over: going on",
    ]


def test_a_request_that_waits_for_its_host_or_the_rate_does_not_slip_into_quiet_hours():
    clock = Clock()
    politeness = polite(clock, Manners(delay=0.0, rate=1 / 3600, quiet_hours="12:30-18:00"))
    starts = crawl(clock, politeness, ok(), ok("http://b.example/"))
    assert starts[1] >= 6 * 3600


def test_a_stop_ends_every_wait_and_frees_the_host():
    clock = Clock()
    running = [True]
    politeness = polite(clock, Manners(delay=9.0, quiet_hours="00:00-23:59"), running=lambda: running[0])

    async def stopped_while_waiting():
        running[0] = False
        with pytest.raises(Stopping):
            await politeness.process_request(Request("http://a.example/"))
        return politeness.pace("http://a.example/").turn.locked()

    assert asyncio.run(stopped_while_waiting()) is False
    assert clock.now == 1_000


def test_the_seconds_that_answers_took_add_up_over_redirects_and_leave_out_the_waits():
    clock = Clock()
    politeness = polite(clock, Manners(delay=5.0))

    async def run():
        first = Request("http://a.example/")
        await politeness.process_request(first)
        clock.now += 1.5
        politeness.process_response(first, Response(first.url, status=302))
        hop = first.replace(url="http://a.example/en/")
        await politeness.process_request(hop)
        clock.now += 2
        politeness.process_response(hop, Response(hop.url))
        return hop.meta[TOOK]

    assert asyncio.run(run()) == pytest.approx(3.5)


def test_an_answer_that_never_was_asked_for_takes_no_turn():
    clock = Clock()
    politeness = polite(clock, Manners())
    request = Request("http://a.example/")
    politeness.process_response(request, Response(request.url))  # from the archive
    politeness.process_exception(request, ValueError())  # refused above
    assert crawl(clock, politeness, ok()) == [0]


@given(
    answers=st.lists(
        st.tuples(st.floats(0, 100), st.sampled_from([200, 404, 429, 503, None]), st.none() | st.floats(0, 1e9)),
        min_size=1,
        max_size=30,
    ),
    delay=st.floats(0.01, 20),
    crawl_delay=st.floats(0, 30),
)
def test_whatever_a_host_answers_the_next_request_keeps_the_promises(answers, delay, crawl_delay):
    manners = Manners(delay=delay)

    async def run():
        pace = Pace(manners, crawl_delay=crawl_delay)
        for took, status, asked in answers:
            started = max(50.0, pace.not_before)
            now = started + took
            retry_after = asked if status in (429, 503) else None
            gap, quickest = max(delay, crawl_delay), pace.quickest
            pace.answered(started, now, status, retry_after)
            next_one = pace.not_before + 1e-6  # for rounding
            assert next_one >= max(started + gap, now + min(took, manners.max_delay))
            assert next_one >= now + gap - max(quickest, 0.1 * gap)
            assert next_one >= now + min(retry_after or 0, manners.max_pause)
            assert next_one <= now + max(manners.max_delay, manners.max_pause, delay) + 1e-5

    asyncio.run(run())


@pytest.mark.parametrize("url", ["http://[::1/", "http://", "", "x"])
def test_an_address_without_a_host_has_an_empty_name(url):
    assert host_name(url) == ""
