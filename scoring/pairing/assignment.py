"""The best one-to-one choice among candidate pairs, over the whole site at once."""

from __future__ import annotations

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

Ints = NDArray[np.int64]


def assign(rows: Ints, columns: Ints, gains: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return which edges (row, column, gain > 0) are chosen: no page twice, the sum of gains largest.

    Sparse: the work grows with the edges. Every row has a way out (a column of its own without gain), so a
    matching always exists; equal choices are settled by the order of the edges.
    """
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching  # noqa: PLC0415 - takes long to load

    chosen = np.zeros(len(rows), dtype=bool)
    if not len(rows):
        return chosen
    row_names, row = np.unique(rows, return_inverse=True)
    column_names, column = np.unique(columns, return_inverse=True)
    count, width = len(row_names), len(column_names)
    # The solver takes a zero for no edge, so costs start at one.
    costs = np.concatenate([gains.max() + 1 - gains, np.full(count, gains.max() + 1)])
    ends = np.concatenate([column, width + np.arange(count)])
    graph = sp.csr_matrix((costs, (np.concatenate([row, np.arange(count)]), ends)), shape=(count, width + count))
    matched_rows, matched_columns = min_weight_full_bipartite_matching(graph)
    partner = np.full(count, -1)
    partner[matched_rows] = matched_columns
    chosen[:] = partner[row] == column
    return chosen
