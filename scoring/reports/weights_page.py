"""A page on which the categories' weights can be moved: it works from disk, on the figures that stand in its table."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from scoring.reports.bundle import RoundReport, Title
from scoring.reports.html import policy_digest, render
from scoring.scorecard import Entry

SCRIPT = Path(__file__).parent / "templates" / "weights.js"
WEIGHTS_FILE = "weights.html"


@dataclass(frozen=True)
class WeightedCategory:
    """A category with its published weight."""

    id: str
    title: Title
    weight: str


@dataclass(frozen=True)
class SiteRow:
    """A ranked site: its category scores in order, joined by commas, empty where there is none."""

    id: str
    name: str
    rank: int
    total: float
    scores: str
    bonus: str


@dataclass(frozen=True)
class CohortRows:
    """A cohort's ranked sites, by rank."""

    id: str
    title: Title
    rows: tuple[SiteRow, ...]


def weights_page(report: RoundReport) -> str:
    """Return the page. A cohort with weights of its own starts from the rule file's, like all others."""
    script = "\n" + SCRIPT.read_text(encoding="utf-8")
    return render(
        "weights.html",
        report,
        categories=_categories(report),
        cohorts=tuple(cohort for name in report.cohorts() if (cohort := _cohort(report, name)).rows),
        script=Markup(script),  # noqa: S704 - a file of ours
        script_digest=policy_digest(script),
    )


def _categories(report: RoundReport) -> tuple[WeightedCategory, ...]:
    cards = report.scorecards()
    weights = {category.id: category.weight for card in reversed(cards) for category in card.categories}
    return tuple(
        WeightedCategory(name, report.titles.categories.get(name, (name, "")), f"{weights[name]:g}")
        for name in report.categories()
        if name in weights
    )


def _cohort(report: RoundReport, name: str) -> CohortRows:
    rows = (_row(report, entry) for entry in report.entries(name))
    title = report.titles.cohorts.get(name, (name, ""))
    return CohortRows(name, title, tuple(row for row in rows if row is not None))


def _row(report: RoundReport, entry: Entry) -> SiteRow | None:
    card = entry.scorecard
    if entry.rank is None or card is None or card.total is None:
        return None
    found = {category.id: category.score for category in card.categories}
    scores = (found.get(category.id) for category in _categories(report))
    joined = ",".join("" if score is None else f"{score:.9f}" for score in scores)
    return SiteRow(entry.site.id, entry.site.name, entry.rank, card.total, joined, f"{card.bonus:.9f}")
