"""Who asked is told what came of a run."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from waiwen.jobs import telling
from waiwen.jobs.book import Job, State, stamp
from waiwen.jobs.monitors import Finding
from waiwen.jobs.schedule import Schedule
from waiwen.jobs.serve import Server
from waiwen.jobs.telling import events_of

from .test_serve import Instant

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)


@pytest.fixture
def ended(desk, monkeypatch):
    """What is told and said once a run has ended in some state."""

    def end(state):
        told, said = [], []
        monkeypatch.setattr(
            telling, "send_alerts", lambda place, events, now: told.extend(events) or ["alert a: no answer"]
        )
        desk.book.add(Job("nightly", "probe", (), Schedule(every=timedelta(hours=1)), NOW))
        served = Server(desk, say=said.append, begin=lambda desk, taken: Instant(desk, taken, state))
        served.tick(NOW + timedelta(minutes=61))
        served.tick(NOW + timedelta(minutes=62))
        return told, said

    return end


def test_a_failed_job_is_told_and_an_alert_that_did_not_arrive_is_said(ended):
    told, said = ended(State.FAILED)
    assert [(event.kind, event.subject) for event in told] == [("job_failed", "nightly")]
    assert "failed" in told[0].text
    assert "alert a: no answer" in said


def test_a_job_that_ended_well_and_made_no_round_has_nothing_to_tell(ended):
    assert ended(State.DONE)[0] == []


def test_failed_monitors_of_a_round_are_told(ended, desk, monkeypatch):
    ended(State.DONE)
    (run,) = desk.book.history()
    run = replace(run, round=stamp(run.job, run.fire_time))
    found = [Finding("captures", False, 3, 90, "3 captures, 90 before"), Finding("errors", True, 0, 0, "none")]
    monkeypatch.setattr(telling, "kept_findings", lambda engine, name: found)
    (event,) = events_of(desk.place, run)
    assert (event.kind, event.subject) == ("monitors_failed", run.round)
    assert "3 captures, 90 before" in event.text


def test_a_stored_round_that_is_reported_once_more_has_nothing_new_to_tell(ended, desk):
    ended(State.DONE)
    (run,) = desk.book.history()
    assert events_of(desk.place, replace(run, round="an-older-round")) == []
