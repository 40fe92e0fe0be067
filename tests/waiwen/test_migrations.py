"""Every database reaches the newest schema, whatever made it; none is made worse by it."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from crawler.archive.database import connect_database
from crawler.errors import StorageError, WorkspaceError
from waiwen import migrations
from waiwen.migrations import HEAD, METADATA, bring_to_head, downgrade, revision_of
from waiwen.workspace import open_workspace

REVISIONS = ScriptDirectory(str(Path(migrations.__file__).parent))
# The tables `round` and `measurement` as they were before revisions were kept, and before rule files had parameters.
OLD = """
CREATE TABLE schema (version INTEGER NOT NULL PRIMARY KEY);
INSERT INTO schema VALUES (1);
CREATE TABLE round (name VARCHAR(64) NOT NULL PRIMARY KEY, cutoff DATE NOT NULL, started VARCHAR(32) NOT NULL,
  roster_digest VARCHAR(64) NOT NULL, settings JSON NOT NULL, finished_steps JSON NOT NULL);
INSERT INTO round VALUES ('old', '2026-06-30', '2026-06-30T00:00:00+00:00', 'd', '{}', '[]');
CREATE TABLE measurement (round VARCHAR(64) NOT NULL, site_id VARCHAR(64) NOT NULL, language VARCHAR(35) NOT NULL,
  indicator VARCHAR(64) NOT NULL, outcome VARCHAR(16) NOT NULL, value FLOAT, n INTEGER, note TEXT NOT NULL,
  evidence JSON NOT NULL, PRIMARY KEY (round, site_id, language, indicator));
INSERT INTO measurement VALUES ('old', 'a', 'en', 'days_since_update', 'measured', 3, NULL, 'a note', '[]');
"""


@pytest.fixture
def engine(database_url):
    engine = connect_database(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def old(tmp_path):
    """A workspace of before revisions were kept."""
    folder = tmp_path / "ws"
    folder.mkdir()
    with closing(sqlite3.connect(folder / "waiwen.db")) as database:
        database.executescript(OLD)
    return folder


def differences(engine):
    """What the database has otherwise than the tables in the code."""
    with engine.connect() as connection:
        return compare_metadata(MigrationContext.configure(connection), METADATA)


def table_names(engine):
    return set(sa.inspect(engine).get_table_names())


def test_a_new_database_is_made_at_head_with_the_tables_that_the_code_names(engine):
    bring_to_head(engine)
    assert revision_of(engine) == HEAD
    assert differences(engine) == []


def test_a_database_goes_down_to_nothing_and_up_again(engine):
    bring_to_head(engine)
    downgrade(engine, "base")
    assert table_names(engine) == {"alembic_version"}
    bring_to_head(engine)
    assert differences(engine) == []


def test_each_revision_goes_up_and_down_by_itself(engine):
    bring_to_head(engine)
    tables = table_names(engine)
    for revision in REVISIONS.walk_revisions():
        downgrade(engine, revision.down_revision or "base")
        assert revision_of(engine) == revision.down_revision
    bring_to_head(engine)
    assert table_names(engine) == tables


def test_the_revisions_are_one_line_that_ends_at_head():
    assert REVISIONS.get_heads() == [HEAD]


def test_a_database_of_before_revisions_is_upgraded_and_keeps_what_it_holds(old, caplog):
    place = open_workspace(old)
    assert differences(place.archive.engine) == []
    measured = place.store.measurements("old")["a", "en"]["days_since_update"]
    assert (measured.value, measured.note, measured.parameters) == (3, "a note", {})
    assert place.archive.round_names() == ["old"]
    assert "schema upgraded from before revisions" in caplog.text


def test_a_workspace_at_head_is_opened_without_a_word(tmp_path, caplog):
    open_workspace(tmp_path, create=True)
    open_workspace(tmp_path)
    assert caplog.text == ""


def test_a_workspace_of_a_newer_waiwen_is_refused_and_left_as_it_is(waiwen, tmp_path):
    place = open_workspace(tmp_path, create=True)
    with place.archive.engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    before = (tmp_path / "waiwen.db").read_bytes()
    code, _, told = waiwen("report", "--workspace", tmp_path)
    assert code == 2
    assert "made by a newer waiwen (schema 9999" in told
    assert (tmp_path / "waiwen.db").read_bytes() == before


def test_an_upgrade_that_fails_leaves_the_database_as_it_was(old, monkeypatch):
    def fail(*_):
        raise ZeroDivisionError

    monkeypatch.setattr("alembic.op.drop_table", fail)
    with pytest.raises(ZeroDivisionError):
        open_workspace(old)
    with closing(sqlite3.connect(old / "waiwen.db")) as database:
        tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert tables == {"schema", "round", "measurement"}


def test_a_database_that_another_program_writes_to_is_not_upgraded_meanwhile(old):
    engine = connect_database(f"sqlite:///{old / 'waiwen.db'}", busy_timeout=0.05)
    with closing(sqlite3.connect(old / "waiwen.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageError, match="database is locked"):
            bring_to_head(engine)
    bring_to_head(engine)
    assert revision_of(engine) == HEAD


def test_a_revision_that_nobody_knows_is_no_aim_of_a_downgrade(engine):
    bring_to_head(engine)
    with pytest.raises(WorkspaceError, match="'0000': no schema of this waiwen"):
        downgrade(engine, "0000")


def test_a_postgresql_that_sorts_by_a_country_is_refused_with_the_command_that_makes_a_good_one(postgres):
    url = postgres("TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'zh'")
    with pytest.raises(WorkspaceError, match=r"createdb --template=template0 --encoding=UTF8 --locale=C\.UTF-8"):
        bring_to_head(connect_database(url))


def test_a_postgresql_made_by_that_command_is_taken(postgres):
    engine = connect_database(postgres("TEMPLATE template0 ENCODING UTF8 LOCALE 'C.UTF-8'"))
    bring_to_head(engine)
    assert revision_of(engine) == HEAD
    engine.dispose()


def test_a_postgresql_that_is_not_there_is_told_without_its_password(waiwen, monkeypatch, tmp_path):
    monkeypatch.setenv("WAIWEN_DATABASE_URL", f"postgresql+psycopg://me:secret@/db?host={tmp_path}")
    code, _, told = waiwen("report", "--workspace", tmp_path)
    assert code == 2
    assert "cannot be used as a database" in told
    assert "secret" not in told
