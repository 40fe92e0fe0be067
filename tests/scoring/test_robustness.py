import numpy as np
import pytest

from scoring.engine import score_version
from scoring.evidence import Outcome
from scoring.rank import competition_ranks
from scoring.robustness import drawn_ranks, rank_intervals


class Steady:
    """Randomness that leaves every weight as it is."""

    def uniform(self, low, high, size):
        assert (low, high) == (0.75, 1.25)
        return np.ones(size)


class Fixed:
    """Randomness that shakes the weights by given factors, in the order of the indicators' ids."""

    def __init__(self, *factors):
        self.factors = factors

    def uniform(self, low, high, size):
        return np.tile(np.array(self.factors), (size[0], 1))


@pytest.fixture
def cards(bench):
    found = {
        "a": bench.small(days=30, accounts=1, parity=0.4),
        "b": bench.small(mailbox=0),
        "c": bench.small(days=180, accounts=0, parity=0, mailbox=0),
        "d": {**bench.small(parity=0.1), "mailbox_form": bench.unseen(Outcome.NOT_MEASURED)},
        "e": bench.small(mailbox=0),
    }
    rules = bench.rules(minimum_coverage=0.0)
    return {name: score_version(rules, bench.site(name), bench.version(name), each) for name, each in found.items()}


def intervals(cards, seed=0):
    return rank_intervals(cards, np.random.default_rng(seed))


def test_unshaken_weights_give_the_very_ranks_of_the_totals(cards):
    ranks = competition_ranks({name: card.total for name, card in cards.items()})
    assert rank_intervals(cards, Steady()) == {name: (rank, rank) for name, rank in ranks.items()}


def test_ranks_follow_shaken_weights_as_plain_arithmetic_has_it(cards):
    # ids in order: column_parity 20, days_since_update 25.5, mailbox_form 40, social_accounts 14.5
    parity, days, mailbox, accounts = 20 * 1.25, 25.5 * 0.75, 40 * 0.8, 14.5 * 1.0
    disclosure, whole = parity + days + accounts, parity + days + accounts + mailbox
    fresh = (180 - 30) / 173
    totals = {
        "a": (parity * 0.4 + days * fresh + accounts * 0.5 + mailbox) / whole,
        "b": disclosure / whole,
        "c": 0.0,
        "d": (parity * 0.1 + days + accounts) / disclosure,  # its mailbox counts for nothing, nor does its category
        "e": disclosure / whole,
    }
    expected = [float(rank) for _, rank in sorted(competition_ranks(totals).items())]
    ranks = drawn_ranks([cards[name] for name in sorted(cards)], Fixed(1.25, 0.75, 0.8, 1.0), draws=2)
    assert ranks.tolist() == [expected, expected]


def test_the_same_seed_gives_the_same_intervals_in_whatever_order_the_sites_come(cards):
    assert intervals(cards) == intervals(dict(reversed(cards.items())))


def test_equal_sites_have_equal_intervals_and_the_best_and_worst_stay_in_bounds(cards):
    found = intervals(cards)
    assert found["b"] == found["e"]
    assert found["c"] == (5, 5)
    assert all(1 <= low <= high <= len(cards) for low, high in found.values())


def test_close_sites_have_wider_intervals_than_clear_ones(bench):
    rules = bench.rules()
    found = {
        "new": bench.small(parity=0.5),
        "matched": bench.small(days=93.5, accounts=2),
        "none": bench.small(180, 0, 0, 0),
    }
    cards = {name: score_version(rules, bench.site(name), bench.version(name), each) for name, each in found.items()}
    result = intervals(cards)
    assert result["none"] == (3, 3)
    assert result["new"][0] == 1


def test_a_site_alone_in_its_cohort_is_always_first(cards):
    assert intervals({"a": cards["a"]}) == {"a": (1, 1)}


def test_an_empty_cohort_has_no_intervals():
    assert intervals({}) == {}
