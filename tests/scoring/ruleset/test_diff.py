from scoring.ruleset.diff import differences


def told(old, new):
    return differences(old, new)[1:]


def tier(bench, number, **changes):
    rules = bench.rules()
    tiers = list(rules.tiers["default"])
    tiers[number] = tiers[number].model_copy(update=changes)
    return rules.model_copy(update={"tiers": {**rules.tiers, "default": tuple(tiers)}})


def test_the_same_rules_differ_in_nothing(bench):
    assert told(bench.rules(), bench.rules()) == ()


def test_points_that_a_node_leaves_unspecified_are_told(bench):
    disclosure, management = bench.rules().categories
    later = bench.rules(categories=(disclosure.model_copy(update={"unspecified": 20.0}), management))
    assert told(bench.rules(), later) == (
        "weight left unspecified: 0% to 20%",
        "node disclosure (信息公开): unspecified none to 20",
    )


def test_a_gate_is_told_with_its_bounds(bench):
    (gate,) = bench.rules().gates
    later = bench.rules(gates=(gate.model_copy(update={"fires_above": 180.0}),))
    assert told(bench.rules(), later) == ("gate long_stale: fires_above 365 to 180",)
    turned = bench.rules(gates=(gate.model_copy(update={"fires_above": None, "fires_from": 180.0}),))
    assert told(bench.rules(), turned) == (
        "gate long_stale: fires_above 365 to none",
        "gate long_stale: fires_from none to 180",
    )
    assert told(bench.rules(), bench.rules(gates=())) == (
        "gate long_stale: gone, it had indicator days_since_update, fires_above 365",
    )


def test_a_tier_is_told_with_its_bound_and_its_cohort(bench):
    later = tier(bench, 0, quota=0.2)
    assert told(bench.rules(), later) == ("tier leading of default: quota 0.1 to 0.2",)
    cut = tier(bench, 1, quota=None, cut=60.0)
    assert told(bench.rules(), cut) == (
        "tier excellent of default: cut none to 60",
        "tier excellent of default: quota 0.3 to none",
    )


def test_tiers_in_another_order_are_told(bench):
    rules = bench.rules()
    turned = rules.model_copy(update={"tiers": {**rules.tiers, "default": rules.tiers["default"][::-1]}})
    assert told(rules, turned) == ("tiers of default: from leading, excellent to excellent, leading",)


def test_a_cohort_is_told_with_its_own_weights(bench):
    province, county = bench.rules().cohorts
    later = bench.rules(cohorts=(province.model_copy(update={"weights": {"news": 50.0, "parity": 10.0}}),))
    assert told(bench.rules(), later) == (
        "cohort province: weights none to {news: 50, parity: 10}",
        f"cohort {county.id}: gone",
    )


def test_what_else_the_file_says_is_told(bench):
    later = bench.rules(
        note="A year apart.", ranked_version="site", split={"software": 100.0}, retired=("social_accounts",)
    )
    assert told(bench.rules(), later) == (
        "note: none to A year apart.",
        "ranked version: best to site",
        "split: none to {software: 100}",
        "retired: undated_share no more",
        "retired: social_accounts",
    )
