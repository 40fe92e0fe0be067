import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scoring.engine import score_round
from scoring.evidence import Outcome
from scoring.ruleset.model import BONUS, Bonus, Tier
from scoring.sweep import sweep

TITLE = {"en": "Tier", "zh": "等级"}
TIERS = {
    "default": (Tier(id="leading", title=TITLE, cut=80.0), Tier(id="excellent", title=TITLE, quota=0.5)),
}
SITE = st.fixed_dictionaries(
    {
        "days_since_update": st.none() | st.integers(0, 400),
        "social_accounts": st.none() | st.integers(0, 5),
        "column_parity": st.none() | st.floats(0, 1),
        "mailbox_form": st.none() | st.booleans(),
    }
)


def both(bench, rules, found, outcome=Outcome.NOT_MEASURED):
    """The engine's and the sweep's word on the same sites: name → (total, coverage, rank, tier)."""
    names = [f"s{number}" for number in range(len(found))]
    measured = {
        (name, "en"): {key: bench.unseen(outcome) if v is None else bench.found(float(v)) for key, v in each.items()}
        for name, each in zip(names, found, strict=True)
    }
    ranking = score_round(
        rules, [bench.site(n, "province") for n in names], [bench.version(n, "en") for n in names], measured
    )
    exact = {
        entry.site.id: (
            entry.scorecard.total if entry.rank else np.nan,
            entry.scorecard.coverage,
            entry.rank or 0,
            entry.tier or "",
        )
        for entry in ranking.entries
    }
    values = pd.DataFrame(found, index=names).astype(float)
    outcomes = pd.DataFrame(outcome.value, index=names, columns=values.columns).where(values.isna(), "measured")
    table = sweep(rules, "province", values, outcomes)
    swept = {name: tuple(row) for name, row in zip(table.index, table.itertuples(index=False), strict=True)}
    return exact, swept


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(found=st.lists(SITE, min_size=1, max_size=8))
def test_a_sweep_agrees_with_the_engine_on_totals_coverage_ranks_and_tiers(bench, found):
    exact, swept = both(bench, bench.rules(tiers=TIERS, minimum_coverage=0.3, gates=()), found)
    assert swept.keys() == exact.keys()
    for name, (total, coverage, rank, tier) in exact.items():
        assert swept[name][0] == pytest.approx(total, abs=1e-9, nan_ok=True)
        assert swept[name][1] == pytest.approx(coverage, abs=1e-9)
        assert swept[name][2:] == (rank, tier)


def test_a_missing_value_costs_what_the_rules_say(bench):
    rules = bench.rules(minimum_coverage=0.0, tiers={})
    strict = rules.rule("column_parity").model_copy(
        update={"when": rules.rule("column_parity").when.model_copy(update={"not_applicable": "zero"})}
    )
    rules = bench.rules(
        minimum_coverage=0.0, tiers={}, indicators=tuple(strict if r.id == strict.id else r for r in rules.indicators)
    )
    full = {"days_since_update": 0, "social_accounts": 5, "column_parity": None, "mailbox_form": True}
    for outcome in (Outcome.NOT_APPLICABLE, Outcome.NOT_MEASURED, Outcome.ERROR):
        exact, swept = both(bench, rules, [full], outcome)
        assert swept["s0"][0] == pytest.approx(exact["s0"][0])
    assert both(bench, rules, [full], Outcome.NOT_APPLICABLE)[1]["s0"][0] == pytest.approx(80)


def test_deductions_are_swept_as_the_engine_takes_them(bench):
    found = [{"days_since_update": 90, "social_accounts": 1, "column_parity": 0.25, "mailbox_form": None}]
    exact, swept = both(bench, bench.rules(method="deduction", minimum_coverage=0.0, tiers={}), found)
    assert swept["s0"][0] == pytest.approx(exact["s0"][0])


def test_a_site_of_which_nothing_was_measured_has_no_rank(bench):
    nothing = dict.fromkeys(["days_since_update", "social_accounts", "column_parity", "mailbox_form"])
    exact, swept = both(bench, bench.rules(minimum_coverage=0.0), [nothing])
    assert (exact["s0"][2], swept["s0"][2]) == (0, 0)


def test_a_bonus_is_swept_as_the_engine_gives_it(bench):
    given = bench.rules().rule("column_parity").model_copy(update={"group": BONUS})
    indicators = tuple(given if rule.id == given.id else rule for rule in bench.rules().indicators)
    rules = bench.rules(
        minimum_coverage=0.0, tiers={}, gates=(), indicators=indicators, bonus=Bonus(cap=5.0, opens_at=50.0)
    )
    found = [
        {"days_since_update": 7, "social_accounts": 3, "column_parity": 0.1, "mailbox_form": True},
        {"days_since_update": 7, "social_accounts": 3, "column_parity": 1, "mailbox_form": False},
        {"days_since_update": 300, "social_accounts": 3, "column_parity": 1, "mailbox_form": False},
        {"days_since_update": None, "social_accounts": None, "column_parity": 1, "mailbox_form": None},
    ]
    exact, swept = both(bench, rules, found)
    assert [exact[name][2] for name in exact] == [1, 2, 3, 0]
    assert {name: row[2] for name, row in swept.items()} == {name: row[2] for name, row in exact.items()}
    assert [row[0] for row in swept.values()] == pytest.approx([row[0] for row in exact.values()], nan_ok=True)
