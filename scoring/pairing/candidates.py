"""Which pages may belong together: sparse TF-IDF over shared terms, a few neighbours a page, and what speaks for each.

No page is compared with every other one. A term proposes neighbours only while few pages hold it (`PROPOSING`), so the
work grows with the number of pages; what is proposed is then compared by all its terms.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray

from scoring.pairing.kinds import KINDS
from scoring.pairing.sparse import Floats, Ints, listed, nearest, only, pages_with, products, sums, valued, weighed
from scoring.pairing.terms import PageTerms, Vocabulary

NEIGHBOURS = 8  # candidates a page, from either side
NEAREST = 4  # other candidates that one is compared with, on either side
PROPOSING = 200  # pages; a term on more of them proposes no candidate
# How much a term of each of KINDS counts in the comparison.
_KIND_WEIGHT = np.array([1.0, 1.2, 1.5, 1.2, 1.6, 1.0, 1.2, 1.0, 2.0])
# A small site says little of which terms are common: so many pages of a usual site are counted in, of which this
# share holds a term of each kind; small figures are on every third page.
_USUAL_PAGES = 12.0
_USUAL_SHARE = np.array([0.01, 0.01, 0.01, 0.03, 0.06, 0.08, 0.06, 0.03, 0.03])
OWN_FILE = 3  # pages of a side; a picture or file on more of them belongs to the frame
_SMALL_FIGURE_SHARE = 0.3
_SHORT_TITLE = 2.0  # rarity that a title lacks before its share counts in full


@dataclass(frozen=True)
class Candidates:
    """Pairs of a foreign (row) and a Chinese page (column) that may belong together, sorted, each once.

    All arrays have one entry a candidate. `cosine` is 0..1, `nearest` the mean cosine of the NEAREST other candidates
    of both pages, `best_rival` the best of those; `headed` the share of the foreign title that the Chinese one has. Of
    shape (candidates, KINDS): `named`, the rarity of what the foreign page names; `covered`, the share of it that the
    Chinese page names too; `shared`, each kind's part of the cosine.
    """

    rows: Ints
    columns: Ints
    cosine: Floats
    nearest: Floats
    best_rival: Floats
    headed: Floats
    named: Floats
    covered: Floats
    shared: Floats


def find_candidates(
    foreign: Sequence[PageTerms], chinese: Sequence[PageTerms], vocabulary: Vocabulary, kinds: Sequence[str] = KINDS
) -> Candidates:
    """Return the candidates by the terms of `kinds`."""
    kind = np.fromiter((number for number, _ in vocabulary.numbers), dtype=np.int64, count=len(vocabulary.numbers))
    counted = np.array([name in kinds for name in KINDS])[kind]
    usual = _usual_shares(vocabulary, kind)
    ours = weighed([page.terms for page in foreign], [page.weights for page in foreign], len(kind))
    theirs = weighed([page.terms for page in chinese], [page.weights for page in chinese], len(kind))
    own = (kind != KINDS.index("files")) | ((pages_with(ours) <= OWN_FILE) & (pages_with(theirs) <= OWN_FILE))
    counted &= own
    rarity, their_rarity = _rarity(ours, usual) * counted, _rarity(theirs, usual) * counted
    both = (pages_with(ours) > 0) & (pages_with(theirs) > 0)
    weight = _KIND_WEIGHT[kind] * both
    one, other = _unit_rows(ours, rarity * weight), _unit_rows(theirs, their_rarity * weight)
    rows, columns = _propose(one, other)
    shared = np.column_stack([products(one, other, rows, columns, kind == number) for number in range(len(KINDS))])
    cosine = shared.sum(axis=1)
    means, best_rival = _rivals(rows, columns, cosine, (len(foreign), len(chinese)))
    # What may be a name is one only where some Chinese page spells it, and versions may well show other pictures; a
    # figure says something even where no page has it.
    telling = rarity * (both | ((kind != KINDS.index("names")) & (kind != KINDS.index("files"))))
    named, covered = _coverage(ours, theirs, foreign, rows, columns, telling, kind)
    headed = _headed(foreign, chinese, rows, columns, rarity * both)
    return Candidates(rows, columns, cosine, means, best_rival, headed, named, covered, shared)


def free_rivals(candidates: Candidates, chosen: NDArray[np.bool_]) -> Floats:
    """Return the best cosine of each candidate's pages with a page that none of the chosen ones takes."""
    best = []
    for ends, others in ((candidates.rows, candidates.columns), (candidates.columns, candidates.rows)):
        free = ~np.isin(others, others[chosen])
        rivals = np.zeros(int(ends.max(initial=-1)) + 1)
        np.maximum.at(rivals, ends[free], candidates.cosine[free])
        best.append(rivals[ends])
    return np.maximum(best[0], best[1])


