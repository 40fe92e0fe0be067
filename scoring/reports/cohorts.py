"""The counts that a round publishes: who has a foreign version, who is ranked, in which score band."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from crawler.model import Failure, ForeignVersion, Site, Verdict
from scoring.evidence import FailureRow
from scoring.rank import comparable
from scoring.reports.bundle import RoundReport
from scoring.scorecard import Entry

# The score bands that published rounds use: 80 and more, 70-79, 60-69, below 60.
BANDS = ((80.0, "80_and_more"), (70.0, "70_to_79"), (60.0, "60_to_69"), (-math.inf, "below_60"))


class Ownership(StrEnum):
    """Whether a site has a foreign version, as far as we could see."""

    OWNED = "with_version"
    NONE = "without_version"
    BLOCKED = "blocked"  # a firewall answered us: we cannot tell
    UNKNOWN = "unknown"  # not captured, no answer, or on a host that nobody confirmed: we cannot tell


@dataclass(frozen=True)
class CohortStatistics:
    """One cohort's counts. `known` sites are those of which we can tell: only they make the share's denominator.

    `share_low` and `share_high` take every site that we cannot tell as lacking, and as having, a version.
    `mean_total` is over ranked sites. `bands` are the ranked sites by BANDS.
    """

    cohort: str
    sites: int
    with_version: int
    without_version: int
    blocked: int
    unknown: int
    ranked: int
    mean_total: float | None
    bands: tuple[int, ...]

    @property
    def known(self) -> int:
        """Sites of which we can tell whether they have a foreign version."""
        return self.with_version + self.without_version

    @property
    def unranked(self) -> int:
        """Sites without a rank, for whatever reason."""
        return self.sites - self.ranked

    @property
    def share(self) -> float | None:
        """Ownership rate over the known sites, 0..1; None where none is known."""
        return self.with_version / self.known if self.known else None

    @property
    def share_low(self) -> float | None:
        """The lowest rate that fits what we saw."""
        return self.with_version / self.sites if self.sites else None

    @property
    def share_high(self) -> float | None:
        """The highest rate that fits what we saw."""
        return (self.sites - self.without_version) / self.sites if self.sites else None


def ownership(site: Site, versions: Iterable[ForeignVersion], failures: Iterable[FailureRow]) -> Ownership:
    """Say whether a site has a real foreign version, or that we cannot tell: its home page or a candidate was not seen.

    `versions` and `failures` are the site's own.
    """
    verdicts = {version.verdict for version in versions}
    home = {row.failure for row in failures if row.version == site.base_language and _same_address(row.url, site.url)}
    if Verdict.REAL in verdicts:
        return Ownership.OWNED
    if Verdict.BLOCKED in verdicts or Failure.BLOCKED in home:
        return Ownership.BLOCKED
    if home or verdicts & {Verdict.NOT_CAPTURED, Verdict.OTHER_HOST}:
        return Ownership.UNKNOWN
    return Ownership.NONE


def _same_address(one: str, other: str) -> bool:
    def core(url: str) -> tuple[str, str]:
        try:
            parts = urlsplit(url)
        except ValueError:
            return url, ""
        return parts.netloc.lower(), parts.path.rstrip("/")

    return core(one) == core(other)


def ownership_by_site(report: RoundReport) -> dict[str, Ownership]:
    """Return what every site of the round owns, by site id."""
    versions: dict[str, list[ForeignVersion]] = {}
    for version in report.versions:
        versions.setdefault(version.site_id, []).append(version)
    failures: dict[str, list[FailureRow]] = {}
    for row in report.failures:
        failures.setdefault(row.site_id, []).append(row)
    sites = {site.id: site for site in report.sites} | {entry.site.id: entry.site for entry in report.ranking.entries}
    return {
        name: ownership(site, versions.get(name, ()), failures.get(name, ())) for name, site in sorted(sites.items())
    }


def cohort_statistics(report: RoundReport) -> tuple[CohortStatistics, ...]:
    """Count every cohort, in the order of `report.cohorts()`."""
    owned = ownership_by_site(report)
    return tuple(count_sites(cohort, report.entries(cohort), owned) for cohort in report.cohorts())


def count_sites(name: str, entries: Sequence[Entry], owned: Mapping[str, Ownership]) -> CohortStatistics:
    """Count the sites of one cohort, or of several under one name; `owned` is by site id."""
    states = [owned[entry.site.id] for entry in entries]
    totals = [total_of(entry) for entry in entries if entry.rank is not None]
    return CohortStatistics(
        cohort=name,
        sites=len(entries),
        with_version=states.count(Ownership.OWNED),
        without_version=states.count(Ownership.NONE),
        blocked=states.count(Ownership.BLOCKED),
        unknown=states.count(Ownership.UNKNOWN),
        ranked=len(totals),
        mean_total=math.fsum(totals) / len(totals) if totals else None,
        bands=band_counts(totals, [floor for floor, _ in BANDS]),
    )


def total_of(entry: Entry) -> float:
    """Return the total, 0..100, of a ranked entry."""
    assert entry.scorecard is not None
    assert entry.scorecard.total is not None
    return entry.scorecard.total


def band_counts(totals: Iterable[float], floors: Sequence[float]) -> tuple[int, ...]:
    """Return how many totals lie in each band; a total lies in the band of the highest floor that it reaches."""
    counts = [0] * len(floors)
    for total in totals:
        reached = [(floor, place) for place, floor in enumerate(floors) if comparable(total) >= floor]
        if reached:
            counts[max(reached)[1]] += 1
    return tuple(counts)
