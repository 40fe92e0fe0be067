"""Backup, restore and retention: nothing is lost that was to stay."""

import io
import json
import tarfile
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from crawler.archive.revisit import revalidated
from crawler.archive.verify import verify
from crawler.archive.warc import Exchange, WarcFile, file_sha256
from crawler.model import Capture, Site
from scoring import store
from waiwen.retention import Limits, Stored, doomed
from waiwen.workspace import open_workspace

SITE = Site("a", "甲", "c", "", "http://www.a.gov.example/")
NEW_YEAR = datetime(2026, 1, 1, tzinfo=UTC)


def add_round(place, name, day):
    """A round with one captured page in a file of its own; returns the capture."""
    started = NEW_YEAR + timedelta(days=day)
    place.archive.start_round(name, [SITE], cutoff=date(2026, 6, 30), started=started, digest="d", settings={})
    place.prepare()
    file = f"{name}.warc.gz"
    place.archive.open_file(name, file)
    body = f"<p>{name}</p>".encode()
    with WarcFile(place.archive.folder / file, "test") as warc:
        at = warc.append(Exchange(SITE.url, "GET", (), 200, "OK", (("ETag", '"1"'),), body, started))
    path = place.archive.folder / file
    place.archive.close_file(file, records=3, size=path.stat().st_size, sha256=file_sha256(path))
    capture = Capture(
        0, name, "a", "zh", "page", SITE.url, SITE.url, 200, started, (("ETag", '"1"'),),
        at.digest, file, at.offset, at.length, 0.1,
    )  # fmt: skip
    return replace(capture, id=place.archive.add_capture(capture))


@pytest.fixture
def place(tmp_path):
    """A workspace with rounds of January 1st, 2nd, 3rd and 4th; `b` was reported."""
    place = open_workspace(tmp_path / "ws", create=True)
    for day, name in enumerate("abcd"):
        add_round(place, name, day)
    place.archive.finish_step("b", "report")
    report = place.reports("b") / "sites" / "a.html"
    report.parent.mkdir(parents=True)
    report.write_text("<p>甲</p>", "utf-8")
    return place


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


@pytest.fixture
def postgres_place(postgres, tmp_path, monkeypatch):
    """A workspace on PostgreSQL with rounds of two days, the second of which stands on the first one's page."""
    monkeypatch.setenv("WAIWEN_DATABASE_URL", postgres())
    place = open_workspace(tmp_path / "pg", create=True)
    earlier = add_round(place, "a", 0)
    add_round(place, "b", 1)
    place.archive.add_capture(revalidated(earlier, round_name="b", fetched=NEW_YEAR, elapsed=0.1))
    yield place
    place.archive.engine.dispose()


def test_rounds_are_pruned_on_postgresql_too(waiwen, postgres_place):
    code, _, err = waiwen("archive", "prune", "--keep-rounds", 1, "--workspace", postgres_place.folder)
    assert code == 0, err
    assert postgres_place.archive.round_names() == ["b"]
    assert {file["name"] for file in postgres_place.archive.files()} == {"a.warc.gz", "b.warc.gz"}
    assert verify(postgres_place.archive) == []


def test_a_database_on_postgresql_is_not_backed_up_but_its_own_tool_named(waiwen, postgres_place, tmp_path):
    code, _, err = waiwen("backup", tmp_path / "b.tar", "--workspace", postgres_place.folder)
    assert code == 2
    assert "pg_dump" in err
    assert not list(tmp_path.glob("*b.tar*"))


# -- backup and restore


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
