from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from scoring.evidence import Outcome
from scoring.review.corrections import corrected
from scoring.review.records import Decision, Objection, Override
from scoring.review.store import ReviewStore, metadata

AT = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)


def override(value=1.0, outcome="measured", reason="the form opens", author="Li", before=None):
    return Override("a", "en", "mailbox_form", outcome, value, author, reason, AT, before)


@pytest.fixture
def store(tmp_path):
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'w.db'}")
    metadata.create_all(engine)
    return ReviewStore(engine)


def test_a_correction_counts_and_says_who_when_why_and_what_was_measured(bench):
    found = corrected({("a", "en"): {"mailbox_form": bench.found(0)}}, [override()])["a", "en"]["mailbox_form"]
    assert (found.outcome, found.value) == (Outcome.MEASURED, 1)
    assert found.note.startswith("corrected by Li on 2026-11-02: the form opens (measured: 0")
    assert found.evidence == bench.found(0).evidence


def test_the_last_of_several_corrections_counts(bench):
    made = [override(), override(value=None, outcome="not_measured", reason="cannot be told")]
    found = corrected({("a", "en"): {"mailbox_form": bench.found(0)}}, made)["a", "en"]["mailbox_form"]
    assert (found.outcome, found.value) == (Outcome.NOT_MEASURED, None)
    assert "(measured: 0" in found.note


def test_what_was_measured_stays_as_it_was(bench):
    measured = {("a", "en"): {"mailbox_form": bench.found(0)}}
    corrected(measured, [override()])
    assert measured["a", "en"]["mailbox_form"].value == 0


def test_a_figure_that_nobody_measured_can_be_brought_in():
    found = corrected({}, [override(value=3.0)])["a", "en"]["mailbox_form"]
    assert (found.value, "measured: nothing" in found.note) == (3, True)


def test_corrections_come_back_from_the_database_in_order(store, bench):
    store.add_override("r", override(before=bench.found(0)))
    store.add_override("r", override(value=None, outcome="not_applicable", reason="'; DROP TABLE override; --"))
    store.add_override("other", override())
    first, second = store.overrides("r")
    assert (first.before, first.at) == (bench.found(0), AT)
    assert (second.value, second.reason) == (None, "'; DROP TABLE override; --")


def test_an_objection_is_answered_once_and_keeps_its_answer(store):
    kept = store.add_objection("r", Objection(0, "a", "", "the city", "we do publish", AT))
    assert (kept.number, store.objections("r")[0].decision) == (1, "open")
    assert store.add_objection("r", Objection(0, "b", "", "x", "y", AT)).number == 2
    at = AT.isoformat()
    assert store.answer("r", 1, Decision.EXPLAINED, "not dated", "Wang", at)
    assert not store.answer("r", 1, Decision.COMPLIED, "changed our mind", "Wang", at)
    assert not store.answer("r", 9, Decision.COMPLIED, "no such", "Wang", at)
    found = store.objections("r")[0]
    assert (found.decision, found.answer, found.answered_by, found.answered_at) == (
        "explained",
        "not dated",
        "Wang",
        AT,
    )
