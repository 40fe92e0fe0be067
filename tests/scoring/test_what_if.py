import pytest

from crawler.errors import BadInput
from scoring.what_if import reweighed


def weights(rules):
    return {node.id: node.weight for node in rules.nodes()} | {rule.id: rule.weight for rule in rules.indicators}


def test_nothing_changed_is_the_rule_set_as_it_was(bench):
    assert weights(reweighed(bench.rules(), {})) == pytest.approx(weights(bench.rules()))


def test_the_others_of_a_level_give_in_proportion_and_the_node_above_keeps_its_weight(bench):
    before, after = (weights(rules) for rules in (bench.rules(), reweighed(bench.rules(), {"days_since_update": 30})))
    assert before["days_since_update"] == 25.5
    assert after["days_since_update"] == 30
    assert after["social_accounts"] == 40 - 30  # the only other of its group of 40
    assert {name: weight for name, weight in after.items() if name not in ("days_since_update", "social_accounts")} == (
        pytest.approx({n: w for n, w in before.items() if n not in ("days_since_update", "social_accounts")})
    )


def test_a_category_that_weighs_more_takes_from_the_others_down_to_their_indicators(bench):
    rules = reweighed(bench.rules(), {bench.rules().category_of("mailbox_form"): 70})
    found = weights(rules)
    assert found["mailbox_form"] == 70
    assert found["column_parity"] == pytest.approx(20 * 30 / 60)
    assert sum(category.weight for category in rules.categories) == pytest.approx(100)
    assert sum(rule.weight for rule in rules.indicators) == pytest.approx(100)


def test_a_weight_of_nothing_takes_the_node_out(bench):
    rules = reweighed(bench.rules(), {"social_accounts": 0})
    assert "social_accounts" not in {rule.id for rule in rules.indicators}
    assert weights(rules)["days_since_update"] == 40


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"days_since_updates": 3}, "Did you mean days_since_update?"),
        ({"days_since_update": 41}, "has 40 points to share"),
        ({"days_since_update": 10, "social_accounts": 10}, "has 40 points to share"),
        ({"mailbox_form": -1}, "cannot be negative"),
    ],
)
def test_weights_that_cannot_hold_are_refused_with_what_is_there(bench, changes, words):
    with pytest.raises(BadInput, match="(?s)" + words.replace("?", r"\?")):
        reweighed(bench.rules(), changes)
