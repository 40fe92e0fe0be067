"""Measurements, pairs, column maps and scorecards in SQL, in the same database as the archive's index."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import sqlalchemy as sa
from pydantic import TypeAdapter
from sqlalchemy import JSON, Column, Float, Integer, MetaData, String, Table
from sqlalchemy.engine import Connection, Engine

from crawler.archive.database import within
from crawler.archive.tables import Crawled
from scoring.evidence import ColumnPair, FailureRow, Measurement, Pair
from scoring.external import ExternalValue
from scoring.ruleset.rule_set import RuleSet
from scoring.scorecard import Ranking

metadata = MetaData()  # whoever changes a table adds a revision to waiwen/migrations

measurements = Table(
    "measurement",
    metadata,
    Column("round", String(64), primary_key=True),
    Column("site_id", String(64), primary_key=True),
    Column("language", String(35), primary_key=True),
    Column("indicator", String(64), primary_key=True),
    Column("outcome", String(16), nullable=False),
    Column("value", Float),
    Column("n", Integer),
    Column("note", Crawled, nullable=False),
    Column("evidence", JSON, nullable=False),
    Column("interval", JSON),  # [low, high]
    Column("parameters", JSON, nullable=False),
)

comparisons = Table(
    "comparison",
    metadata,
    Column("round", String(64), primary_key=True),
    Column("site_id", String(64), primary_key=True),
    Column("language", String(35), primary_key=True),
    Column("pairs", JSON, nullable=False),
    Column("column_pairs", JSON, nullable=False),
)

failures = Table(
    "failure",
    metadata,
    Column("round", String(64), primary_key=True),
    Column("site_id", String(64), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("record", JSON, nullable=False),
)

problems = Table(
    "problem",
    metadata,
    Column("round", String(64), primary_key=True),
    Column("site_id", String(64), primary_key=True),
    Column("reason", Crawled, nullable=False),  # why the site's own home page could not be captured
)

scorecards = Table(
    "scorecard",
    metadata,
    Column("round", String(64), primary_key=True),
    Column("site_id", String(64), primary_key=True),
    Column("language", String(35), primary_key=True),
    Column("total", Float),
    Column("coverage", Float, nullable=False),
    Column("rules_digest", String(64), nullable=False),
)

rankings = Table(
    "ranking",
    metadata,
    Column("round", String(64), primary_key=True),
    Column("rules", JSON, nullable=False),  # the rule set as it was, so that a report can be made again
    Column("record", JSON, nullable=False),
)

MEASURED_COLUMNS = ("outcome", "value", "n", "note", "evidence", "interval", "parameters")
externals = Table(
    "external",
    metadata,
    Column("round", String(64), primary_key=True),
    Column("site_id", String(64), primary_key=True),
    Column("indicator", String(64), primary_key=True),
    Column("record", JSON, nullable=False),
)

_EXTERNAL = TypeAdapter(ExternalValue)
_MEASUREMENT = TypeAdapter(Measurement)
_PAIRS = TypeAdapter(tuple[Pair, ...])
_COLUMN_PAIRS = TypeAdapter(tuple[ColumnPair, ...])
_FAILURE = TypeAdapter(FailureRow)
_RANKING = TypeAdapter(Ranking)

VersionKey = tuple[str, str]  # (site id, language)


class Store:
    """What was measured and scored, by round."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def replace_site(
        self,
        round_name: str,
        site_id: str,
        *,
        measured: Mapping[str, Mapping[str, Measurement]],
        pairs: Mapping[str, Sequence[Pair]],
        column_pairs: Mapping[str, Sequence[ColumnPair]],
        failed: Sequence[FailureRow],
        problem: str,
        connection: Connection | None = None,
    ) -> None:
        """Set all that was measured on a site, by language (and then by indicator id); all or nothing.

        `problem` says why the site's own home page could not be captured, empty where it could. With `connection` it
        is a part of what that is writing.
        """
        key = {"round": round_name, "site_id": site_id}
        rows = [
            {**key, "language": language, "indicator": indicator, **_MEASUREMENT.dump_python(found, mode="json")}
            for language, by_indicator in measured.items()
            for indicator, found in by_indicator.items()
        ]
        compared = [
            {
                **key,
                "language": language,
                "pairs": _PAIRS.dump_python(tuple(pairs.get(language, ())), mode="json"),
                "column_pairs": _COLUMN_PAIRS.dump_python(tuple(column_pairs.get(language, ())), mode="json"),
            }
            for language in measured
        ]
        lost = [
            {**key, "position": position, "record": _FAILURE.dump_python(row, mode="json")}
            for position, row in enumerate(failed)
        ]
        trouble = [{**key, "reason": problem}] if problem else []
        with within(self.engine, connection) as writing:
            for table, new in ((measurements, rows), (comparisons, compared), (failures, lost), (problems, trouble)):
                writing.execute(table.delete().where(table.c.round == round_name, table.c.site_id == site_id))
                if new:
                    writing.execute(table.insert(), new)

    def measurements(self, round_name: str) -> dict[VersionKey, dict[str, Measurement]]:
        """(site id, language) → indicator id → measurement."""
        table = measurements
        query = sa.select(table).where(table.c.round == round_name)
        found: dict[VersionKey, dict[str, Measurement]] = {}
        with self.engine.connect() as connection:
            ordered = query.order_by(table.c.site_id, table.c.language, table.c.indicator)
            for row in connection.execute(ordered).mappings():
                record = {name: row[name] for name in MEASURED_COLUMNS}
                by_indicator = found.setdefault((row["site_id"], row["language"]), {})
                by_indicator[row["indicator"]] = _MEASUREMENT.validate_python(record)
        return found

    def comparisons(
        self, round_name: str
    ) -> tuple[dict[VersionKey, tuple[Pair, ...]], dict[VersionKey, tuple[ColumnPair, ...]]]:
        """Pairs and column maps by (site id, language)."""
        table = comparisons
        query = sa.select(table).where(table.c.round == round_name).order_by(table.c.site_id, table.c.language)
        pairs: dict[VersionKey, tuple[Pair, ...]] = {}
        columns: dict[VersionKey, tuple[ColumnPair, ...]] = {}
        with self.engine.connect() as connection:
            for row in connection.execute(query).mappings():
                key = (row["site_id"], row["language"])
                pairs[key] = _PAIRS.validate_python(row["pairs"])
                columns[key] = _COLUMN_PAIRS.validate_python(row["column_pairs"])
        return pairs, columns

    def failures(self, round_name: str) -> tuple[FailureRow, ...]:
        """Every failed fetch of the round, by site and in the order of the crawl."""
        table = failures
        query = sa.select(table).where(table.c.round == round_name).order_by(table.c.site_id, table.c.position)
        with self.engine.connect() as connection:
            rows = connection.execute(query).mappings()
            return tuple(_FAILURE.validate_python(row["record"]) for row in rows)

    def add_external(self, round_name: str, values: Sequence[ExternalValue]) -> None:
        """Keep external values, each in place of an earlier one of its site and indicator; all or nothing."""
        table = externals
        with self.engine.begin() as connection:
            for value in values:
                key = {"round": round_name, "site_id": value.site, "indicator": value.indicator}
                connection.execute(table.delete().where(*(table.c[name] == held for name, held in key.items())))
                connection.execute(table.insert(), [{**key, "record": _EXTERNAL.dump_python(value, mode="json")}])

    def external(self, round_name: str) -> tuple[ExternalValue, ...]:
        """The external values of a round, by site and indicator."""
        table = externals
        query = sa.select(table).where(table.c.round == round_name).order_by(table.c.site_id, table.c.indicator)
        with self.engine.connect() as connection:
            return tuple(_EXTERNAL.validate_python(row["record"]) for row in connection.execute(query).mappings())

    def problems(self, round_name: str) -> dict[str, str]:
        """Site id → why its own home page could not be captured."""
        query = sa.select(problems).where(problems.c.round == round_name).order_by(problems.c.site_id)
        with self.engine.connect() as connection:
            return {row["site_id"]: row["reason"] for row in connection.execute(query).mappings()}

    def replace_ranking(self, round_name: str, ranking: Ranking, rules: RuleSet) -> None:
        """Set the scored round: every scorecard, and the ranking with the rule set that made it."""
        cards = [
            {
                "round": round_name,
                "site_id": card.site_id,
                "language": card.language,
                "total": card.total,
                "coverage": card.coverage,
                "rules_digest": rules.digest,
            }
            for card in ranking.scorecards
        ]
        record = {
            "round": round_name,
            "rules": rules.model_dump(mode="json"),
            "record": _RANKING.dump_python(ranking, mode="json"),
        }
        with self.engine.begin() as connection:
            for table in (scorecards, rankings):
                connection.execute(table.delete().where(table.c.round == round_name))
            if cards:
                connection.execute(scorecards.insert(), cards)
            connection.execute(rankings.insert(), [record])

    def ranking(self, round_name: str) -> tuple[Ranking, RuleSet] | None:
        """The scored round and the rule set that made it, or None where it was not scored yet."""
        with self.engine.connect() as connection:
            row = connection.execute(sa.select(rankings).where(rankings.c.round == round_name)).mappings().first()
        if row is None:
            return None
        return _RANKING.validate_python(row["record"]), RuleSet.model_validate(row["rules"])
