import pytest

from scoring.engine import score_version
from scoring.gains import fixes
from scoring.ruleset.model import Bonus
from scoring.scale import Deduct


@pytest.fixture
def total(bench):
    """Score the small rule set with `column_parity` (20 of disclosure's 60) made a bonus of 20."""

    def score(found, **bonus):
        rules = bench.rules()
        given = rules.rule("column_parity").model_copy(update={"group": "bonus"})
        indicators = [given if rule.id == given.id else rule for rule in rules.indicators]
        rules = bench.rules(indicators=tuple(indicators), bonus=Bonus(cap=5.0, status="proposed", **bonus))
        return score_version(rules, bench.site(), bench.version(), found)

    return score


def test_a_bonus_adds_its_points_up_to_its_cap(bench, total):
    # disclosure is full (60); of management's 40 nothing. The bonus line earns 20, the cap gives 5.
    card = total(bench.small(mailbox=0))
    assert (card.total, card.bonus) == (pytest.approx(65), 5)
    card = total(bench.small(mailbox=0, parity=0.1))  # a tenth of 20
    assert (card.total, card.bonus) == (pytest.approx(62), pytest.approx(2))


def test_a_bonus_that_is_not_measured_costs_nothing_and_no_coverage(bench, total):
    card = total({**bench.small(mailbox=0), "column_parity": bench.unseen()})
    assert (card.total, card.bonus, card.coverage) == (pytest.approx(60), 0, 1)


def test_a_bonus_opens_at_a_total_that_was_earned_without_it(bench, total):
    assert total(bench.small(mailbox=0), opens_at=60.0).bonus == 5
    assert total(bench.small(mailbox=0), opens_at=60.1).bonus == 0


def test_no_bonus_lifts_a_total_above_100(bench, total):
    assert total(bench.small()).total == 100


def test_deductions_start_at_100_and_take_what_each_line_lost(bench):
    # days: 3 points for each 30 days, capped at 25.5; mailbox: 40 lost; accounts and columns full.
    rules = bench.rules(method="deduction")
    days = rules.rule("days_since_update").model_copy(update={"scale": Deduct(deduct=3.0, each=30.0)})
    rules = bench.rules(method="deduction", indicators=(days, *rules.indicators[1:]))

    def score(**found):
        return score_version(rules, bench.site(), bench.version(), bench.small(**found))

    assert score(days=60).total == pytest.approx(100 - 6)
    assert score(days=60, mailbox=0).total == pytest.approx(100 - 6 - 40)
    assert score(days=9999).total == pytest.approx(100 - 25.5)  # the cap
    (fix,) = fixes(rules, score(days=60))
    assert (fix.indicator, fix.gain) == ("days_since_update", pytest.approx(6))


def test_what_was_not_measured_deducts_nothing(bench):
    rules = bench.rules(method="deduction")
    found = {**bench.small(), "mailbox_form": bench.unseen()}
    card = score_version(rules, bench.site(), bench.version(), found)
    assert (card.total, card.coverage) == (100, pytest.approx(0.6))


def test_without_any_measured_line_there_is_no_total_to_deduct_from(bench):
    card = score_version(bench.rules(method="deduction"), bench.site(), bench.version(), {})
    assert card.total is None


def test_a_version_of_which_only_the_bonus_was_measured_has_no_total(bench, total):
    card = total({"column_parity": bench.found(1.0)})
    assert (card.total, card.bonus, card.reason) == (None, 0, "nothing could be measured")
