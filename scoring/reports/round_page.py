"""The page of the whole round: rankings by cohort, who is unranked and why, charts and statistics."""

from __future__ import annotations

from scoring.reports.bundle import RoundReport, Title, unranked_reason
from scoring.reports.chart import MOST_BARS, colours, ranking_chart
from scoring.reports.cohorts import cohort_statistics
from scoring.reports.html import render
from scoring.reports.paths import site_file
from scoring.reports.tables import DICTIONARY, TABLES
from scoring.robustness.model import tier_standing


def report_page(report: RoundReport) -> str:
    """Return `report.html`: the ranking of every cohort, unranked sites with their reasons, charts and statistics."""
    categories = report.categories()
    statistics = {found.cohort: found for found in cohort_statistics(report)}
    return render(
        "report.html",
        report,
        categories=categories,
        weights=category_weights(report),
        colours=colours(categories),
        cohorts=[_cohort_section(report, cohort, categories) for cohort in report.cohorts()],
        statistics=statistics,
        most_bars=MOST_BARS,
        site_file=site_file,
        unranked_reason=unranked_reason,
        standing=tier_standing,
        languages=sorted({entry.scorecard.language for entry in report.ranking.entries if entry.scorecard}),
        table_names=[*(f"{name}.csv" for name in (*TABLES, DICTIONARY)), "tables.xlsx", "manifest.json"],
        totals={
            name: sum(getattr(found, name) for found in statistics.values())
            for name in ("sites", "with_version", "known", "blocked", "unknown", "ranked")
        },
    )


def category_weights(report: RoundReport) -> dict[str, float]:
    """Return the weight of every category whose weight is the same on all scorecards (cohort tables may differ)."""
    weights: dict[str, set[float]] = {}
    for card in report.scorecards():
        for category in card.categories:
            weights.setdefault(category.id, set()).add(category.weight)
    return {category: found.pop() for category, found in weights.items() if len(found) == 1}


def _cohort_section(report: RoundReport, cohort: str, categories: tuple[str, ...]) -> dict[str, object]:
    entries = report.entries(cohort)
    title: Title = report.titles.cohorts.get(cohort, (cohort, ""))
    return {
        "id": cohort,
        "title": title,
        "ranked": [
            (entry, {category.id: category for category in entry.scorecard.categories}, dict(entry.category_ranks))
            for entry in entries
            if entry.rank is not None and entry.scorecard is not None
        ],
        "unranked": [entry for entry in entries if entry.rank is None or entry.scorecard is None],
        "chart": ranking_chart(entries, categories),
    }
