"""Workspaces with a few rounds, each with a captured page in a WARC file of its own."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from crawler.archive.revisit import revalidated
from crawler.archive.warc import Exchange, WarcFile, file_sha256
from crawler.model import Capture, Site
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
def postgres_place(postgres, tmp_path, monkeypatch):
    """A workspace on PostgreSQL with rounds of two days, the second of which stands on the first one's page."""
    monkeypatch.setenv("WAIWEN_DATABASE_URL", postgres())
    place = open_workspace(tmp_path / "pg", create=True)
    earlier = add_round(place, "a", 0)
    add_round(place, "b", 1)
    place.archive.add_capture(revalidated(earlier, round_name="b", fetched=NEW_YEAR, elapsed=0.1))
    yield place
    place.archive.engine.dispose()
