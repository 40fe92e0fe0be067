"""Backup and restore: all or nothing, on SQLite and PostgreSQL."""

import hashlib
import io
import json
import tarfile

import pytest
import sqlalchemy as sa

from crawler.archive.database import connect_database
from crawler.archive.verify import verify
from crawler.archive.warc import WarcFile
from waiwen.migrations import HEAD, METADATA, revision_of
from waiwen.workspace import open_workspace

from .conftest import NEW_YEAR, SITE, add_round


@pytest.fixture
def saved(waiwen, place, tmp_path):
    file = tmp_path / "backup.tar"
    code, out, err = waiwen("backup", file, "--workspace", place.folder)
    assert code == 0, err
    assert "waiwen restore" in out
    return file


def test_a_restored_workspace_is_the_one_that_was_saved(waiwen, saved, place, tmp_path):
    code, out, err = waiwen("restore", saved, "--workspace", tmp_path / "new")
    assert code == 0, err
    assert "4 rounds" in out
    restored = open_workspace(tmp_path / "new")
    assert restored.archive.round_names() == place.archive.round_names()
    assert restored.archive.captures("c", "a") == place.archive.captures("c", "a")
    assert verify(restored.archive) == []
    assert (restored.reports("b") / "sites" / "a.html").read_text("utf-8") == "<p>甲</p>"


def test_a_backup_of_a_round_that_is_being_crawled_is_of_one_moment(waiwen, place, tmp_path):
    place.archive.open_file("d", "open.warc.gz")
    with WarcFile(place.archive.folder / "open.warc.gz", "test"), place.archive.engine.connect() as reader:
        reader.execute(sa.text("SELECT * FROM round")).first()
        assert waiwen("backup", tmp_path / "b.tar", "--workspace", place.folder)[0] == 0
    assert waiwen("restore", tmp_path / "b.tar", "--workspace", tmp_path / "new")[0] == 0
    (told,) = verify(open_workspace(tmp_path / "new").archive)
    assert "open.warc.gz: not closed" in told


def test_a_backup_overwrites_nothing_and_a_restore_neither(waiwen, saved, place):
    before = saved.read_bytes()
    assert waiwen("backup", saved, "--workspace", place.folder)[0] == 2
    assert saved.read_bytes() == before
    code, _, err = waiwen("restore", saved, "--workspace", place.folder)
    assert code == 2
    assert "is not empty" in err


def test_a_backup_into_a_folder_that_is_not_there_is_bad_input(waiwen, place, tmp_path):
    code, _, err = waiwen("backup", tmp_path / "none" / "b.tar", "--workspace", place.folder)
    assert (code, "its folder does not exist" in err) == (2, True)


def test_a_backup_without_all_of_its_files_is_not_made(waiwen, place, tmp_path):
    (place.archive.folder / "a.warc.gz").unlink()
    code, _, err = waiwen("backup", tmp_path / "b.tar", "--workspace", place.folder)
    assert code == 1
    assert "a.warc.gz" in err
    assert not list(tmp_path.glob("*b.tar*"))


def rewritten(saved, tmp_path, change):
    """The backup with another content: `change` takes the members (name → bytes) and alters them."""
    with tarfile.open(saved) as tar:
        members = {member.name: tar.extractfile(member).read() for member in tar}
    change(members)
    path = tmp_path / "other.tar"
    with tarfile.open(path, "w") as tar:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            if content == b"LINK":
                info.type, info.linkname, info.size = tarfile.SYMTYPE, "/etc/passwd", 0
            tar.addfile(info, io.BytesIO(content) if info.size else None)
    return path


