import pytest

from scoring.engine import score_version
from scoring.evidence import Outcome


def gates_of(bench, **values):
    return score_version(bench.rules(), bench.site(), bench.version(), {**bench.small(), **values}).gates


def test_a_gate_fires_above_its_bound_and_tells_the_measurement_it_rests_on(bench):
    (gate,) = gates_of(bench, days_since_update=bench.found(412, "newest page is dated 2025-10-05"))
    assert (gate.id, gate.indicator) == ("long_stale", "days_since_update")
    assert gate.reason == (
        "Nothing new for a year. (newest page is dated 2025-10-05; days_since_update is 412, the gate fires above 365)"
    )


@pytest.mark.parametrize("days", [365, 364.9, 0])
def test_a_gate_does_not_fire_at_its_bound(bench, days):
    assert gates_of(bench, days_since_update=bench.found(days)) == ()


def test_a_gate_can_fire_below_a_bound(bench):
    (gate,) = bench.rules().gates
    low = gate.model_copy(update={"indicator": "column_parity", "fires_above": None, "fires_below": 0.2})
    rules = bench.rules(gates=(low,))
    fired = [
        [gate.reason for gate in score_version(rules, bench.site(), bench.version(), bench.small(parity=share)).gates]
        for share in (0.2, 0.1)
    ]
    assert fired == [[], ["Nothing new for a year. (as seen; column_parity is 0.1, the gate fires below 0.2)"]]


@pytest.mark.parametrize("outcome", [Outcome.NOT_MEASURED, Outcome.NOT_APPLICABLE, Outcome.ERROR])
def test_what_was_not_measured_fires_no_gate_even_where_it_costs_all_points(bench, outcome):
    rules = bench.rules()
    when = rules.indicators[0].when.model_copy(update={"not_measured": "zero", "not_applicable": "zero"})
    harsh = rules.indicators[0].model_copy(update={"when": when})
    rules = bench.rules(indicators=(harsh, *rules.indicators[1:]))
    found = {**bench.small(), "days_since_update": bench.unseen(outcome)}
    assert score_version(rules, bench.site(), bench.version(), found).gates == ()


def test_a_gate_changes_no_points(bench):
    with_gate = score_version(bench.rules(), bench.site(), bench.version(), bench.small(days=500))
    without = score_version(bench.rules(gates=()), bench.site(), bench.version(), bench.small(days=500))
    assert with_gate.gates
    assert with_gate.total == without.total


def test_a_gate_can_fire_at_its_bound_and_watch_what_weighs_nothing(bench):
    (gate,) = bench.rules().gates
    five = gate.model_copy(update={"indicator": "empty_columns", "fires_above": None, "fires_from": 5})
    rules = bench.rules(gates=(five,))
    fired = [
        score_version(
            rules, bench.site(), bench.version(), {**bench.small(), "empty_columns": bench.found(count)}
        ).gates
        for count in (4, 5)
    ]
    assert [len(gates) for gates in fired] == [0, 1]


def test_a_gate_shows_the_dated_pages_that_it_rests_on(bench):
    (gate,) = gates_of(bench, days_since_update=bench.found(412))
    assert gate.evidence == (bench.ref,)
