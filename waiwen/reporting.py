"""The last step of a round: its tables and pages."""

from __future__ import annotations

from collections.abc import Iterable
from glob import escape
from pathlib import Path
from shutil import rmtree

from crawler.model import Capture
from scoring.evidence import EvidenceRef
from scoring.gains import fixes
from scoring.reports import write_reports
from scoring.reports.bundle import Mark, Provenance, RoundReport, Titles
from scoring.review.store import ReviewStore
from scoring.ruleset.model import BONUS, Cohort, Gate, IndicatorRule, Tier
from scoring.ruleset.nodes import Node
from scoring.ruleset.rule_set import RuleSet
from waiwen.jobs.monitors import TITLES
from waiwen.jobs.round_counts import watch_round
from waiwen.steps import Round, scored


def report(round_: Round) -> Path:
    """Write the tables and pages of a scored round; returns their folder."""
    with round_.held():
        return _report(round_)


def _report(round_: Round) -> Path:
    folder = round_.workspace.reports(round_.name)
    made = report_of(round_)
    for stale in folder.parent.glob(f".{escape(folder.name)}.partial-*"):  # of a report that was killed
        rmtree(stale, ignore_errors=True)
    write_reports(made, folder)
    round_.done("report")
    return folder


def report_of(round_: Round) -> RoundReport:
    """Gather all that the reports of a scored round are made from. Raises BadInput for one that is not scored."""
    ranking, rules = scored(round_)
    archive, store = round_.workspace.archive, round_.workspace.store
    review = ReviewStore(store.engine)
    pairs, column_pairs = store.comparisons(round_.name)
    weighed = {rule.id for rule in rules.indicators}
    sources = [(round_.name, site.id) for site in round_.sites]
    sources += [(again.source, again.site_id) for again in review.retests(round_.name)]
    captures = {capture.id: capture for name, site in sources for capture in archive.captures(name, site)}

    def body_of(ref: EvidenceRef) -> tuple[bytes, str | None]:
        capture = captures[ref.capture]
        return archive.body(capture), capture.header("Content-Type")

    return RoundReport(
        round=round_.name,
        cutoff=round_.cutoff,
        edition=str(rules.edition),
        rules_digest=rules.digest,
        unspecified=rules.unspecified_share,
        edition_note=rules.note or "",
        sites=round_.sites,
        versions=tuple(v for site in round_.sites for v in archive.versions(round_.name, site.id)),
        ranking=ranking,
        pairs=pairs,
        column_pairs=column_pairs,
        failures=store.failures(round_.name),
        captures=len(captures),
        titles=titles_of(rules),
        rules=rules,
        provenance=_provenance(round_, captures.values()),
        overrides=review.overrides(round_.name),
        objections=review.objections(round_.name),
        retests=review.retests(round_.name),
        ratings=review.ratings(round_.name),
        body_of=body_of,
        fixes={(card.site_id, card.language): fixes(rules, card, ranking.entries) for card in ranking.scorecards},
        statuses={key: capture.status for key, capture in captures.items() if capture.status is not None},
        unweighed={
            key: {name: found for name, found in by_indicator.items() if name not in weighed}
            for key, by_indicator in store.measurements(round_.name).items()
        },
        marks=tuple(
            Mark(found.name, TITLES[found.name], found.sentence) for found in watch_round(archive.engine, round_.name)
        ),
    )


def _provenance(round_: Round, captures: Iterable[Capture]) -> Provenance:
    archive = round_.workspace.archive
    files = {capture.warc_file for capture in captures}
    return Provenance(
        archive.round_record(round_.name)["roster_digest"],
        {row["name"]: row["sha256"] or "" for row in archive.files() if row["name"] in files},
    )


def titles_of(rules: RuleSet) -> Titles:
    """Return what a rule file calls its parts, in English and Chinese."""

    def named(nodes: Iterable[Node | IndicatorRule | Cohort | Tier | Gate]) -> dict[str, tuple[str, str]]:
        return {node.id: (node.title.en, node.title.zh) for node in nodes}

    return Titles(
        rules=(rules.title.en, rules.title.zh),
        categories=named(rules.categories) | ({BONUS: ("Bonus", "加分项")} if rules.bonus else {}),
        groups=named(node for node in rules.nodes() if node not in rules.categories),
        indicators=named(rules.indicators),
        cohorts=named(rules.cohorts),
        tiers=named(tier for tiers in rules.tiers.values() for tier in tiers),
        gates=named(rules.gates),
    )