def named(members, name):
    told = json.loads(members["manifest.json"])
    told["files"][name] = {"bytes": 1, "sha256": "0"}
    members[name] = b"x"
    members["manifest.json"] = json.dumps(told).encode()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda m: m.update({"archive/a.warc.gz": b"other"}), "archive/a.warc.gz is not what its digest says"),
        (lambda m: m.pop("archive/a.warc.gz"), "archive/a.warc.gz is missing"),
        (lambda m: m.pop("manifest.json"), "no backup of a workspace"),
        (lambda m: named(m, "archive/../../out"), "is no file of a workspace"),
        (lambda m: named(m, "/tmp/out"), "is no file of a workspace"),
        (lambda m: named(m, "elsewhere/out"), "is no file of a workspace"),
        (lambda m: m.update({"archive/a.warc.gz": b"LINK"}), "is no plain file"),
    ],
    ids=["altered", "missing", "no manifest", "climbs out", "absolute", "another folder", "a link"],
)
def test_a_backup_that_is_not_what_it_says_is_refused_and_nothing_written(waiwen, saved, tmp_path, change, told):
    before = {path.name for path in tmp_path.iterdir()} | {"other.tar"}
    code, _, err = waiwen("restore", rewritten(saved, tmp_path, change), "--workspace", tmp_path / "new")
    assert code == 2
    assert told in err
    assert {path.name for path in tmp_path.iterdir()} == before


def test_a_cut_off_backup_is_refused(waiwen, saved, tmp_path):
    saved.write_bytes(saved.read_bytes()[:5000])
    assert waiwen("restore", saved, "--workspace", tmp_path / "new")[0] == 2
    assert not (tmp_path / "new").exists()


def test_what_a_backup_holds_beside_its_manifest_is_not_brought_back(waiwen, saved, tmp_path):
    other = rewritten(saved, tmp_path, lambda members: members.update({"../out": b"x"}))
    assert waiwen("restore", other, "--workspace", tmp_path / "new")[0] == 0
    assert not (tmp_path / "out").exists()


# -- a database elsewhere


def all_rows(engine):
    """Table → every row, as the code reads it."""
    with engine.connect() as connection:
        return {
            table.name: [
                dict(row) for row in connection.execute(sa.select(table).order_by(*table.primary_key)).mappings()
            ]
            for metadata in METADATA
            for table in metadata.sorted_tables
        }


VALUES = {
    sa.Boolean: True,
    sa.Date: NEW_YEAR.date(),
    sa.JSON: {"b": [1, None, 0.1], "a": "字"},
    sa.Float: 0.1 + 0.2,
    sa.Integer: 7,
    sa.String: "甲",
}


def fill(engine):
    """Put a row into every table."""
    with engine.begin() as connection:
        for table in (table for metadata in METADATA for table in metadata.sorted_tables):
            kinds = {c.name: getattr(c.type, "impl", c.type) for c in table.columns}
            row = {name: next(v for kind, v in VALUES.items() if isinstance(of, kind)) for name, of in kinds.items()}
            connection.execute(table.insert().values(**row))


@pytest.fixture
def elsewhere(request, tmp_path):
    """The URL of an empty database of a kind."""
    return lambda kind: (
        f"sqlite:///{tmp_path / 'other.db'}" if kind == "sqlite" else request.getfixturevalue("postgres")()
    )


@pytest.mark.parametrize("target", ["sqlite", "postgresql", None])
@pytest.mark.parametrize("source", ["sqlite", "postgresql"])
def test_a_workspace_moves_between_databases_with_every_row(waiwen, monkeypatch, tmp_path, elsewhere, source, target):
    if source == "postgresql":
        monkeypatch.setenv("WAIWEN_DATABASE_URL", elsewhere(source))
    place = open_workspace(tmp_path / "ws", create=True)
    fill(place.archive.engine)
    add_round(place, "a", 0)
    (place.archive.folder / "甲").write_bytes(b"7 bytes")  # the WARC file that the made-up row names
    before = all_rows(place.archive.engine)
    place.archive.engine.dispose()
    assert all(before.values())
    code, _, err = waiwen("backup", tmp_path / "b.tar", "--workspace", tmp_path / "ws")
    assert (code, err) == (0, "")
    monkeypatch.delenv("WAIWEN_DATABASE_URL", raising=False)
    if target:
        monkeypatch.setenv("WAIWEN_DATABASE_URL", elsewhere(target))
    code, _, err = waiwen("restore", tmp_path / "b.tar", "--workspace", tmp_path / "new")
    assert (code, err) == (0, "")
    restored = open_workspace(tmp_path / "new")
    assert all_rows(restored.archive.engine) == before
    assert (tmp_path / "new" / "waiwen.db").exists() == (target is None)
    assert revision_of(restored.archive.engine) == HEAD
    keys = [capture.id for capture in restored.archive.captures("a", "a")]
    assert add_round(restored, "later", 1).id > max(keys)  # keys count on
    restored.archive.engine.dispose()


