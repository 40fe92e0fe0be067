"""Counts a round for its monitors, and keeps what they found."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Engine

from crawler.archive import tables
from crawler.model import ATTACHMENT, LINK, Failure
from scoring.evidence import Outcome
from scoring.store import failures, measurements
from waiwen.jobs.monitors import Finding, RoundCounts, failed, findings
from waiwen.jobs.table import monitors

DATES = "undated_share"  # the indicator that tells how many articles carry a date
# Decided by the site or by us; nothing went wrong.
_NO_ERRORS = (Failure.ROBOTS.value, Failure.GUARD.value, Failure.BLOCKED.value)


def count_round(engine: Engine, round_name: str) -> RoundCounts:
    """Count a round's captures of pages and its measurements.

    Most firewall pages are told by their content, when the round is measured: before, only those that the crawl met
    while it asked for robots.txt are known as blocked.
    """
    table = tables.captures
    of_pages = sa.and_(table.c.round == round_name, table.c.purpose.not_in((LINK, ATTACHMENT)))
    failed = sa.and_(table.c.failure.is_not(None), table.c.failure.not_in(_NO_ERRORS))
    totals = sa.select(
        sa.func.count(),
        sa.func.count(sa.case((table.c.failure == Failure.BLOCKED.value, 1))),
        sa.func.count(sa.case((failed, 1))),
        sa.func.min(table.c.fetched),
        sa.func.max(table.c.fetched),
    ).where(of_pages)
    answering = sa.select(table.c.site_id, sa.func.count()).where(of_pages, table.c.failure.is_(None))
    with engine.connect() as connection:
        captures, blocked, errors, first, last = connection.execute(totals).one()
        challenged = _challenged(connection, round_name)
        counted = connection.execute(answering.group_by(table.c.site_id))
        sites = frozenset(site for site, answers in counted if answers > challenged[site])
        dated, coverage = _measured(connection, round_name)
    seconds = (datetime.fromisoformat(last) - datetime.fromisoformat(first)).total_seconds() if first else 0.0
    return RoundCounts(captures, blocked + challenged.total(), errors, dated, coverage, sites, seconds)


def _challenged(connection: sa.Connection, round_name: str) -> Counter[str]:
    """How many answers of each site were a firewall's, by what measuring made of them."""
    records = connection.scalars(sa.select(failures.c.record).where(failures.c.round == round_name))
    return Counter(
        record["site_id"]
        for record in records
        if record["failure"] == Failure.BLOCKED.value and record["status"] is not None
    )


def _measured(connection: sa.Connection, round_name: str) -> tuple[float | None, float | None]:
    """Share of articles that are dated, and of applicable measurements that were made."""
    table = measurements
    outcomes = sa.select(table.c.outcome, sa.func.count()).where(table.c.round == round_name).group_by(table.c.outcome)
    counted = {str(outcome): int(count) for outcome, count in connection.execute(outcomes)}
    applicable = sum(counted.values()) - counted.get(Outcome.NOT_APPLICABLE.value, 0)
    coverage = counted.get(Outcome.MEASURED.value, 0) / applicable if applicable else None
    undated = sa.select(sa.func.sum(table.c.value * table.c.n), sa.func.sum(table.c.n)).where(
        table.c.round == round_name, table.c.indicator == DATES, table.c.outcome == Outcome.MEASURED.value
    )
    missing, articles = connection.execute(undated).one()
    return (1 - missing / articles if articles else None), coverage


def earlier_rounds(engine: Engine, round_name: str, *, reported: bool) -> list[str]:
    """Earlier rounds that a round can be held against, oldest first, without those that are marked.

    They have the same roster and page budget; they are the `reported` ones, else those that went exactly as far:
    a discovery is no poor crawl.
    """
    table = tables.rounds
    marked = sa.select(monitors.c.round).where(monitors.c.passed == sa.false())
    with engine.connect() as connection:
        own = connection.execute(sa.select(table).where(table.c.name == round_name)).mappings().one()
        query = (
            sa.select(table.c.name, table.c.finished_steps, table.c.settings)
            .where(table.c.roster_digest == own["roster_digest"], table.c.started < own["started"])
            .where(table.c.name.not_in(marked))
            .order_by(table.c.started)
        )
        rows = list(connection.execute(query))
    steps, budget = own["finished_steps"], own["settings"].get("max_pages")
    return [
        name
        for name, others, settings in rows
        if settings.get("max_pages") == budget and ("report" in others if reported else others == steps)
    ]


def watch_round(engine: Engine, round_name: str) -> tuple[Finding, ...]:
    """Run the monitors of a round and keep what they found; returns those that failed: the marks that it bears."""
    with engine.connect() as connection:
        query = sa.select(tables.rounds.c.finished_steps).where(tables.rounds.c.name == round_name)
        reported = "score" in connection.execute(query).scalar_one()  # the report is what the monitors come before
    earlier = [count_round(engine, name) for name in earlier_rounds(engine, round_name, reported=reported)]
    found = findings(count_round(engine, round_name), earlier)
    with engine.begin() as connection:
        connection.execute(monitors.delete().where(monitors.c.round == round_name))
        connection.execute(monitors.insert(), [{"round": round_name, **vars(finding)} for finding in found])
    return failed(found)


def kept_findings(engine: Engine, round_name: str) -> list[Finding]:
    """What the monitors of a round found; nothing where they have not run."""
    if not sa.inspect(engine).has_table(monitors.name):
        return []
    query = sa.select(monitors).where(monitors.c.round == round_name).order_by(monitors.c.name)
    with engine.connect() as connection:
        rows = list(connection.execute(query).mappings())
    return [Finding(**{name: row[name] for name in Finding.__dataclass_fields__}) for row in rows]
