from itertools import permutations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from scoring.pairing.assignment import assign

EDGES = st.dictionaries(
    st.tuples(st.integers(0, 3), st.integers(0, 3)), st.integers(1, 50).map(lambda gain: gain / 10), max_size=12
)


@given(EDGES)
def test_no_page_is_taken_twice_and_no_choice_gains_more(edges: dict[tuple[int, int], float]) -> None:
    pairs = sorted(edges)
    rows, columns = (np.array([pair[end] for pair in pairs], dtype=np.int64) for end in (0, 1))
    gains = np.array([edges[pair] for pair in pairs])
    chosen = [pair for pair, taken in zip(pairs, assign(rows, columns, gains), strict=True) if taken]
    assert len({one for one, _ in chosen}) == len({other for _, other in chosen}) == len(chosen)
    best = max(sum(edges.get((one, other), 0) for one, other in enumerate(order)) for order in permutations(range(4)))
    assert abs(sum(edges[pair] for pair in chosen) - best) < 1e-6


def test_the_whole_counts_and_not_the_best_single_pair() -> None:
    rows, columns = np.array([0, 0, 1]), np.array([0, 1, 0])
    assert assign(rows, columns, np.array([3.0, 2.0, 2.5])).tolist() == [False, True, True]
