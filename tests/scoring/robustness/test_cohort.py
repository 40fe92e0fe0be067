import numpy as np
import pytest

from scoring.engine import score_version
from scoring.evidence import Measurement, Outcome
from scoring.rank import competition_ranks
from scoring.robustness.cohort import _pearson, cohort_robustness
from scoring.robustness.model import Assumptions, SiteRobustness
from scoring.robustness.simulation import Runs, ranks, totals, unchanged
from scoring.robustness.uncertainty import grid_of
from scoring.ruleset.model import BONUS, Bonus, Tier

STILL = Assumptions(noise=0, aggregation=False, missing_data=False, sampling_error=False, runs=20)
TITLE = {"en": "Tier", "zh": "等级"}


def scored(bench, found, **changes):
    rules = bench.rules(minimum_coverage=0.0, **changes)
    return rules, {
        name: score_version(rules, bench.site(name), bench.version(name), each) for name, each in found.items()
    }


@pytest.fixture
def found(bench):
    return {
        "a": bench.small(days=30, accounts=1, parity=0.4),
        "b": bench.small(mailbox=0),
        "c": bench.small(days=180, accounts=0, parity=0, mailbox=0),
        "d": {**bench.small(parity=0.1), "mailbox_form": bench.unseen(Outcome.NOT_MEASURED)},
        "e": bench.small(mailbox=0),
    }


def runs_of(factors, geometric=False, imputed=False, levels=None):
    rows = len(factors)
    return Runs(np.array(factors), np.full(rows, geometric), np.full(rows, imputed), levels or {})


def by_site(grid, row):
    return dict(zip(grid.sites, row.tolist(), strict=True))


# ---- the arithmetic of a run


def test_a_run_that_changes_nothing_gives_the_published_totals(bench, found):
    rules, cards = scored(bench, found)
    grid = grid_of(rules, cards)
    assert by_site(grid, totals(grid, unchanged(grid))[0]) == pytest.approx({n: c.total for n, c in cards.items()})


def test_shaken_weights_score_as_plain_arithmetic_has_it(bench, found):
    rules, cards = scored(bench, found)
    grid = grid_of(rules, cards)
    assert grid.indicators == ("column_parity", "days_since_update", "mailbox_form", "social_accounts")
    parity, days, mailbox, accounts = 20 * 1.25, 25.5 * 0.75, 40 * 0.8, 14.5 * 1.0
    disclosure, whole = parity + days + accounts, parity + days + accounts + mailbox
    fresh = (180 - 30) / 173
    expected = {
        "a": 100 * (parity * 0.4 + days * fresh + accounts * 0.5 + mailbox) / whole,
        "b": 100 * disclosure / whole,
        "c": 0.0,
        "d": 100 * (parity * 0.1 + days + accounts) / disclosure,  # its mailbox counts for nothing, nor its category
        "e": 100 * disclosure / whole,
    }
    shaken = totals(grid, runs_of([[1.25, 0.75, 0.8, 1.0]] * 2))
    assert by_site(grid, shaken[0]) == pytest.approx(expected)
    assert by_site(grid, shaken[1]) == pytest.approx(expected)


def test_a_geometric_run_lets_a_strong_category_make_up_less_for_a_weak_one(bench, found):
    rules, cards = scored(bench, found)
    grid = grid_of(rules, cards)
    row = by_site(grid, totals(grid, runs_of(np.ones((1, 4)), geometric=True))[0])
    assert row["b"] == pytest.approx(100**0.6 * 1**0.4)  # disclosure 100 of weight 60, a mailbox of 0 taken as 1
    assert row["d"] == pytest.approx(cards["d"].total)  # one category only
    assert row["b"] < cards["b"].total


def test_an_imputed_run_fills_a_gap_with_the_mean_of_the_others(bench, found):
    rules, cards = scored(bench, found)
    grid = grid_of(rules, cards)
    row = by_site(grid, totals(grid, runs_of(np.ones((1, 4)), imputed=True))[0])
    assert row["d"] == pytest.approx(20 * 0.1 + 25.5 + 14.5 + 40 * (1 + 0 + 0 + 0) / 4)
    assert row["a"] == pytest.approx(cards["a"].total)


def test_sampling_error_moves_only_what_was_sampled_and_stays_within_the_scale(bench, found):
    sampled = Measurement(Outcome.MEASURED, 0.4, 10, "4 of 10", bench.found(0.4).evidence, (0.17, 0.69))
    rules, cards = scored(bench, {**found, "a": {**found["a"], "column_parity": sampled}})
    grid = grid_of(rules, cards)
    (column,) = grid.sampled
    assert grid.indicators[column] == "column_parity"
    row = grid.sites.index("a")
    assert np.delete(grid.sampled[column], row, axis=0).tolist() == np.zeros((4, 64)).tolist()
    likely = grid.sampled[column][row] + 40
    assert np.all(np.diff(likely) > 0)
    assert 0 <= likely.min() < 17
    assert 69 < likely.max() <= 100
    # Two of 64 levels lie beyond the 95% interval on each side, as near as levels can be cut.
    assert (np.sum(likely < 17), np.sum(likely > 69)) == (2, 2)
    lowest, highest = (np.full((1, 5), level, dtype=np.uint8) for level in (0, 63))
    low = by_site(grid, totals(grid, runs_of(np.ones((1, 4)), levels={column: lowest}))[0])
    high = by_site(grid, totals(grid, runs_of(np.ones((1, 4)), levels={column: highest}))[0])
    assert low["a"] == pytest.approx(cards["a"].total + 20 * (likely.min() - 40) / 100)
    assert high["a"] == pytest.approx(cards["a"].total + 20 * (likely.max() - 40) / 100)
    assert {name: low[name] for name in "bcde"} == pytest.approx({name: high[name] for name in "bcde"})


