"""How firm the ranking is, and who is given which tier: the pages on robustness and on awards."""

from __future__ import annotations

from dataclasses import dataclass

from scoring.reports.bundle import RoundReport, Title
from scoring.reports.html import render
from scoring.robustness.model import tier_standing
from scoring.scorecard import Entry

ROBUSTNESS_FILE, AWARDS_FILE = "robustness.html", "awards.html"
SOURCES: dict[str, Title] = {
    "weights": ("weights", "权重"),
    "aggregation": ("geometric instead of arithmetic mean", "几何平均代替算术平均"),
    "missing_data": ("another rule for gaps", "缺失值处理"),
    "sampling_error": ("sampling error", "抽样误差"),
}


@dataclass(frozen=True)
class TierList:
    """The sites of one tier in one cohort, by rank and then site id."""

    title: Title
    entries: tuple[Entry, ...]


def robustness_page(report: RoundReport) -> str:
    """Return the page: rank intervals, sources of uncertainty, correlations beside weights."""
    names = {site.id: site.name for site in report.sites}
    return render("robustness.html", report, names=names, SOURCES=SOURCES)


def awards_page(report: RoundReport) -> str:
    """Return the award lists as a notice has them: cohort, tier, names."""
    cohorts = [
        {"title": report.titles.cohorts.get(cohort, (cohort, "")), "tiers": tier_lists(report, cohort)}
        for cohort in report.cohorts()
    ]
    return render("awards.html", report, cohorts=cohorts, standing=tier_standing)


def tier_lists(report: RoundReport, cohort: str) -> list[TierList]:
    """Return a cohort's tiers that a site has, best first."""
    held: dict[str, list[Entry]] = {}
    for entry in report.entries(cohort):
        if entry.tier and entry.rank is not None:
            held.setdefault(entry.tier, []).append(entry)
    order = [*report.titles.tiers, *sorted(held.keys() - report.titles.tiers.keys())]
    return [TierList(report.titles.tiers.get(t, (t, "")), tuple(held[t])) for t in order if t in held]
