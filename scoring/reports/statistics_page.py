"""The statistics page: ownership in full, every other statistic as a table of cohorts by parts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from scoring.chinese.sentences import in_chinese
from scoring.reports.bundle import RoundReport, Title
from scoring.reports.cohorts import cohort_statistics
from scoring.reports.dictionary import topics
from scoring.reports.html import render
from scoring.reports.round_statistics import ALL, Statistic, round_statistics
from scoring.reports.wording import language_name

STATISTICS_FILE = "statistics.html"
# The ownership table has these, or a table would be as wide as there are sites.
ELSEWHERE = {"ownership", "ownership_state", "score_band", "maximum", "mean"}
ALL_COHORTS: Title = ("All together", "合计")
PARTS: dict[str, Title] = {
    "east": ("east", "东部"),
    "centre": ("centre", "中部"),
    "west": ("west", "西部"),
}


@dataclass(frozen=True)
class TopicTable:
    """A topic's figures: a row a cohort, a cell a part, None where the cohort has no such figure."""

    topic: str
    title: Title
    parts: tuple[str, ...]
    names: dict[str, Title]
    rows: tuple[tuple[Title, tuple[Statistic | None, ...]], ...]

    @property
    def meaning(self) -> Title:
        """What is counted."""
        found = topics()[self.topic]
        return found.meaning, found.meaning_chinese

    def named(self, part: str) -> Title:
        """Return a part's title: itself where it has none, the topic's where the topic has no parts."""
        return self.names.get(part, (part, "")) if part else self.title


def statistics_page(report: RoundReport) -> str:
    """Return the page."""
    found = round_statistics(report)
    names = [s.topic for s in found if s.topic not in ELSEWHERE]
    return render(
        "statistics.html",
        report,
        cohorts=[(cohort_title(report, counts.cohort), counts) for counts in cohort_statistics(report)],
        maxima=[(cohort_title(report, s.cohort), s) for s in found if s.topic == "maximum"],
        site_names={site.id: site.name for site in report.sites},
        topics=[topic_table(report, name, [s for s in found if s.topic == name]) for name in dict.fromkeys(names)],
    )


def cohort_title(report: RoundReport, cohort: str) -> Title:
    """Return a cohort's title, or that of all together."""
    return ALL_COHORTS if cohort == ALL else report.titles.cohorts.get(cohort, (cohort, ""))


def topic_table(report: RoundReport, topic: str, found: Iterable[Statistic]) -> TopicTable:
    """Lay a topic's figures out: parts across, in the order in which they first come."""
    cells = {(s.cohort, s.part): s for s in found}
    parts = tuple(dict.fromkeys(part for _, part in cells))
    cohorts = tuple(dict.fromkeys(cohort for cohort, _ in cells))
    rows = tuple(
        (cohort_title(report, cohort), tuple(cells.get((cohort, part)) for part in parts)) for cohort in cohorts
    )
    english, chinese = topic.replace("_", " "), topics()[topic].chinese
    return TopicTable(topic, (english.capitalize(), chinese), parts, _part_names(report, topic, parts), rows)


def _part_names(report: RoundReport, topic: str, parts: Iterable[str]) -> dict[str, Title]:
    stages = {s.id: (s.title.en, s.title.zh) for s in (report.rules.stages if report.rules else ())}
    gates = {g.id: (g.title.en, g.title.zh) for g in (report.rules.gates if report.rules else ())}
    titles = report.titles
    known = {**PARTS, **dict(titles.categories), **dict(titles.indicators), **stages, **gates}
    if topic == "language":
        known = {part: language_name(part) for part in parts}
    if topic == "excluded":
        known = {part: (part, in_chinese(part) or "") for part in parts}
    return known