def test_a_database_that_holds_anything_is_not_restored_into(waiwen, saved, monkeypatch, tmp_path, database_url):
    monkeypatch.setenv("WAIWEN_DATABASE_URL", database_url)
    place = open_workspace(tmp_path / "mine", create=True)
    place.archive.start_round("mine", [SITE], cutoff=NEW_YEAR.date(), started=NEW_YEAR, digest="d", settings={})
    code, _, err = waiwen("restore", saved, "--workspace", tmp_path / "new")
    assert (code, "is not empty (it has rows in round, site)" in err) == (2, True)
    assert not (tmp_path / "new").exists()
    assert place.archive.round_names() == ["mine"]
    place.archive.engine.dispose()


def test_where_the_files_cannot_take_their_place_the_database_stays_empty(
    waiwen, saved, monkeypatch, tmp_path, database_url
):
    monkeypatch.setenv("WAIWEN_DATABASE_URL", database_url)

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.rename", full)
    code, _, err = waiwen("restore", saved, "--workspace", tmp_path / "new")
    assert (code, "No space left" in err) == (2, True)
    assert not (tmp_path / "new").exists()
    engine = connect_database(database_url)
    assert not any(all_rows(engine).values())
    engine.dispose()


def test_a_backup_from_postgresql_is_of_one_moment(waiwen, postgres_place, monkeypatch, tmp_path):
    """What is written while rows are copied is all in the backup, or not at all."""
    from waiwen import rows

    engine, copied = postgres_place.archive.engine, []
    before = all_rows(engine)

    def tables():
        for metadata in METADATA:
            for table in metadata.sorted_tables:
                yield table
                if not copied:  # the first table is read: the moment is past
                    add_round(postgres_place, "meanwhile", 3)
                copied.append(table.name)

    monkeypatch.setattr(rows, "_tables", tables)
    assert waiwen("backup", tmp_path / "b.tar", "--workspace", postgres_place.folder)[0] == 0
    assert "meanwhile" in postgres_place.archive.round_names()
    monkeypatch.undo()
    assert waiwen("restore", tmp_path / "b.tar", "--workspace", tmp_path / "new")[0] == 0
    assert all_rows(open_workspace(tmp_path / "new").archive.engine) == before


def test_warc_files_go_where_the_archive_is(waiwen, saved, monkeypatch, tmp_path):
    monkeypatch.setenv("WAIWEN_ARCHIVE", str(tmp_path / "warcs"))
    assert waiwen("restore", saved, "--workspace", tmp_path / "new")[0] == 0
    restored = open_workspace(tmp_path / "new")
    assert sorted(path.name for path in (tmp_path / "warcs").iterdir()) == [f"{name}.warc.gz" for name in "abcd"]
    assert verify(restored.archive) == []
    code, _, err = waiwen("restore", saved, "--workspace", tmp_path / "another")
    assert (code, "warcs: is not empty" in err) == (2, True)


@pytest.mark.parametrize("content", [b"no database", b"", None], ids=["other bytes", "empty", "missing"])
def test_a_backup_whose_database_is_none_is_refused_and_nothing_written(waiwen, saved, tmp_path, content):
    def change(members):
        told = json.loads(members["manifest.json"])
        del told["files"]["waiwen.db"], members["waiwen.db"]
        if content is not None:
            told["files"]["waiwen.db"] = {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
            members["waiwen.db"] = content
        members["manifest.json"] = json.dumps(told).encode()

    code, _, err = waiwen("restore", rewritten(saved, tmp_path, change), "--workspace", tmp_path / "new")
    assert code == 2
    assert "its database cannot be used" in err
    assert not (tmp_path / "new").exists()
