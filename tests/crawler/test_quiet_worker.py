"""A worker that waits can be stopped, and has asked for nothing and recorded nothing."""

from datetime import UTC, date, datetime

import pytest

from crawler.archive.index import Archive, open_database
from crawler.job import Job, SiteTask
from crawler.manners import Manners
from crawler.model import Site
from crawler.pool import Interrupted, run_jobs

SITE = Site("a", "甲市", "c", "", "http://www.a.gov.example/")


def test_a_worker_stops_cleanly_in_quiet_hours(tmp_path, loopback):
    archive = Archive(open_database(f"sqlite:///{tmp_path / 'w.db'}"), tmp_path / "archive")
    archive.folder.mkdir()
    archive.start_round("r", [SITE], cutoff=date(2026, 6, 1), started=datetime.now(UTC), digest="d", settings={})
    log = tmp_path / "log"
    minute = (datetime.now(UTC).hour * 60 + datetime.now(UTC).minute + 8 * 60 - 5) % 1440  # five minutes ago there
    hours = f"{minute // 60:02}:{minute % 60:02}-{(minute // 60 + 23) % 24:02}:{minute % 60:02}"
    job = Job(
        step="discover", round="r", name="discover-0", database=f"sqlite:///{tmp_path / 'w.db'}",
        archive=str(archive.folder), log=str(log), tasks=(SiteTask(SITE),),
        manners=Manners(delay=0.0, proxy=loopback.proxy, quiet_hours=hours),
    )  # fmt: skip

    def interrupt_once_it_waits():
        if "no request starts in them" in (log.read_text() if log.exists() else ""):
            raise KeyboardInterrupt

    with pytest.raises((KeyboardInterrupt, Interrupted)):
        run_jobs([job], interrupt_once_it_waits)
    assert "Spider closed (shutdown)" in log.read_text()
    assert loopback.hits == []
    assert archive.captures("r", "a") == ()
