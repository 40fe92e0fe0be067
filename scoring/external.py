"""External values: figures that no crawl finds (an influence index, nominations, awards), brought in as a table.

CSV with the columns site, indicator, value, date and source. They are weighed, shown and traced like any measurement:
each says its date, its source, and the line of the file that it was read from.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from crawler.csv_table import read_day, read_table
from crawler.errors import TableError
from crawler.model import CHINESE, ForeignVersion, Site, Verdict
from scoring.evidence import Measurement, Outcome
from scoring.ruleset.yaml_tree import shown, suggestion

COLUMNS = ("site", "indicator", "value", "date", "source")


@dataclass(frozen=True)
class ExternalValue:
    """One figure of a site. `file`, `digest` (of the file's bytes) and `line` say where it was read."""

    site: str
    indicator: str
    value: float
    day: date
    source: str
    file: str
    digest: str
    line: int

    def measurement(self) -> Measurement:
        """Return it as a measurement: no page is cited, the note says where it comes from."""
        place = f"{self.file} line {self.line}, sha256 {self.digest}"
        return Measurement(
            Outcome.MEASURED, self.value, note=f"{shown(self.value)} of {self.day}, from {self.source} ({place})"
        )


def read_external(path: Path, sites: Collection[str], cutoff: date) -> tuple[ExternalValue, ...]:
    """Read a table of external values. Raises TableError that lists every bad line: what, where, what to do."""
    table = read_table(path, "values", COLUMNS)
    values, problems = [], []
    seen: Counter[tuple[str, str]] = Counter()
    for row, cells in table.records(COLUMNS):
        faults = [row.fault] if row.fault else _faults(cells, sites, cutoff)
        key = (cells["site"], cells["indicator"])
        seen[key] += 1
        if seen[key] == 2 and not row.fault:
            faults.append(f"{key[0]} has a second value of {key[1]}. Remove one")
        problems += [f"line {row.line}  {fault}" for fault in faults]
        if not faults:
            number, day = float(cells["value"]), read_day(cells["date"])
            values.append(ExternalValue(*key, number, day, cells["source"], path.name, table.digest, row.line))
    if problems:
        raise TableError.listing(str(path), problems)
    return tuple(values)


def _faults(cells: Mapping[str, str], sites: Collection[str], cutoff: date) -> list[str]:
    faults = []
    if cells["site"] not in sites:
        near = suggestion(cells["site"], sites)
        faults.append(
            f"no site {cells['site']!r} in the round. " + (f"Did you mean {near}?" if near else "See its list")
        )
    faults += [f"`{name}` is blank" for name in ("indicator", "source") if not cells[name]]
    try:
        if not math.isfinite(float(cells["value"])):
            raise ValueError
    except ValueError:
        faults.append(f"`value` is {cells['value']!r}, not a number")
    try:
        if read_day(cells["date"]) > cutoff:
            faults.append(f"`date` is {cells['date']}, after the round's cut-off {cutoff}")
    except ValueError:
        faults.append(f"`date` is {cells['date']!r}. Write it as 2026-06-30")
    return faults


def with_external(
    measurements: Mapping[tuple[str, str], Mapping[str, Measurement]],
    versions: Iterable[ForeignVersion],
    values: Iterable[ExternalValue],
) -> dict[tuple[str, str], dict[str, Measurement]]:
    """Return the measurements by (site id, language) with each site's external ones in every real version of it."""
    by_site: dict[str, dict[str, Measurement]] = {}
    for value in values:
        by_site.setdefault(value.site, {})[value.indicator] = value.measurement()
    joined = {key: dict(found) for key, found in measurements.items()}
    for version in versions:
        if version.verdict is Verdict.REAL and version.site_id in by_site:
            found = joined.setdefault((version.site_id, version.language), {})
            joined[version.site_id, version.language] = by_site[version.site_id] | found
    return joined


def sites_themselves(sites: Iterable[Site]) -> list[ForeignVersion]:
    """Return each site as what stands for it, where a rule set ranks sites and needs no foreign version."""
    return [ForeignVersion(site.id, CHINESE, site.url, "", "roster", Verdict.REAL, "the site itself") for site in sites]
