"""Retention: nothing is deleted that was to stay."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from crawler.archive.revisit import revalidated
from crawler.archive.verify import verify
from scoring import store
from waiwen.retention import Limits, Stored, doomed

from .conftest import NEW_YEAR


@pytest.fixture
def prune(waiwen, place):
    def run(*options):
        code, out, err = waiwen("archive", "prune", *options, "--workspace", place.folder)
        assert code == 0, err
        return out

    return run


# -- retention


def test_the_oldest_unpublished_rounds_go_and_a_published_one_stays(prune, place):
    out = prune("--keep-rounds", 1)
    assert place.archive.round_names() == ["b", "d"]
    assert sorted(path.name for path in place.archive.folder.iterdir()) == ["b.warc.gz", "d.warc.gz"]
    assert "2 rounds deleted" in out
    assert verify(place.archive) == []


def test_a_dry_run_deletes_nothing(prune, place):
    assert "3 rounds would be deleted" in prune("--keep-rounds", 0, "--dry-run")
    assert place.archive.round_names() == ["a", "b", "c", "d"]
    assert verify(place.archive) == []


def test_a_file_that_a_later_round_stands_on_outlives_its_round(prune, place):
    earlier = place.archive.captures("a", "a")[0]
    again = revalidated(earlier, round_name="b", fetched=NEW_YEAR + timedelta(days=1), elapsed=0.1)
    place.archive.add_capture(again)
    prune("--keep-rounds", 1)
    assert place.archive.round_names() == ["b", "d"]
    assert place.archive.raw_body(place.archive.captures("b", "a")[-1]) == b"<p>a</p>"
    assert [(file["name"], file["round"]) for file in place.archive.files()] == [
        ("a.warc.gz", "b"),
        ("b.warc.gz", "b"),
        ("d.warc.gz", "d"),
    ]
    assert verify(place.archive) == []


def test_a_scored_round_stays_although_a_new_crawl_of_it_has_begun(prune, place):
    with place.archive.engine.begin() as connection:
        connection.execute(store.rankings.insert().values(round="a", rules={}, record={}))
    prune("--keep-rounds", 0)
    assert place.archive.round_names() == ["a", "b"]


def test_what_was_measured_goes_with_its_round(prune, place):
    with place.archive.engine.begin() as connection:
        connection.execute(store.problems.insert().values(round="a", site_id="a", reason="timeout"))
    prune("--keep-rounds", 1)
    with place.archive.engine.connect() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(store.problems)) == 0


def test_a_round_that_is_worked_on_is_not_deleted(waiwen, place):
    from waiwen import steps

    with steps.open_round(place, "a").held():
        code, _, err = waiwen("archive", "prune", "--keep-rounds", 1, "--workspace", place.folder)
    assert code == 2
    assert "round 'a': another waiwen" in err
    assert "a" in place.archive.round_names()


def test_prune_without_a_limit_is_bad_input(waiwen, place):
    code, _, err = waiwen("archive", "prune", "--workspace", place.folder)
    assert code == 2
    assert "--keep-rounds" in err


ROUNDS = [Stored(name, NEW_YEAR + timedelta(days=day), name == "b", 10) for day, name in enumerate("abcd")]


@pytest.mark.parametrize(
    ("limits", "going"),
    [
        (Limits(keep_rounds=2), ["a"]),
        (Limits(keep_rounds=9), []),
        (Limits(older_than=timedelta(days=8)), ["a"]),
        (Limits(older_than=timedelta(days=7)), ["a"]),
        (Limits(max_bytes=40), []),
        (Limits(max_bytes=39), ["a"]),
        (Limits(max_bytes=0), ["a", "c", "d"]),
        (Limits(keep_rounds=1, max_bytes=0), ["a", "c"]),
        (Limits(keep_rounds=1, older_than=timedelta(days=8), max_bytes=0), ["a"]),
    ],
)
def test_a_round_goes_only_where_every_limit_lets_it_go(limits, going):
    assert doomed(ROUNDS, limits, 40, NEW_YEAR + timedelta(days=9)) == going


def test_rounds_are_pruned_on_postgresql_too(waiwen, postgres_place):
    code, _, err = waiwen("archive", "prune", "--keep-rounds", 1, "--workspace", postgres_place.folder)
    assert code == 0, err
    assert postgres_place.archive.round_names() == ["b"]
    assert {file["name"] for file in postgres_place.archive.files()} == {"a.warc.gz", "b.warc.gz"}
    assert verify(postgres_place.archive) == []
