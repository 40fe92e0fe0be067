"""Cases whose terms are read once, to be paired many times: without a kind of cue, at other thresholds, in part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from pairing_cases import Case

from scoring.pairing.content import pair_by_terms
from scoring.pairing.kinds import KINDS
from scoring.pairing.score import THRESHOLD
from scoring.pairing.terms import PageTerms, Vocabulary, read_sides

Found = list[tuple[str, str, float]]  # foreign address, Chinese address, score


@dataclass(frozen=True, eq=False)
class Reading:
    """A case and the terms of its pages."""

    case: Case
    terms: tuple[Sequence[PageTerms], Sequence[PageTerms]]
    vocabulary: Vocabulary

    def part(self, foreign: Sequence[int], chinese: Sequence[int]) -> Reading:
        """Return some pages of either side, by their places."""
        pages = [self.case.foreign[place] for place in foreign], [self.case.chinese[place] for place in chinese]
        terms = [self.terms[0][place] for place in foreign], [self.terms[1][place] for place in chinese]
        case = replace(self.case, foreign=tuple(pages[0]), chinese=tuple(pages[1]))
        return replace(self, case=case, terms=terms)

    def without_dates(self) -> Reading:
        """Return the pages undated."""
        return replace(self, case=self.case.without_dates())

    def pairs(self, kinds: Sequence[str] = KINDS, threshold: float = THRESHOLD) -> Found:
        """Pair by content alone, with some kinds of terms."""
        case = self.case
        found = pair_by_terms(
            (case.foreign, case.chinese),
            (case.language, "zh"),
            self.terms,
            self.vocabulary,
            kinds=kinds,
            threshold=threshold,
        )
        return [(case.foreign[pair.foreign].url, case.chinese[pair.chinese].url, pair.score) for pair in found]


def read(case: Case) -> Reading:
    """Read the terms of a case."""
    vocabulary = Vocabulary()
    terms = read_sides(case.foreign, case.chinese, (case.language, "zh"), vocabulary, MappingProxyType({}))
    return Reading(case, terms, vocabulary)
