"""Alerts and deliveries in SQL."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Engine, RowMapping

from crawler.errors import BadInput
from waiwen.alerts.events import Event
from waiwen.alerts.rule import Rule
from waiwen.alerts.table import alerts, deliveries

# Minutes until a failed delivery is tried again, by how often it was tried; then it is given up, and kept.
BACK_OFF = (1, 5, 15, 60, 240, 720, 1440)
WAITING, SENT, GIVEN_UP = "waiting", "sent", "given_up"


class AlertBook:
    """The alerts of a workspace and what became of their messages."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def add(self, rule: Rule) -> None:
        """Keep a new alert. Raises BadInput where there is one of that name."""
        try:
            with self.engine.begin() as connection:
                connection.execute(alerts.insert().values(name=rule.name, rule=rule.model_dump(mode="json")))
        except sa.exc.IntegrityError:
            raise BadInput(f"alert {rule.name!r}: there is one of that name. Remove it first.") from None

    def rules(self) -> list[Rule]:
        """All alerts, by name."""
        with self.engine.connect() as connection:
            found = connection.scalars(sa.select(alerts.c.rule).order_by(alerts.c.name))
            return [Rule.model_validate(rule) for rule in found]

    def rule(self, name: str) -> Rule:
        """One alert. Raises BadInput where there is none of that name."""
        known = {rule.name: rule for rule in self.rules()}
        if name not in known:
            raise BadInput(f"alert {name!r}: there is none. There are: {', '.join(known) or 'none'}.")
        return known[name]

    def remove(self, name: str) -> None:
        """Delete an alert and what waits for delivery to it."""
        self.rule(name)
        with self.engine.begin() as connection:
            connection.execute(deliveries.delete().where(deliveries.c.alert == name, deliveries.c.state == WAITING))
            connection.execute(alerts.delete().where(alerts.c.name == name))

    def queue(self, rule: Rule, events: Sequence[Event], now: datetime) -> None:
        """Keep the events that the alert is to tell, but those whose matter was told within its hours."""
        since = _iso(now - timedelta(hours=rule.every_hours))
        table = deliveries
        with self.engine.begin() as connection:
            for event in (event for event in events if rule.wants(event)):
                same = (table.c.alert == rule.name, table.c.kind == event.kind, table.c.subject == event.subject)
                told = sa.select(table.c.id).where(*same, table.c.created > since).limit(1)
                if connection.scalar(told) is None:
                    row = {"alert": rule.name, "kind": event.kind, "subject": event.subject, "event": asdict(event)}
                    when = {"created": _iso(now), "next_try": _iso(now)}
                    connection.execute(table.insert().values(**row, **when, state=WAITING, attempts=0, note=""))

    def due(self, now: datetime) -> list[RowMapping]:
        """Deliveries that are to be tried now, oldest first."""
        table = deliveries
        query = sa.select(table).where(table.c.state == WAITING, table.c.next_try <= _iso(now)).order_by(table.c.id)
        with self.engine.connect() as connection:
            return list(connection.execute(query).mappings())

    def claim(self, row: RowMapping, now: datetime) -> bool:
        """Note an attempt before it is made; False where another process is making it."""
        attempts = row["attempts"] + 1
        wait = BACK_OFF[min(attempts, len(BACK_OFF)) - 1]
        table = deliveries
        same = (table.c.id == row["id"], table.c.attempts == row["attempts"], table.c.state == WAITING)
        values = {"attempts": attempts, "next_try": _iso(now + timedelta(minutes=wait))}
        with self.engine.begin() as connection:
            return connection.execute(table.update().where(*same).values(**values)).rowcount == 1

    def settle(self, row: RowMapping, problem: str) -> None:
        """Note what came of a claimed attempt: an empty `problem` is a delivery."""
        last = row["attempts"] + 1 >= len(BACK_OFF)
        state = SENT if not problem else GIVEN_UP if last else WAITING
        table = deliveries
        with self.engine.begin() as connection:
            connection.execute(table.update().where(table.c.id == row["id"]).values(state=state, note=problem))

    def history(self, most: int = 50) -> list[RowMapping]:
        """The newest deliveries, newest first."""
        query = sa.select(deliveries).order_by(deliveries.c.id.desc()).limit(most)
        with self.engine.connect() as connection:
            return list(connection.execute(query).mappings())


def _iso(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds")
