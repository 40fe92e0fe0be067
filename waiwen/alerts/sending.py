"""`send_alerts`: tells events to whoever asked, and tries again what could not be delivered before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from waiwen.alerts.book import AlertBook
from waiwen.alerts.channels import NotDelivered, send_hook, send_mail
from waiwen.alerts.events import Event
from waiwen.alerts.rule import Rule
from waiwen.workspace import Workspace


def send_alerts(workspace: Workspace, events: Sequence[Event], now: datetime) -> list[str]:
    """Tell events, and what of earlier ones is due again; returns a sentence for each delivery that failed.

    `now` (aware) decides what was told lately and what is due. Call it after every run, and now and then without
    events, so that failed deliveries are tried again. It raises nothing that a mail server or webhook does.
    """
    book = AlertBook(workspace.archive.engine)
    rules = {rule.name: rule for rule in book.rules()}
    for rule in rules.values():
        book.queue(rule, events, now)
    failed = []
    for row in book.due(now):
        known = rules.get(row["alert"])
        if known is None or not book.claim(row, now):
            continue
        problem = deliver(known, Event(**row["event"]), now)
        book.settle(row, problem)
        if problem:
            failed.append(f"alert {known.name}: {problem}")
    return failed


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
