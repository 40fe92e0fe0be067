from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
import sqlalchemy as sa

from crawler.archive.index import Archive, open_database
from crawler.errors import UnknownRound, WorkspaceError
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


def test_an_answer_of_the_round_is_found_again(archive):
    archive.add_capture(CAPTURE)
    newer = archive.add_capture(CAPTURE)
    found = archive.answer_to("r", "a", "http://a/")
    assert found is not None
    assert found.id == newer


def test_a_failed_fetch_is_no_answer(archive):
    archive.add_capture(replace(CAPTURE, status=None, failure=Failure.TIMEOUT))
    assert archive.answer_to("r", "a", "http://a/") is None


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


def test_a_workspace_of_another_schema_is_refused(tmp_path):
    url = f"sqlite:///{tmp_path / 'waiwen.db'}"
    with open_database(url).begin() as connection:
        connection.execute(sa.text("UPDATE schema SET version = 99"))
    with pytest.raises(WorkspaceError, match="another version of waiwen"):
        open_database(url)