def _usual_shares(vocabulary: Vocabulary, kind: Ints) -> Floats:
    shares: Floats = _USUAL_SHARE[kind]
    figures = KINDS.index("figures")
    small = [number for (of, what), number in vocabulary.numbers.items() if of == figures and _is_small(what)]
    shares[small] = _SMALL_FIGURE_SHARE
    return shares


def _is_small(figure: str) -> bool:
    """Whether many pages have a figure: up to 31, round ones, years."""
    return figure.isdigit() and (int(figure) <= 31 or figure in ("50", "100", "1000") or 1990 <= int(figure) <= 2040)


def _rarity(matrix: sp.csr_array, usual: Floats) -> Floats:
    pages = matrix.shape[0] + _USUAL_PAGES
    rarity: Floats = np.log(pages / (pages_with(matrix) + _USUAL_PAGES * usual))
    return np.maximum(rarity, 0.02)


def _unit_rows(matrix: sp.csr_array, weight: Floats) -> sp.csr_array:
    scaled = matrix.copy()
    scaled.data = scaled.data * weight[scaled.indices]
    scaled.eliminate_zeros()
    norms = np.sqrt(sums(scaled.multiply(scaled)))
    norms[norms == 0] = 1
    scaled.data = scaled.data / np.repeat(norms, np.diff(scaled.indptr))
    return scaled


def _propose(one: sp.csr_array, other: sp.csr_array) -> tuple[Ints, Ints]:
    """Return the nearest neighbours of every page of either side, as sorted pairs, each once."""
    rare = (pages_with(one) <= PROPOSING) & (pages_with(other) <= PROPOSING)
    left, right = only(one, rare), only(other, rare)
    there, back = nearest(left, right, NEIGHBOURS), nearest(right, left, NEIGHBOURS)
    pairs = np.unique(np.concatenate([there, back[:, ::-1]]), axis=0)
    return pairs[:, 0], pairs[:, 1]


def _rivals(rows: Ints, columns: Ints, cosine: Floats, shape: tuple[int, int]) -> tuple[Floats, Floats]:
    """Return the mean cosine of the NEAREST other candidates of each one's pages, and the best of them."""
    means, bests = [], []
    for ends, count in ((rows, shape[0]), (columns, shape[1])):
        order = np.lexsort((-cosine, ends))
        starts = np.searchsorted(ends[order], np.arange(count))
        rank = np.empty(len(ends), dtype=np.int64)
        rank[order] = np.arange(len(ends)) - starts[ends[order]]
        top = np.zeros((count, NEAREST + 1))
        inside = rank <= NEAREST
        top[ends[inside], rank[inside]] = cosine[inside]
        own = np.where(inside, cosine, top[ends, NEAREST])  # the one left out of the page's nearest
        means.append((top[ends].sum(axis=1) - own) / NEAREST)
        bests.append(np.where(rank == 0, top[ends, 1], top[ends, 0]))
    return (means[0] + means[1]) / 2, np.maximum(bests[0], bests[1])


def _coverage(
    ours: sp.csr_array,
    theirs: sp.csr_array,
    foreign: Sequence[PageTerms],
    rows: Ints,
    columns: Ints,
    rarity: Floats,
    kind: Ints,
) -> tuple[Floats, Floats]:
    """Return the rarity that the foreign page names and the share of it that the Chinese page has, by kind."""
    present, found = valued(ours, rarity), valued(theirs, np.ones(len(rarity)))
    stamps = valued(listed([page.stamps for page in foreign], len(rarity)), rarity)
    named, covered = [], []
    for number, name in enumerate(KINDS):
        terms = kind == number
        held = products(present, found, rows, columns, terms)
        own = sums(only(present, terms))[rows]
        if name == "days":  # a stamp counts only where it is found
            own = np.maximum(own - sums(stamps)[rows] + products(stamps, found, rows, columns, terms), 0)
        named.append(own)
        covered.append(np.divide(held, own, out=np.zeros(len(rows)), where=own > 1e-9))
    return np.column_stack(named), np.column_stack(covered)


def _headed(
    foreign: Sequence[PageTerms], chinese: Sequence[PageTerms], rows: Ints, columns: Ints, rarity: Floats
) -> Floats:
    ours = valued(listed([page.head for page in foreign], len(rarity)), rarity)
    theirs = listed([page.head for page in chinese], len(rarity))
    held = products(ours, theirs, rows, columns, np.ones(len(rarity), dtype=np.bool_))
    share: Floats = held / (sums(ours)[rows] + _SHORT_TITLE)
    return share
