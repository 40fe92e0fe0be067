import importlib.util

import pytest

from crawler.errors import BadInput
from scoring.engine import score_version
from scoring.evidence import Measurement, Outcome
from scoring.robustness.model import Assumptions
from scoring.robustness.sensitivity import sensitivity

needs_salib = pytest.mark.skipif(importlib.util.find_spec("SALib") is None, reason="SALib is not installed")


def cards_of(bench, found):
    rules = bench.rules(minimum_coverage=0.0)
    return rules, {
        name: score_version(rules, bench.site(name), bench.version(name), each) for name, each in found.items()
    }


@needs_salib
def test_a_ranking_that_only_weights_can_move_is_explained_by_weights(bench):
    rules, cards = cards_of(bench, {"a": bench.small(mailbox=0), "b": bench.small(days=180, accounts=0, parity=0)})
    (only,) = sensitivity(rules, cards, Assumptions(noise=0.5, aggregation=False), samples=1024)
    assert only.source == "weights"
    assert only.first == pytest.approx(1, abs=0.3)
    assert only.total == pytest.approx(1, abs=0.3)


@needs_salib
def test_sources_that_cannot_vary_are_not_listed_and_sampled_values_are(bench):
    sampled = Measurement(Outcome.MEASURED, 0.5, 4, "2 of 4", bench.found(0.5).evidence, (0.15, 0.85))
    rules, cards = cards_of(
        bench, {"a": {**bench.small(), "column_parity": sampled}, "b": bench.small(parity=0.5, days=8)}
    )
    found = {each.source: each for each in sensitivity(rules, cards, Assumptions(noise=0.1), samples=64)}
    assert list(found) == ["weights", "aggregation", "sampling_error"]
    assert max(found, key=lambda source: found[source].total) == "sampling_error"


@needs_salib
def test_nothing_is_explained_where_no_rank_moves(bench):
    rules, cards = cards_of(bench, {"a": bench.small(), "b": bench.small(180, 0, 0, 0)})
    assert sensitivity(rules, cards, Assumptions(), samples=64) == ()


@needs_salib
def test_nothing_is_explained_where_nothing_varies(bench):
    rules, cards = cards_of(bench, {"a": bench.small(), "b": bench.small(days=100)})
    assert sensitivity(rules, cards, Assumptions(noise=0, aggregation=False), samples=64) == ()


def test_without_salib_the_extra_is_named(bench, monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    rules, cards = cards_of(bench, {"a": bench.small()})
    with pytest.raises(BadInput, match=r"waiwen\[statistics\]"):
        sensitivity(rules, cards, Assumptions())
