"""Page-by-term matrices, a row a page: sparse throughout, cut into chunks where two of them are multiplied."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_CHUNK = 512  # rows multiplied at once: bounds the memory


def weighed(
    terms: Sequence[Sequence[int] | Ints], weights: Sequence[Sequence[float] | Floats], width: int
) -> sp.csr_array:
    """Return the matrix of pages that are lists of terms and their weights."""
    starts = np.zeros(len(terms) + 1, dtype=np.int64)
    starts[1:] = np.cumsum([len(numbers) for numbers in terms])
    columns = np.concatenate([np.zeros(0, np.int64), *(np.asarray(numbers, np.int64) for numbers in terms)])
    values = np.concatenate([np.zeros(0), *(np.asarray(page, np.float64) for page in weights)])
    matrix = sp.csr_array((values, columns, starts), shape=(len(terms), width))
    matrix.sort_indices()
    return matrix


def listed(terms: Sequence[Sequence[int] | Ints], width: int) -> sp.csr_array:
    """Return a matrix of ones where a page's list has a term."""
    return weighed(terms, [np.ones(len(numbers)) for numbers in terms], width)


def valued(matrix: sp.csr_array, values: Floats) -> sp.csr_array:
    """Return the matrix with the value of its term in every place."""
    copy = matrix.copy()
    copy.data = values[copy.indices]
    return copy


def only(matrix: sp.csr_array, terms: NDArray[np.bool_]) -> sp.csr_array:
    """Return the matrix without the other terms."""
    kept = matrix.copy()
    kept.data = kept.data * terms[kept.indices]
    kept.eliminate_zeros()
    return kept


def sums(matrix: sp.csr_array) -> Floats:
    """Return the sum of each row."""
    return np.asarray(matrix.sum(axis=1), dtype=np.float64).ravel()


def pages_with(matrix: sp.csr_array) -> Ints:
    """Return how many rows hold each term."""
    return np.bincount(matrix.indices, minlength=matrix.shape[1])


def products(one: sp.csr_array, other: sp.csr_array, rows: Ints, columns: Ints, terms: NDArray[np.bool_]) -> Floats:
    """Return the product of `one`'s row and `other`'s row of every pair (row, column) over some terms."""
    left, right = only(one, terms), only(other, terms)
    parts = [np.zeros(0)]
    step = 8 * _CHUNK
    for start in range(0, len(rows), step):
        parts.append(sums(left[rows[start : start + step]].multiply(right[columns[start : start + step]])))
    return np.concatenate(parts)


def nearest(one: sp.csr_array, other: sp.csr_array, count: int) -> Ints:
    """Return (row of `one`, row of `other`) of the largest products of every row, at most `count`; ties by number."""
    turned = sp.csr_array(other.T)
    found = [np.zeros((0, 2), dtype=np.int64)]
    for start in range(0, one.shape[0], _CHUNK):
        block = sp.csr_array(one[start : start + _CHUNK] @ turned)
        for row in range(block.shape[0]):
            begin, end = block.indptr[row], block.indptr[row + 1]
            neighbours, values = block.indices[begin:end], block.data[begin:end]
            if len(values) > count:
                floor = np.partition(values, -count)[-count]
                neighbours, values = neighbours[values >= floor], values[values >= floor]
            order = np.lexsort((neighbours, -values))[:count]
            found.append(np.column_stack([np.full(len(order), start + row), neighbours[order]]))
    return np.concatenate(found).astype(np.int64)
