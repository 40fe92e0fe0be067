"""Measures one site: the final verdicts, every indicator on every real version, and what could not be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from crawler.archive.index import Archive
from crawler.model import ForeignVersion, Site, Verdict
from scoring.evidence import ColumnPair, FailureRow, Measurement, Outcome, Pair, Parameter
from scoring.registry import registry
from scoring.verdicts import judge_site


@dataclass(frozen=True)
class SiteResult:
    """All that was measured on one site. Mappings are by language; `problem` is why its home page is unread."""

    site_id: str
    versions: tuple[ForeignVersion, ...]
    measurements: dict[str, dict[str, Measurement]]
    pairs: dict[str, tuple[Pair, ...]]
    column_pairs: dict[str, tuple[ColumnPair, ...]]
    failures: tuple[FailureRow, ...]
    problem: str
    errors: tuple[str, ...]


def measure_site(
    archive: Archive,
    round_name: str,
    site: Site,
    cutoff: date,
    parameters: Mapping[str, Mapping[str, Parameter]] = MappingProxyType({}),
) -> SiteResult:
    """Measure every real foreign version of a site from the archive alone.

    `parameters` are by indicator id, then by name: those of a rule set.
    """
    dossier = judge_site(archive, round_name, site, complete=True)
    measurements: dict[str, dict[str, Measurement]] = {}
    pairs: dict[str, tuple[Pair, ...]] = {}
    columns: dict[str, tuple[ColumnPair, ...]] = {}
    errors = []
    for version in dossier.versions:
        if version.verdict is not Verdict.REAL:
            continue
        language = version.language
        evidence = dossier.evidence(version, cutoff)
        measurements[language] = {
            name: found.run(evidence, parameters.get(name, {})) for name, found in registry().items()
        }
        pairs[language] = evidence.pairs or ()
        columns[language] = evidence.column_pairs or ()
        errors += [
            f"{site.id} {language} {name}: {found.note}"
            for name, found in measurements[language].items()
            if found.outcome is Outcome.ERROR
        ]
    return SiteResult(
        site_id=site.id,
        versions=dossier.versions,
        measurements=measurements,
        pairs=pairs,
        column_pairs=columns,
        failures=dossier.failure_rows(),
        problem=dossier.problem(),
        errors=tuple(errors),
    )