def test_tiles_and_shared_gaps_give_the_same_totals(bench, found):
    """Runs that differ only in a level of a column without error take the long way; the others the short one."""
    rules, cards = scored(bench, found)
    grid = grid_of(rules, cards)
    factors = np.random.default_rng(3).uniform(0.5, 1.5, size=(300, 4))
    short = totals(grid, runs_of(factors))
    grid.sampled[0] = np.zeros((5, 64))
    long = totals(grid, runs_of(factors, levels={0: np.zeros((300, 5), dtype=np.uint8)}))
    assert np.allclose(short, long, atol=1e-9)


def test_ranks_of_a_run_are_competition_ranks_freed_of_float_noise():
    scores = np.array([[50.0, 70.0, 70.0 + 1e-12, 10.0], [1.0, 2.0, 3.0, 4.0]])
    assert ranks(scores).tolist() == [[3, 1, 1, 4], [4, 3, 2, 1]]


def test_deductions_are_taken_from_a_hundred_and_no_mean_has_a_part_in_it(bench, found):
    rules, cards = scored(bench, found, method="deduction")
    grid = grid_of(rules, cards)
    assert by_site(grid, totals(grid, unchanged(grid))[0]) == pytest.approx({n: c.total for n, c in cards.items()})
    row = by_site(grid, totals(grid, runs_of([[1.25, 0.75, 0.8, 1.0]], geometric=True))[0])
    assert row["b"] == pytest.approx(100 - 40 * 0.8)
    assert row["d"] == pytest.approx(100 - 20 * 1.25 * 0.9)


def with_bonus(bench, found, opens_at):
    """`column_parity`, 20 points, as a bonus of 5 at most."""
    given = bench.rules().rule("column_parity").model_copy(update={"group": BONUS})
    indicators = tuple(given if rule.id == given.id else rule for rule in bench.rules().indicators)
    return scored(bench, found, indicators=indicators, bonus=Bonus(cap=5.0, opens_at=opens_at))


def test_a_bonus_is_added_in_every_run_and_never_lifts_a_total_above_a_hundred(bench, found):
    rules, cards = with_bonus(bench, found, 0.0)
    grid = grid_of(rules, cards)
    assert by_site(grid, totals(grid, unchanged(grid))[0]) == pytest.approx({n: c.total for n, c in cards.items()})
    row = by_site(grid, totals(grid, runs_of([[0.75, 1.0, 1.25]]))[0])  # days, mailbox, accounts
    # Disclosure weighs 60 in the rule file and its two indicators 40, so that a point of theirs weighs 1.5.
    days, mailbox, accounts = 25.5 * 0.75 * 1.5, 40 * 1.0, 14.5 * 1.25 * 1.5
    assert grid.indicators == ("days_since_update", "mailbox_form", "social_accounts")
    assert row["b"] == pytest.approx(5 + 100 * (days + accounts) / (days + accounts + mailbox))
    assert row["d"] == pytest.approx(100)  # full marks but for the bonus, of which it has 2


def test_a_bonus_is_lost_in_runs_that_do_not_reach_where_it_opens(bench, found):
    rules, cards = with_bonus(bench, found, 55.0)
    assert (cards["b"].total, cards["b"].bonus) == (pytest.approx(60 + 5), 5)
    grid = grid_of(rules, cards)
    heavy, light = totals(grid, runs_of([[1.0, 1.5, 1.0], [1.0, 0.5, 1.0]]))  # the mailbox, of which it has nothing
    assert by_site(grid, heavy)["b"] == pytest.approx(100 * 60 / (60 + 60))
    assert by_site(grid, light)["b"] == pytest.approx(100 * 60 / (60 + 20) + 5)


# ---- what is told of a cohort


def test_a_cohort_of_which_nothing_varies_keeps_its_ranks(bench, found):
    rules, cards = scored(bench, found)
    expected = competition_ranks({name: card.total for name, card in cards.items()})
    told = cohort_robustness(rules, "province", cards, STILL)
    assert {s.site_id: (s.rank, s.low, s.high) for s in told.sites} == {
        name: (rank, rank, rank) for name, rank in expected.items()
    }
    assert [(e.source, e.mean_shift, e.largest_shift, e.moved_share) for e in told.sources] == [
        (source, 0, 0, 0) for source in ("weights", "aggregation", "missing_data", "sampling_error")
    ]


