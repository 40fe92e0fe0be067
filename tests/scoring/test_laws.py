"""What holds of every score, whatever was measured: laws of the whole engine, over the small rule set.

That a better value never lowers a total and that the order of sites changes nothing stand in test_engine.py.
"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.engine import score_round, score_version
from scoring.evidence import Outcome
from scoring.robustness.simulation import totals, unchanged
from scoring.robustness.uncertainty import grid_of
from scoring.ruleset.rule_set import with_weights

CATEGORIES = {
    "disclosure": {"days_since_update": 25.5, "social_accounts": 14.5, "column_parity": 20},
    "management": {"mailbox_form": 40},
}
WEIGHTS = {name: weight for own in CATEGORIES.values() for name, weight in own.items()}
CATEGORY_OF = {name: category for category, own in CATEGORIES.items() for name in own}
FULL = {"days_since_update": 7, "social_accounts": 3, "column_parity": 1, "mailbox_form": 1}
NONE = {"days_since_update": 400, "social_accounts": 0, "column_parity": 0, "mailbox_form": 0}
UNSEEN = st.sampled_from([Outcome.NOT_MEASURED, Outcome.NOT_APPLICABLE, Outcome.ERROR])
VALUES = st.fixed_dictionaries(
    {
        "days_since_update": UNSEEN | st.integers(0, 500),
        "social_accounts": UNSEEN | st.integers(0, 5),
        "column_parity": UNSEEN | st.floats(0, 1),
        "mailbox_form": UNSEEN | st.integers(0, 1),
    }
)
ROUND = st.lists(VALUES, min_size=1, max_size=12)
NOISE = 1e-9  # what totals are compared at


def found(bench, values):
    return {
        name: bench.unseen(value) if isinstance(value, Outcome) else bench.found(value)
        for name, value in values.items()
    }


def score(bench, values, rules=None):
    """The card of one version; without a minimum, so that all but an empty one has a total."""
    rules = (rules or bench.rules()).model_copy(update={"minimum_coverage": 0.0})
    return score_version(rules, bench.site(), bench.version(), found(bench, values))


def entries(bench, rows, rules):
    """The ranked entries of a round of sites with one version each, by site."""
    names = [f"s{number}" for number in range(len(rows))]
    ranking = score_round(
        rules,
        [bench.site(name) for name in names],
        [bench.version(name) for name in names],
        {(name, "en"): found(bench, row) for name, row in zip(names, rows, strict=True)},
    )
    return {entry.site.id: entry for entry in ranking.entries if entry.rank}


def same(card, other):
    """Whether two cards have the same total and category scores, down to what totals are compared at."""
    scores = [{each.id: each.score for each in one.categories if each.score is not None} for one in (card, other)]
    return card.total == pytest.approx(other.total, abs=NOISE) and scores[0] == pytest.approx(scores[1], abs=NOISE)


# ---- weights


@settings(max_examples=40)
@given(VALUES, st.floats(0.01, 20), st.sampled_from([CATEGORIES, WEIGHTS]))
def test_scaling_all_weights_by_one_factor_changes_nothing(bench, values, factor, level):
    """Those of the categories and with them all below, or those of the indicators alone."""
    rules = bench.rules()
    own = {category.id: category.weight for category in rules.categories} if level is CATEGORIES else WEIGHTS
    scaled = with_weights(rules, {name: weight * factor for name, weight in own.items()})
    before, after = score(bench, values), score(bench, values, scaled)
    assert same(before, after)
    assert before.coverage == pytest.approx(after.coverage, abs=NOISE)


@settings(max_examples=40)
@given(VALUES)
def test_leaving_out_equals_a_rule_set_that_shares_the_weight_among_what_counts(bench, values):
    own = {}
    for category, weights in CATEGORIES.items():
        seen = [name for name in weights if not isinstance(values[name], Outcome)]
        left = sum(weights[name] for name in seen)
        own |= {name: weights[name] * sum(weights.values()) / left if name in seen else 0 for name in weights}
        own |= {} if seen else {category: 0}
    card = score(bench, values)
    if card.total is not None:
        assert same(card, score(bench, values, with_weights(bench.rules(), own)))


# ---- what could not be measured


@settings(max_examples=40)
@given(VALUES, st.sampled_from(sorted(WEIGHTS)), st.sampled_from(["leave_out", "review"]))
def test_an_error_scores_as_if_the_indicator_were_not_there_and_coverage_says_so(bench, values, name, cost):
    rules = bench.rules()
    costs = {"when": rules.rule(name).when.model_copy(update={"error": cost})}
    rules = bench.rules(
        indicators=tuple(rule.model_copy(update=costs) if rule.id == name else rule for rule in rules.indicators)
    )
    card = score(bench, {**values, name: Outcome.ERROR}, rules)
    without = score(bench, values, with_weights(rules, {name: 0}))
    if card.total is not None:
        assert same(card, without)
    counted = sum(WEIGHTS[each] for each in values if each != name and not isinstance(values[each], Outcome))
    assert card.coverage == pytest.approx(counted / 100, abs=NOISE)


@settings(max_examples=40)
@given(VALUES, st.sampled_from(sorted(WEIGHTS)))
def test_an_error_never_does_better_than_full_marks_nor_worse_than_none(bench, values, name):
    none, error, full = (score(bench, {**values, name: value}) for value in (NONE[name], Outcome.ERROR, FULL[name]))
    place = list(CATEGORIES).index(CATEGORY_OF[name])
    inside = error.categories[place].score
    if inside is not None:
        assert none.categories[place].score - NOISE <= inside <= full.categories[place].score + NOISE
    if error.total is not None:
        assert none.total - NOISE <= error.total <= full.total + NOISE


# ---- ranks and tiers


@settings(max_examples=15)
@given(ROUND)
def test_every_score_is_within_0_and_100_and_every_rank_one_more_than_the_better_sites(bench, rows):
    ranked = entries(bench, rows, bench.rules())
    totals_ = {name: round(entry.scorecard.total, 9) for name, entry in ranked.items()}
    assert all(0 <= total <= 100 for total in totals_.values())
    assert {name: entry.rank for name, entry in ranked.items()} == {
        name: 1 + sum(other > total for other in totals_.values()) for name, total in totals_.items()
    }
    for entry in ranked.values():
        assert all(each.score is None or 0 <= each.score <= 100 for each in entry.scorecard.categories)
        assert 0 <= entry.scorecard.coverage <= 1


@settings(max_examples=15)
@given(ROUND, st.sampled_from(["default", "县级"]))
def test_a_gate_never_raises_a_tier_nor_moves_anything_else(bench, rows, tiers):
    (gate,) = bench.rules().gates  # bounds that many rows reach: gated sites that would else have a tier
    low = {"cut": 30.0} if tiers == "县级" else {"quota": 0.8}
    own = tuple(tier.model_copy(update=low) for tier in bench.rules().tiers[tiers])
    rules = bench.rules(tiers={"default": own}, gates=(gate.model_copy(update={"fires_above": 10}),))
    order = [*(tier.id for tier in rules.tiers["default"]), None]
    gated, free = (entries(bench, rows, each) for each in (rules, rules.model_copy(update={"gates": ()})))
    assert gated.keys() == free.keys()
    for name, entry in gated.items():
        assert (entry.rank, entry.scorecard.total) == (free[name].rank, free[name].scorecard.total)
        assert entry.tier is None if entry.scorecard.gates else entry.tier == free[name].tier
        assert order.index(entry.tier) >= order.index(free[name].tier)


# ---- the two ways of adding up


@settings(max_examples=25)
@given(ROUND)
def test_the_simulation_agrees_with_the_published_totals(bench, rows):
    cards = {f"s{number}": score(bench, row) for number, row in enumerate(rows)}
    cards = {name: card for name, card in cards.items() if card.total is not None}
    if cards:
        grid = grid_of(bench.rules(), cards)
        simulated = dict(zip(grid.sites, totals(grid, unchanged(grid))[0].tolist(), strict=True))
        assert simulated == pytest.approx({name: card.total for name, card in cards.items()}, abs=NOISE, rel=0)
