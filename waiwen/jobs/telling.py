"""Alerts after a run: what failed, and what its round shows."""

from __future__ import annotations

from datetime import datetime

from waiwen.alerts.events import Event, earlier_scored, round_events
from waiwen.alerts.sending import send_alerts
from waiwen.jobs.book import Run, State
from waiwen.jobs.desk import Desk
from waiwen.jobs.monitors import marks
from waiwen.jobs.round_counts import kept_findings
from waiwen.jobs.taking import settle
from waiwen.workspace import Workspace

FAILED = frozenset({State.FAILED, State.REFUSED, State.LOST})
ENDED = frozenset({State.DONE, State.FAILURES})


def tell(place: Workspace, run: Run, now: datetime) -> list[str]:
    """Tell whoever asked what came of an ended run; returns a sentence for each alert that could not be delivered."""
    return send_alerts(place, events_of(place, run), now)


def tell_lost(desk: Desk, now: datetime) -> list[str]:
    """Mark the runs whose owner died as lost and tell it; returns a sentence for each alert that did not arrive."""
    return [problem for run in settle(desk, now) for problem in tell(desk.place, run, now)]


def events_of(place: Workspace, run: Run) -> list[Event]:
    """What there is to tell of an ended run: that it failed, or what its round shows."""
    if run.state in FAILED:
        return [Event("job_failed", run.job, f"job {run.job}: {run.state.value}. {run.note}".strip())]
    if run.state not in ENDED or not run.own_round:
        return []
    failed = marks(kept_findings(place.archive.engine, run.round))
    found = [Event("monitors_failed", run.round, f"round {run.round}: {'; '.join(failed)}")] if failed else []
    if place.store.measurements(run.round):
        found += round_events(place, run.round, earlier_scored(place, run.round))
    return found
