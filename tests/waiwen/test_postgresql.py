"""What PostgreSQL takes is what SQLite takes."""

from dataclasses import replace
from datetime import UTC, date, datetime

from crawler.archive.index import Archive, open_database
from crawler.model import Capture, Site


def test_what_a_site_writes_is_stored_whatever_characters_it_has(database_url):
    archive = Archive(open_database(database_url), None)
    noon = datetime(2026, 6, 30, 12, tzinfo=UTC)
    site = Site("a", "甲", "c", "", "http://a/")
    archive.start_round("r", [site], cutoff=date(2026, 6, 30), started=noon, digest="d", settings={})
    headers = (("X", "a\0b"),)
    big = 3 << 30  # bytes: past what 32 bits hold
    capture = Capture(
        0, "r", "a", "zh", "page", "http://a/", "http://a/", 200, noon, headers, "sha256:0", "w", big, 2, 0.1
    )
    key = archive.add_capture(replace(capture, anchor="a\0b"))
    assert archive.captures("r", "a") == (replace(capture, id=key, anchor="a\ufffdb"),)