def test_the_same_seed_gives_the_same_intervals_in_whatever_order_the_sites_come(bench, found):
    rules, cards = scored(bench, found)
    assert cohort_robustness(rules, "province", cards) == cohort_robustness(
        rules, "province", dict(reversed(cards.items()))
    )
    other = cohort_robustness(rules, "province", cards, Assumptions(seed=1))
    assert other.assumptions.seed == 1


def test_equal_sites_have_equal_intervals_and_the_worst_stays_last(bench, found):
    rules, cards = scored(bench, found)
    told = {s.site_id: (s.low, s.high) for s in cohort_robustness(rules, "province", cards).sites}
    assert told["b"] == told["e"]
    assert told["c"] == (5, 5)
    assert all(1 <= low <= high <= len(cards) for low, high in told.values())


def test_close_sites_have_wider_intervals_than_clear_ones(bench):
    rules, cards = scored(
        bench,
        {
            "new": bench.small(parity=0.5),
            "matched": bench.small(days=75),
            "none": bench.small(180, 0, 0, 0),
        },
    )
    told = {s.site_id: (s.low, s.high) for s in cohort_robustness(rules, "province", cards).sites}
    assert told["none"] == (3, 3)
    assert told["new"] == (1, 2)


def test_more_noise_never_narrows_an_interval_here(bench, found):
    rules, cards = scored(bench, found)

    def widths(noise):
        told = cohort_robustness(rules, "province", cards, Assumptions(noise=noise, aggregation=False))
        return [site.high - site.low for site in sorted(told.sites, key=lambda site: site.site_id)]

    assert all(small <= large for small, large in zip(widths(0.05), widths(0.9), strict=True))


def test_a_site_alone_in_its_cohort_is_always_first(bench, found):
    rules, cards = scored(bench, found)
    (alone,) = cohort_robustness(rules, "province", {"a": cards["a"]}).sites
    assert (alone.rank, alone.low, alone.high) == (1, 1, 1)


def test_an_empty_cohort_has_no_intervals(bench):
    assert cohort_robustness(bench.rules(), "province", {}).sites == ()


def test_a_tier_far_from_its_cut_is_robust_and_one_at_the_cut_is_borderline(bench):
    tiers = {"default": (Tier(id="leading", title=TITLE, cut=60.0),)}
    rules, cards = scored(
        bench,
        {"far": bench.small(), "edge": bench.small(mailbox=0), "below": bench.small(180, 0, 0, 0)},
        tiers=tiers,
    )
    told = {s.site_id: s for s in cohort_robustness(rules, "province", cards).sites}
    assert cards["edge"].total == 60
    assert (told["far"].tier_share, told["far"].standing) == (1.0, "robust")
    assert (told["below"].tier_share, told["below"].standing) == (1.0, "robust")
    assert 0.3 < told["edge"].tier_share < 0.7
    assert told["edge"].standing == "borderline"


def test_a_tier_by_quota_follows_the_ranks_of_each_run(bench, found):
    tiers = {"default": (Tier(id="leading", title=TITLE, quota=0.2),)}
    rules, cards = scored(bench, found, tiers=tiers)
    told = {s.site_id: s for s in cohort_robustness(rules, "province", cards).sites}
    assert told["c"].standing == "robust"
    assert told["a"].rank == 1
    assert 0 < told["a"].tier_share < 1


def test_a_cohort_without_tiers_has_no_standing(bench, found):
    rules, cards = scored(bench, found, tiers={})
    assert {(s.tier_share, s.standing) for s in cohort_robustness(rules, "province", cards).sites} == {(None, "")}


def test_standing_is_robust_from_nine_runs_in_ten_on():
    assert [SiteRobustness("a", 1, 1, 1, share).standing for share in (0.9, 0.899)] == ["robust", "borderline"]


def test_correlation_with_the_total_stands_beside_the_weight(bench, found):
    rules, cards = scored(bench, found)
    told = {c.indicator: c for c in cohort_robustness(rules, "province", cards).correlations}
    values = {"a": 0.4, "b": 1, "c": 0, "d": 0.1, "e": 1}
    by_hand = np.corrcoef([values[n] for n in "abcde"], [cards[n].total for n in "abcde"])[0, 1]
    assert told["column_parity"].correlation == pytest.approx(by_hand)
    assert (told["column_parity"].weight_share, told["column_parity"].n) == (0.2, 5)
    assert told["mailbox_form"].n == 4


def test_an_indicator_that_is_the_same_everywhere_correlates_with_nothing(bench):
    rules, cards = scored(bench, {"a": bench.small(), "b": bench.small(days=100), "c": bench.small(days=60)})
    told = {c.indicator: c.correlation for c in cohort_robustness(rules, "province", cards).correlations}
    assert told["mailbox_form"] is None
    assert told["days_since_update"] == pytest.approx(1)


def test_float_noise_correlates_with_nothing():
    noise = np.array([80.0, 80.0, np.nextafter(80.0, 81.0)])
    assert _pearson(np.array([0.0, 1.0, 2.0]), noise) == (None, 3)
    assert _pearson(np.array([0.0, 0.0, 5e-324]), np.array([1.0, 2.0, 3.0])) == (None, 3)
