"""The round as tables: one DataFrame a CSV file, real numbers inside, columns and order stable."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import astuple
from types import MappingProxyType

import pandas as pd

from crawler.model import ForeignVersion, Verdict
from scoring.evidence import EvidenceRef
from scoring.reports.bundle import RoundReport, VersionKey, unranked_reason
from scoring.reports.dictionary import column_entries
from scoring.reports.round_statistics import round_statistics
from scoring.reports.wording import percent
from scoring.robustness.model import tier_standing
from scoring.scorecard import Entry, Scorecard

Row = Sequence[object]


def tables(report: RoundReport) -> dict[str, pd.DataFrame]:
    """Return every table by name, in the order of TABLES, their dictionary last; None stands for an empty cell."""
    made = {name: _stamped(build(report), report) for name, build in TABLES.items()}
    return made | {DICTIONARY: _stamped(_data_dictionary(made, report.titles.chinese_categories), report)}


def _frame(columns: Sequence[str], rows: Iterable[Row]) -> pd.DataFrame:
    # dtype object: pandas would otherwise make a column of counts with gaps into floats
    return pd.DataFrame([tuple(row) for row in rows], columns=list(columns), dtype=object)


def _stamped(frame: pd.DataFrame, report: RoundReport) -> pd.DataFrame:
    """Add what every row must carry to be read apart from its file."""
    stamps = {
        "round": report.round,
        "cutoff": report.cutoff,
        "edition": report.edition,
        "rules_digest": report.rules_digest,
        "unspecified": report.unspecified,
        "marks": marks_cell(mark.monitor for mark in report.marks),
    }
    return frame.assign(**{name: pd.Series([value] * len(frame), dtype=object) for name, value in stamps.items()})


def marks_cell(monitors: Iterable[str]) -> str:
    """The monitors that a round failed, as a cell has them; `none` where it bears no mark."""
    return "; ".join(monitors) or "none"


def _ranking(report: RoundReport) -> pd.DataFrame:
    categories = report.categories()
    columns = [
        *("cohort", "rank", "site", "name", "language", "total", "tier"),
        *(f"{category}_score" for category in categories),
        *(f"{category}_rank" for category in categories),
        *("coverage", "rank_low", "rank_high", "tier_share", "tier_standing", "gates", "reason"),
    ]
    rows = (_ranking_row(entry, categories) for cohort in report.cohorts() for entry in report.entries(cohort))
    return _frame(columns, rows)


def _ranking_row(entry: Entry, categories: Sequence[str]) -> Row:
    card = entry.scorecard
    scores = {category.id: category.score for category in card.categories} if card else {}
    ranks = dict(entry.category_ranks)
    low, high = entry.rank_interval or (None, None)
    return [
        entry.site.cohort,
        entry.rank,
        entry.site.id,
        entry.site.name,
        card.language if card else None,
        card.total if card and entry.rank is not None else None,
        entry.tier,
        *(scores.get(category) for category in categories),
        *(ranks.get(category) for category in categories),
        card.coverage if card else None,
        low,
        high,
        entry.tier_share,
        tier_standing(entry.tier_share),
        "; ".join(gate.id for gate in card.gates) if card else None,
        unranked_reason(entry),
    ]


def _measurements(report: RoundReport) -> pd.DataFrame:
    columns = (
        *("site", "language", "indicator", "category", "group", "outcome", "value", "unit", "scaled", "points"),
        *("weight", "status", "n", "low", "high", "note", "evidence_urls", "warc_addresses"),
    )
    return _frame(columns, (row for card in report.scorecards() for row in _measurement_rows(card)))


def _measurement_rows(card: Scorecard) -> Iterable[Row]:
    for line in card.lines:
        found = line.measurement
        low, high = found.interval or (None, None)
        yield [
            card.site_id,
            card.language,
            line.indicator,
            line.category,
            line.group,
            found.outcome.value,
            found.value,
            line.unit,
            line.scaled,
            line.points,
            line.weight,
            line.status,
            found.n,
            low,
            high,
            found.note,
            _joined(ref.url for ref in found.evidence),
            _joined(warc_address(ref) for ref in found.evidence),
        ]


def _joined(parts: Iterable[str]) -> str:
    """Join addresses by a blank, each once; a blank inside one is written as in a URL."""
    return " ".join(dict.fromkeys("%20".join(part.split()) for part in parts))


def warc_address(ref: EvidenceRef) -> str:
    """Return where a capture lies: `file:offset`."""
    return f"{ref.warc_file}:{ref.offset}"


def _versions(report: RoundReport) -> pd.DataFrame:
    totals = {(card.site_id, card.language): card.total for card in report.scorecards()}
    scored = scored_versions(report.versions)
    ordered = sorted(report.versions, key=lambda v: (v.site_id, v.language, v.url, v.how, v.anchor))
    rows = (
        [
            v.site_id,
            v.language,
            v.url,
            v.how,
            v.anchor,
            v.verdict.value,
            v.reason,
            totals.get(key) if v is scored[key] else None,
        ]
        for v in ordered
        for key in [(v.site_id, v.language)]
    )
    return _frame(("site", "language", "url", "how", "anchor", "verdict", "reason", "total"), rows)


def scored_versions(versions: Sequence[ForeignVersion]) -> dict[VersionKey, ForeignVersion]:
    """Return, of each language's candidates, the one that a score is about: the first real one, else the first."""
    chosen: dict[VersionKey, ForeignVersion] = {}
    for version in versions:
        held = chosen.setdefault((version.site_id, version.language), version)
        if held.verdict is not Verdict.REAL and version.verdict is Verdict.REAL:
            chosen[version.site_id, version.language] = version
    return chosen


