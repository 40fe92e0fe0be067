"""Overrides, objections, retests and ratings in SQL.

Rows are only added; an objection's answer is the one thing that is set.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict

import sqlalchemy as sa
from pydantic import TypeAdapter
from sqlalchemy import JSON, Boolean, Column, Float, Integer, MetaData, String, Table, Text
from sqlalchemy.engine import Connection, Engine

from scoring.evidence import Measurement
from scoring.review.ratings import Rating
from scoring.review.records import Decision, Objection, Override, Retest

metadata = MetaData()

overrides = Table(
    "override",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("round", String(64), nullable=False, index=True),
    Column("site_id", String(64), nullable=False),
    Column("language", String(35), nullable=False),
    Column("indicator", String(64), nullable=False),
    Column("outcome", String(16), nullable=False),
    Column("value", Float),
    Column("author", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", String(40), nullable=False),
    Column("before", JSON),
)

objections = Table(
    "objection",
    metadata,
    Column("round", String(64), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("site_id", String(64), nullable=False),
    Column("indicator", String(64), nullable=False),
    Column("author", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("at", String(40), nullable=False),
    Column("decision", String(16), nullable=False),
    Column("answer", Text, nullable=False),
    Column("answered_by", Text, nullable=False),
    Column("answered_at", String(40)),
)

retests = Table(
    "retest",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("round", String(64), nullable=False, index=True),
    Column("site_id", String(64), nullable=False),
    Column("source", String(64), nullable=False),
    Column("author", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("at", String(40), nullable=False),
    Column("before", JSON, nullable=False),
)

ratings = Table(
    "rating",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("round", String(64), nullable=False, index=True),
    Column("site_id", String(64), nullable=False),
    Column("language", String(35), nullable=False),
    Column("indicator", String(64), nullable=False),
    Column("reviewer", Text, nullable=False),
    Column("mark", Float, nullable=False),
    Column("day", String(10), nullable=False),
    Column("reason", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("adjudicates", Boolean, nullable=False),
)

_MEASUREMENT = TypeAdapter(Measurement | None)
_OVERRIDE, _OBJECTION, _RETEST = TypeAdapter(Override), TypeAdapter(Objection), TypeAdapter(Retest)
_RATING = TypeAdapter(Rating)


class ReviewStore:
    """What people said of rounds."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def add_override(self, round_name: str, found: Override) -> None:
        """Keep a correction; earlier ones of the same figure stay on record."""
        self._insert(overrides, {"round": round_name, **_OVERRIDE.dump_python(found, mode="json")})

    def overrides(self, round_name: str) -> tuple[Override, ...]:
        """Every correction of a round, in the order in which they were made."""
        return tuple(_OVERRIDE.validate_python(row) for row in self._rows(overrides, round_name))

    def add_objection(self, round_name: str, found: Objection) -> Objection:
        """Keep an objection under the round's next number, and return it with that number."""
        with self.engine.begin() as connection:
            highest = sa.select(sa.func.max(objections.c.number)).where(objections.c.round == round_name)
            number = (connection.scalar(highest) or 0) + 1
            row = _OBJECTION.dump_python(found, mode="json") | {"number": number, "round": round_name}
            connection.execute(objections.insert(), row)
        return Objection(**{**asdict(found), "number": number})

    def answer(self, round_name: str, number: int, decision: Decision, answer: str, author: str, at: str) -> bool:
        """Set the answer of an open objection. Gives False where there is none with this number that is open."""
        table = objections
        change = (
            table.update()
            .where(table.c.round == round_name, table.c.number == number, table.c.decision == Decision.OPEN.value)
            .values(decision=decision.value, answer=answer, answered_by=author, answered_at=at)
        )
        with self.engine.begin() as connection:
            return connection.execute(change).rowcount == 1

    def objections(self, round_name: str) -> tuple[Objection, ...]:
        """Every objection of a round, by number."""
        return tuple(_OBJECTION.validate_python(row) for row in self._rows(objections, round_name))

    def add_retest(self, round_name: str, found: Retest, connection: Connection) -> None:
        """Keep what a retest replaced, as a part of what `connection` is writing: the new values."""
        connection.execute(retests.insert(), {"round": round_name, **_RETEST.dump_python(found, mode="json")})

    def retests(self, round_name: str) -> tuple[Retest, ...]:
        """Every retest of a round, in order."""
        return tuple(_RETEST.validate_python(row) for row in self._rows(retests, round_name))

    def add_ratings(self, round_name: str, found: Sequence[Rating]) -> None:
        """Keep ratings, all or none; earlier ones stay on record."""
        self._insert(ratings, *({"round": round_name, **_RATING.dump_python(rating, mode="json")} for rating in found))

    def ratings(self, round_name: str) -> tuple[Rating, ...]:
        """Every rating and adjudication of a round, in the order in which they came in."""
        return tuple(_RATING.validate_python(row) for row in self._rows(ratings, round_name))

    def _insert(self, table: Table, *rows: dict[str, object]) -> None:
        with self.engine.begin() as connection:
            connection.execute(table.insert(), list(rows))

    def _rows(self, table: Table, round_name: str) -> list[dict[str, object]]:
        query = sa.select(table).where(table.c.round == round_name).order_by(table.c.number)
        with self.engine.connect() as connection:
            rows = connection.execute(query).mappings().all()
        dropped = {"round"} if table is objections else {"round", "number"}
        return [{key: value for key, value in row.items() if key not in dropped} for row in rows]
