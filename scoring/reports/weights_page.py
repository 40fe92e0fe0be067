"""A page on which the categories' weights can be moved: it works from disk, on the figures that stand in its table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from markupsafe import Markup

from scoring.aggregate import bonus_of
from scoring.reports.bundle import RoundReport, Title
from scoring.reports.html import policy_digest, render
from scoring.reports.wording import plain
from scoring.scorecard import Entry

SCRIPT = Path(__file__).parent / "templates" / "weights.js"
WEIGHTS_FILE = "weights.html"


@dataclass(frozen=True)
class WeightedCategory:
    """A category with the weight that its slider starts from."""

    id: str
    title: Title
    weight: str


@dataclass(frozen=True)
class SiteRow:
    """A ranked site: its category scores in order, joined by commas, empty where there is none.

    `bonus` are the points that its bonus indicators add where the bonus opens.
    """

    id: str
    name: str
    rank: int
    total: float
    scores: str
    bonus: str


@dataclass(frozen=True)
class CohortRows:
    """A cohort's ranked sites, by rank, and its weights of the categories, joined by commas."""

    id: str
    title: Title
    weights: str
    rows: tuple[SiteRow, ...]


def weights_page(report: RoundReport) -> str:
    """Return the page: the rule file's weights on the sliders, and every cohort at its published ranking.

    Totals by deduction are no mean of categories: the page then has no slider.
    """
    script = "\n" + SCRIPT.read_text(encoding="utf-8")
    rules = report.rules
    categories = () if rules is not None and rules.method == "deduction" else _categories(report)
    return render(
        "weights.html",
        report,
        categories=categories,
        cohorts=tuple(cohort for name in report.cohorts() if (cohort := _cohort(report, name, categories)).rows),
        own_weights=rules is not None and any(cohort.weights for cohort in rules.cohorts),
        opens_at=rules.bonus.opens_at if rules is not None and rules.bonus is not None else 0.0,
        script=Markup(script),  # noqa: S704 - a file of ours
        script_digest=policy_digest(script),
    )


def _categories(report: RoundReport) -> tuple[WeightedCategory, ...]:
    weights = {category.id: category.weight for card in report.scorecards() for category in card.categories}
    if report.rules is not None:
        weights |= {category.id: category.weight for category in report.rules.categories}
    return tuple(
        WeightedCategory(name, report.titles.categories.get(name, (name, "")), plain(weights[name]))
        for name in report.categories()
        if name in weights
    )


def _cohort(report: RoundReport, name: str, categories: Sequence[WeightedCategory]) -> CohortRows:
    ranked = [entry for entry in report.entries(name) if entry.rank is not None]
    weights = {c.id: c.weight for entry in ranked if entry.scorecard for c in entry.scorecard.categories}
    rows = (_row(report, entry, categories) for entry in ranked)
    return CohortRows(
        name,
        report.titles.cohorts.get(name, (name, "")),
        _joined(weights.get(category.id) for category in categories),
        tuple(row for row in rows if row is not None),
    )


def _row(report: RoundReport, entry: Entry, categories: Sequence[WeightedCategory]) -> SiteRow | None:
    card = entry.scorecard
    if entry.rank is None or card is None or card.total is None:
        return None
    found = {category.id: category.score for category in card.categories}
    scores = _joined(found.get(category.id) for category in categories)
    bonus = card.bonus if report.rules is None else bonus_of(report.rules, 100.0, card.lines)
    return SiteRow(entry.site.id, entry.site.name, entry.rank, card.total, scores, repr(bonus))


def _joined(values: Iterable[float | None]) -> str:
    """Join exact figures: rounded ones could make a tie, or break one."""
    return ",".join("" if value is None else repr(float(value)) for value in values)