def _pairs(report: RoundReport) -> pd.DataFrame:
    columns = (
        *("site", "language", "foreign_url", "chinese_url", "score", "cues"),
        *("foreign_date", "chinese_date", "lag_days", "translated"),
        *("column", "core"),
    )
    rows = (
        [
            *key,
            pair.foreign_url,
            pair.chinese_url,
            pair.score,
            "; ".join(pair.cues),
            pair.foreign_date,
            pair.chinese_date,
            pair.lag_days,
            pair.translated,
            pair.column_type,
            pair.core,
        ]
        for key in sorted(report.pairs)
        for pair in report.pairs[key]
    )
    return _frame(columns, rows)


def _columns(report: RoundReport) -> pd.DataFrame:
    columns = (
        *("site", "language", "type", "chinese_name", "chinese_url"),
        *("foreign_name", "foreign_url", "alive", "matched_by", "confidence"),
    )
    rows = (
        [*key, c.type, c.chinese_name, c.chinese_url, c.foreign_name, c.foreign_url, c.alive, c.how, c.confidence]
        for key in sorted(report.column_pairs)
        for c in report.column_pairs[key]
    )
    return _frame(columns, rows)


def _statistics(report: RoundReport) -> pd.DataFrame:
    columns = ("statistic", "cohort", "part", "count", "of", "percent", "value", "low", "high")
    rows = (
        [s.topic, s.cohort, s.part, s.count, s.of, percent(s.share, 2) or None, s.value, s.low, s.high]
        for s in round_statistics(report)
    )
    return _frame(columns, rows)


def _failures(report: RoundReport) -> pd.DataFrame:
    ordered = sorted(report.failures, key=lambda f: (f.site_id, f.version, f.url, str(f.fetched), f.failure))
    rows = ([f.site_id, f.version, f.url, str(f.failure), f.status, f.note, f.fetched, f.advice] for f in ordered)
    return _frame(("site", "version", "url", "failure", "status", "note", "fetched", "advice"), rows)


def _robustness(report: RoundReport) -> pd.DataFrame:
    columns = (
        *("cohort", "topic", "part", "mean_shift", "largest_shift", "moved_share"),
        *("weight_share", "correlation", "n"),
    )
    rows: list[Row] = []
    for found in report.ranking.robustness:
        rows += [
            [found.cohort, "source", s.source, s.mean_shift, s.largest_shift, s.moved_share, None, None, None]
            for s in found.sources
        ]
        rows += [
            [found.cohort, "correlation", c.indicator, None, None, None, c.weight_share, c.correlation, c.n]
            for c in found.correlations
        ]
    return _frame(columns, rows)


def _data_dictionary(made: Mapping[str, pd.DataFrame], parts: Mapping[str, str]) -> pd.DataFrame:
    columns = ("table", "column", "chinese", "unit", "meaning", "meaning_chinese")
    names = {name: [str(column) for column in frame.columns] for name, frame in made.items()}
    return _frame(columns, (astuple(entry) for entry in column_entries(names, parts)))


DICTIONARY = "data_dictionary"
TABLES: Mapping[str, Callable[[RoundReport], pd.DataFrame]] = MappingProxyType(
    {
        "ranking": _ranking,
        "measurements": _measurements,
        "versions": _versions,
        "pairs": _pairs,
        "columns": _columns,
        "statistics": _statistics,
        "failures": _failures,
        "robustness": _robustness,
    }
)
