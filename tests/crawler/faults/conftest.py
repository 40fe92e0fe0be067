"""Every fault is crawled once, by the worker itself, and the tests look at what it recorded."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # the faults are modules of this folder

import faults_blocks
import faults_redirects
import faults_robots
import faults_text
import faults_traps
import faults_wire
from faultcases import Fault
from faultserver import FaultServer

from crawler.archive.index import Archive, open_database
from crawler.archive.reading import Answer, SiteReader
from crawler.job import Job, SiteTask, Target
from crawler.manners import Manners
from crawler.model import Capture, Failure, Site
from crawler.pool import run_jobs
from crawler.scope import scope_of_home

GROUPS = (faults_blocks, faults_wire, faults_redirects, faults_robots, faults_text, faults_traps)
FAULTS: tuple[Fault, ...] = tuple(fault for group in GROUPS for fault in group.FAULTS)
# Nothing here takes long but what is meant to: a busy machine must not turn other faults into late ones.
MANNERS = Manners(delay=0.0, timeout=60.0, max_pages=45, max_pause=3.0, allow_private=True)
HASTY = replace(MANNERS, timeout=1.0)


@dataclass(frozen=True)
class Seen:
    """What came of one fault: its home page's answer, all its captures, and what was left out."""

    fault: Fault
    url: str
    reader: SiteReader
    left_out: dict[str, str]
    requests: list[tuple[str, dict[str, str]]]

    @property
    def home(self) -> Answer:
        capture = self.reader.end_of(self.url)
        assert capture is not None, f"{self.fault.name}: nothing was recorded"
        return self.reader.answer(capture)

    @property
    def captures(self) -> tuple[Capture, ...]:
        return self.reader.captures

    @property
    def paths(self) -> list[str]:
        """The paths that the server was asked for, in their order, its site map apart."""
        return [path for path, _ in self.requests if path != "/sitemap.xml"]

    @property
    def told(self) -> tuple[Failure | None, str]:
        return self.home.failure or (None, "")


class Web:
    """A crawled web of faults."""

    def __init__(self, server: FaultServer, archive: Archive, log: str) -> None:
        self.server, self.archive, self.log = server, archive, log

    def seen(self, name: str) -> Seen:
        fault = next(fault for fault in FAULTS if fault.name == name)
        requests = [(path, headers) for host, path, headers in self.server.requests if host == name]
        left_out = {url: reason for (_, url), reason in self.archive.left_out("r", name).items()}
        site = Site(name, name, "county", "", home_of(fault, self.server))
        reader = SiteReader(self.archive, "r", site)
        return Seen(fault, home_of(fault, self.server), reader, left_out, requests)


def home_of(fault: Fault, server: FaultServer) -> str:
    return fault.url or server.origins[fault.name] + "/"


def archive_of(sites: list[Site], folder: Path) -> Archive:
    """An archive with a round of these sites."""
    (folder / "archive").mkdir()
    archive = Archive(open_database(f"sqlite:///{folder}/waiwen.db"), folder / "archive")
    archive.start_round("r", sites, cutoff=date(2026, 6, 1), started=datetime.now(UTC), digest="", settings={})
    return archive


def job_of(step: str, sites: list[Site], folder: Path, manners: Manners, name: str = "w") -> Job:
    """A worker's job on these sites."""
    tasks = tuple(SiteTask(site, (_target(site.url),) if step == "crawl" else ()) for site in sites)
    paths = (f"sqlite:///{folder}/waiwen.db", str(folder / "archive"), str(folder / f"{name}.log"))
    return Job(step, "r", name, *paths, manners, tasks)


def _target(home: str) -> Target:
    return Target("zh", home, scope_of_home("zh", home, base=True, site_url=home))


def kinds(archive: Archive, site_id: str) -> list[Failure | None]:
    """The failures of a site's captures, in their order."""
    return [capture.failure for capture in archive.captures("r", site_id)]


@pytest.fixture(scope="session")
def server() -> Iterator[FaultServer]:
    with FaultServer({fault.name: fault.host for fault in FAULTS}) as found:
        yield found


@pytest.fixture(scope="session")
def web(server: FaultServer, tmp_path_factory: pytest.TempPathFactory) -> Web:
    sites = {fault: Site(fault.name, fault.name, "county", "", home_of(fault, server)) for fault in FAULTS}
    folder = tmp_path_factory.mktemp("faults")
    archive = archive_of(list(sites.values()), folder)
    jobs = []
    for late, manners in ((False, MANNERS), (True, HASTY)):
        members = [sites[fault] for fault in FAULTS if fault.late is late]
        jobs.append(job_of("crawl", members, folder, manners, f"w{late:d}"))
    failed = run_jobs(jobs, lambda: None)
    log = "".join(Path(job.log).read_text("utf-8", "replace") for job in jobs)
    assert not failed, f"{failed}\n{log[-5000:]}"
    return Web(server, archive, log)
