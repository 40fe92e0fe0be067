"""What a worker process is told: one step of a round on a shard of sites. It travels as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pydantic import TypeAdapter

from crawler.archive.database import BUSY_TIMEOUT
from crawler.manners import Manners
from crawler.model import Site
from crawler.scope import Scope, host_of, registered_domain


@dataclass(frozen=True)
class Target:
    """A version to crawl: its home page, and which addresses are its own."""

    language: str
    home: str
    scope: Scope


@dataclass(frozen=True)
class SiteTask:
    """A site to work on. `targets` are empty in discovery; `others` are scopes that belong to versions
    which are not crawled, so that their pages are not taken for those of the version around them.
    """

    site: Site
    targets: tuple[Target, ...] = ()
    others: tuple[Scope, ...] = ()

    @property
    def domains(self) -> frozenset[str]:
        """The registered domains that the task is known to lead to."""
        urls = (self.site.url, *(url for _, url in self.site.versions), *(target.home for target in self.targets))
        return frozenset(registered_domain(host_of(url)) for url in urls)


@dataclass(frozen=True)
class Job:
    """A shard's work. `database` is an SQLAlchemy URL, `archive` the folder of the WARC files.

    Captures after the id `since` belong to the pass. `busy_timeout` is how long to wait for a locked database,
    in seconds.
    """

    step: Literal["discover", "crawl"]
    round: str
    name: str
    database: str
    archive: str
    log: str
    manners: Manners
    tasks: tuple[SiteTask, ...]
    since: int = 0
    busy_timeout: float = BUSY_TIMEOUT


JOB = TypeAdapter(Job)
