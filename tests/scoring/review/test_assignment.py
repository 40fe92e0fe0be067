"""Who rates what."""

from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.review.assignment import assigned

VERSIONS = [(f"site{number}", "en") for number in range(20)]
NAMES = ["chen", "li", "wang", "zhao", "sun"]


@given(st.integers(1, 30), st.integers(1, 6), st.data())
def test_everybody_has_as_much_as_the_others_and_no_version_too_few(versions, reviewers, data):
    each = data.draw(st.integers(1, reviewers))
    found = assigned([(str(n), "en") for n in range(versions)], [f"r{n}" for n in range(reviewers)], each, "round")
    assert all(len(set(turn)) == each for turn in found.values())
    load = Counter(name for turn in found.values() for name in turn)
    counts = [load[f"r{n}"] for n in range(reviewers)]
    assert max(counts) - min(counts) <= 1


def test_neither_the_order_of_names_nor_that_of_sites_matters_but_the_round_does():
    found = assigned(VERSIONS, NAMES, 2, "2026")
    assert found == assigned(VERSIONS[::-1], NAMES[::-1], 2, "2026")
    assert found != assigned(VERSIONS, NAMES, 2, "2027")


def test_pairs_of_reviewers_change():
    pairs = {frozenset(turn) for turn in assigned(VERSIONS, NAMES, 2, "2026").values()}
    assert len(pairs) > len(list(combinations(NAMES, 2))) / 2


def test_too_few_reviewers_are_refused():
    with pytest.raises(ValueError, match="3 reviewers rate each version, but there are 2"):
        assigned(VERSIONS, NAMES[:2], 3, "2026")
