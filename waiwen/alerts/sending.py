"""`send_alerts`: tells events to whoever asked, and tries again what could not be delivered before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy.engine import RowMapping

from waiwen.alerts.book import AlertBook
from waiwen.alerts.channels import NotDelivered, send_hook, send_mail
from waiwen.alerts.events import Event
from waiwen.alerts.rule import Rule
from waiwen.workspace import Workspace

# More of a kind than this go to people in one message: chat robots take 20 a minute (DingTalk), and nobody reads 300.
TOGETHER = 5
# Then an alert's other messages wait for the next call: a server that does not answer takes up to 20 seconds a time.
MOST_FAILURES = 3


def send_alerts(workspace: Workspace, events: Sequence[Event], now: datetime) -> list[str]:
    """Tell events, and what of earlier ones is due again; returns a sentence for each message that did not arrive.

    `now` (aware) decides what was told lately and what is due. Call it after every run, and now and then without
    events, so that failed deliveries are tried again. It raises nothing that a mail server or webhook does.
    """
    book = AlertBook(workspace.archive.engine)
    rules = {rule.name: rule for rule in book.rules()}
    for rule in rules.values():
        book.queue(rule, events, now)
    waiting: dict[str, list[RowMapping]] = {}
    for row in book.due(now):
        waiting.setdefault(row["alert"], []).append(row)
    return [
        f"alert {name}: {problem}"
        for name, rows in waiting.items()
        if name in rules
        for problem in _send(book, rules[name], rows, now)
    ]


def _send(book: AlertBook, rule: Rule, rows: Sequence[RowMapping], now: datetime) -> list[str]:
    """Send what is due to one alert; returns why messages did not arrive."""
    problems: list[str] = []
    for message in _messages(rule, rows):
        if len(problems) >= MOST_FAILURES:
            break
        claimed = [row for row in message if book.claim(row, now)]
        if not claimed:
            continue
        problem = deliver(rule, _told([Event(**row["event"]) for row in claimed]), now)
        for row in claimed:
            book.settle(row, problem)
        problems += [problem] if problem else []
    return problems


def _messages(rule: Rule, rows: Sequence[RowMapping]) -> Iterator[list[RowMapping]]:
    """The rows that go into each message: programs, which read the json preset, get every event by itself."""
    by_kind: dict[str, list[RowMapping]] = {}
    for row in rows:
        by_kind.setdefault(row["kind"], []).append(row)
    for alike in by_kind.values():
        if len(alike) > TOGETHER and not (rule.hook and rule.hook.preset == "json"):
            yield alike
        else:
            yield from ([row] for row in alike)


def _told(events: Sequence[Event]) -> Event:
    """One event as it is, several of a kind in one."""
    if len(events) == 1:
        return events[0]
    words = "; ".join(event.text for event in events)
    return Event(events[0].kind, f"{len(events)} at once", f"{len(events)} at once (`waiwen alerts history`): {words}")


def deliver(rule: Rule, event: Event, now: datetime) -> str:
    """Send one event; returns why it did not arrive, empty where it did."""
    try:
        if rule.mail:
            send_mail(rule.mail, event, now)
        if rule.hook:
            send_hook(rule.hook, event, now)
    except NotDelivered as fault:
        return str(fault)
    return ""
