import sqlite3
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa

from crawler.archive.index import Archive, open_database
from crawler.errors import StorageError, UnknownRound, WorkspaceError
from crawler.model import Capture, Failure, ForeignVersion, Site, Verdict

NOON = datetime(2026, 6, 30, 12, tzinfo=UTC)
SITE = Site(
    "a",
    "甲市",
    "prefecture",
    "东",
    "http://www.a.gov.example/",
    (("en", "http://en.a.gov.example/"),),
    extra=(("k", "v"),),
)
CAPTURE = Capture(
    0,
    "r",
    "a",
    "zh",
    "page",
    "http://a/",
    "http://a/",
    200,
    NOON,
    (("Content-Type", "text/html"),),
    "sha256:0",
    "w",
    1,
    2,
    0.1,
)


@pytest.fixture
def archive(tmp_path):
    archive = Archive(open_database(f"sqlite:///{tmp_path / 'waiwen.db'}"), tmp_path / "archive")
    archive.start_round("r", [SITE], cutoff=date(2026, 6, 30), started=NOON, digest="d", settings={})
    return archive


def test_a_roster_comes_back_as_it_was(archive):
    assert archive.sites("r") == (SITE,)


def test_a_capture_comes_back_as_it_was(archive):
    key = archive.add_capture(CAPTURE)
    assert archive.captures("r", "a") == (replace(CAPTURE, id=key),)


def test_versions_are_replaced_and_not_added_to(archive):
    version = ForeignVersion("a", "en", "http://en.a/", "English", "link", Verdict.REAL, "12 pages in English")
    archive.replace_versions("r", "a", [version, version])
    archive.replace_versions("r", "a", [version])
    assert archive.versions("r", "a") == (version,)


def test_what_came_of_an_address_is_given_oldest_first(archive):
    failed = archive.add_capture(replace(CAPTURE, status=None, failure=Failure.TIMEOUT))
    answered = archive.add_capture(CAPTURE)
    archive.add_capture(replace(CAPTURE, final_url="http://a/other"))
    assert [capture.id for capture in archive.attempts("r", "a", "http://a/")] == [failed, answered]


def test_an_unknown_round_names_those_that_there_are(archive):
    with pytest.raises(UnknownRound, match=r"'x': not in this workspace\. It holds: r"):
        archive.round_record("x")


def test_hostile_text_in_a_capture_stays_data(archive):
    archive.add_capture(replace(CAPTURE, anchor="'); DROP TABLE capture; --"))
    assert archive.captures("r", "a")[0].anchor == "'); DROP TABLE capture; --"


def test_a_file_that_is_no_database_is_refused_with_its_name(tmp_path):
    path = tmp_path / "waiwen.db"
    path.write_bytes(b"not a database, " * 100)
    with pytest.raises(WorkspaceError, match=r"waiwen\.db"):
        open_database(f"sqlite:///{path}")


@pytest.fixture
def locked(tmp_path):
    """The same database, which another program keeps locked."""
    other = sqlite3.connect(tmp_path / "waiwen.db", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    yield Archive(open_database(f"sqlite:///{tmp_path / 'waiwen.db'}", busy_timeout=0.05), tmp_path / "archive")
    other.close()


def test_a_database_that_stays_locked_is_told_with_its_name_and_what_to_do(archive, locked):
    with pytest.raises(StorageError, match=r"waiwen\.db: database is locked\. Another program keeps it locked"):
        locked.add_capture(CAPTURE)
    assert locked.captures("r", "a") == ()


def test_a_full_disk_is_told_with_what_to_do(archive):
    with archive.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StorageError, match=r"waiwen\.db: database or disk is full\. Make room on that disk"):
        for _ in range(200):
            archive.add_capture(replace(CAPTURE, anchor="x" * 5000))


def test_a_mistake_of_ours_in_sql_is_not_blamed_on_the_disk(archive):
    with pytest.raises(sa.exc.OperationalError), archive.engine.connect() as connection:
        connection.execute(sa.text("SELECT * FROM nowhere"))
