from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from crawler.model import Capture, Failure, Site
from scoring.chinese.sentences import in_chinese
from scoring.evidence import EvidenceRef, measured
from scoring.store import failures
from waiwen.jobs.monitors import TITLES, RoundCounts, findings, marks
from waiwen.jobs.round_counts import count_round, kept_findings, watch_round
from waiwen.workspace import open_workspace

SITES = frozenset(f"s{number}" for number in range(20))
REF = EvidenceRef(1, "http://s0.gov.example/", datetime(2026, 1, 1, tzinfo=UTC), "sha256:0", "a.warc.gz", 0)
USUAL = RoundCounts(1000, 50, 20, 0.9, 0.8, SITES, 3600.0)


def failed(counts, earlier=(USUAL, USUAL, USUAL)):
    return [finding.name for finding in findings(counts, earlier) if not finding.passed]


def test_a_round_like_those_before_bears_no_mark():
    assert failed(replace(USUAL, captures=950, blocked=80, seconds=4000.0)) == []


def test_a_first_round_has_nothing_to_be_held_against():
    found = findings(replace(USUAL, blocked=900), ())
    assert marks(found) == ()
    assert all("no earlier round" in finding.sentence for finding in found)


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"captures": 600, "blocked": 30, "errors": 12}, "captures"),
        ({"blocked": 200}, "blocked"),
        ({"errors": 200}, "errors"),
        ({"dated_share": 0.7}, "dated"),
        ({"dated_share": None}, "dated"),
        ({"field_coverage": 0.6}, "fields"),
        ({"answering": SITES - {"s1", "s2"}}, "silent"),
        ({"seconds": 9000.0}, "run_time"),
    ],
)
def test_each_monitor_fails_on_its_own_change(change, name):
    assert failed(replace(USUAL, **change)) == [name]


def test_every_mark_reads_in_chinese():
    worst = RoundCounts(100, 90, 90, 0.1, 0.1, frozenset(), 90_000.0)
    for counts in (worst, replace(worst, dated_share=None, answering=frozenset())):
        found = [finding for finding in findings(counts, [USUAL]) if not finding.passed]
        assert {finding.name for finding in found} == set(TITLES)
        assert all(in_chinese(finding.sentence) for finding in found)


def test_the_sites_that_fell_silent_are_named():
    found = findings(replace(USUAL, answering=SITES - {"s1", "s2"}), [USUAL])
    assert "2 of 20 sites that answered last time gave no page: s1, s2" in marks(found)[0]


def test_one_odd_round_among_five_does_not_move_the_usual():
    odd = replace(USUAL, captures=10, blocked=0, errors=0)
    assert failed(USUAL, (USUAL, USUAL, odd, USUAL, USUAL)) == []


WHOLE = ("discover", "crawl", "measure", "score", "report")


def round_of(place, name, day, answers, *, steps=WHOLE, budget=100, pages=10):
    started = datetime(2026, 1, day, tzinfo=UTC)
    sites = [Site(f"s{n}", "", "c", "", f"http://s{n}.gov.example/") for n in range(len(answers))]
    place.archive.start_round(
        name, sites, cutoff=date(2026, 1, day), started=started, digest="d", settings={"max_pages": budget}
    )
    for position, failure in enumerate(answers):
        for number in range(pages):
            url = f"http://s{position}.gov.example/{number}"
            place.archive.add_capture(
                Capture(
                    id=0,
                    round=name,
                    site_id=f"s{position}",
                    version="zh",
                    purpose="page",
                    url=url,
                    final_url=url,
                    status=None if failure else 200,
                    fetched=started + timedelta(seconds=number),
                    headers=(),
                    digest="",
                    warc_file="",
                    offset=0,
                    length=0,
                    elapsed=0.1,
                    failure=failure,
                    failure_note="",
                )
            )
    for step in steps:
        place.archive.finish_step(name, step)


def test_every_monitor_has_a_title_in_english_and_chinese():
    assert {finding.name for finding in findings(USUAL, ())} == TITLES.keys()
    assert all(english and chinese for english, chinese in TITLES.values())


def test_a_marked_round_is_no_measure_for_later_ones(tmp_path):
    place = open_workspace(tmp_path / "ws", create=True)
    engine = place.archive.engine
    round_of(place, "one", 1, (None, None))
    assert watch_round(engine, "one") == ()
    round_of(place, "two", 2, (None, Failure.BLOCKED))
    assert [mark.name for mark in watch_round(engine, "two")] == ["blocked", "silent"]
    round_of(place, "three", 3, (None, Failure.BLOCKED))
    assert [mark.name for mark in watch_round(engine, "three")] == ["blocked", "silent"]
    assert len(kept_findings(engine, "three")) == 7
    counts = count_round(engine, "two")
    assert (counts.captures, counts.blocked, counts.errors, counts.seconds) == (20, 10, 0, 9.0)


@pytest.mark.parametrize(
    "kind",
    [
        {"steps": ("discover",), "pages": 2},
        {"steps": ("discover", "crawl")},
        {"budget": 20, "pages": 2},
    ],
    ids=["a discovery", "a crawl that is not measured", "another page budget"],
)
def test_a_round_is_held_against_rounds_of_its_kind_only(tmp_path, kind):
    place = open_workspace(tmp_path / "ws", create=True)
    engine = place.archive.engine
    round_of(place, "whole", 1, (None, None))
    found = {"en": {"undated_share": measured(0.1, note="one of ten", evidence=[REF], n=10)}}
    place.store.replace_site("whole", "s0", measured=found, pairs={}, column_pairs={}, failed=(), problem="")
    round_of(place, "first", 2, (None, None), **kind)
    assert watch_round(engine, "first") == ()
    round_of(place, "again", 3, (None, Failure.BLOCKED), **kind)
    assert "blocked" in [mark.name for mark in watch_round(engine, "again")]


def test_firewall_pages_that_measuring_found_count_as_blocked_and_their_site_as_silent(tmp_path):
    place = open_workspace(tmp_path / "ws", create=True)
    round_of(place, "one", 1, (None, None))
    round_of(place, "two", 2, (None, None))
    told = {"site_id": "s1", "failure": "blocked", "status": 412}
    rows = [{"round": "two", "site_id": "s1", "position": n, "record": told} for n in range(10)]
    with place.archive.engine.begin() as connection:
        connection.execute(failures.insert(), rows)
    assert [mark.name for mark in watch_round(place.archive.engine, "two")] == ["blocked", "silent"]
