"""Precision, recall and F1 of the pairing on labelled pages, its calibration, and what each kind of cue is worth.

    python scripts/accuracy/pairing.py [SITES/seata SITES/hexo SITES/nacos] [--ablation] [--wrong]

The demonstration sites and the news set need no argument. `all cues` is what a round does; `hidden` has random
addresses and no declared links; `short` keeps 300 characters of the hidden main text and no title.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from pairing_cases import Case, chinese_bodies, demo_cases, hidden, site_cases, stored_news

from scoring.pair_content import pair_by_content
from scoring.pair_score import THRESHOLD
from scoring.pair_terms import KINDS
from scoring.pairing import pair_pages

BINS = (0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 0.97, 1.01)
Found = list[tuple[str, str, float]]  # foreign address, Chinese address, score
Method = Callable[[Case], Found]


@dataclass
class Tally:
    """Pairs found, those that are right, and those that there are."""

    right: int = 0
    found: int = 0
    there: int = 0
    wrong: list[tuple[str, str, float]] = field(default_factory=list)

    def row(self) -> str:
        """Precision, recall, F1 and the counts."""
        precision = self.right / self.found if self.found else 1.0
        recall = self.right / self.there if self.there else 1.0
        f1 = 2 * self.right / (self.found + self.there) if self.found + self.there else 1.0
        return (
            f"P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}   {self.right} right of {self.found}, {self.there} there"
        )


def all_cues(case: Case) -> Found:
    """Pair as a round does."""
    foreign_scope, chinese_scope = case.scopes
    pairs = pair_pages(
        case.foreign,
        case.chinese,
        foreign_scope=foreign_scope,
        chinese_scope=chinese_scope,
        foreign_language=case.language,
    )
    return [(p.foreign_url, p.chinese_url, p.score) for p in pairs if p.foreign_url and p.chinese_url]


def by_content(kinds: Sequence[str] = KINDS, threshold: float = THRESHOLD) -> Method:
    """Pair by content alone, with some kinds of terms."""

    def method(case: Case) -> Found:
        found = pair_by_content(case.foreign, case.chinese, case.language, kinds=kinds, threshold=threshold)
        return [(case.foreign[pair.foreign].url, case.chinese[pair.chinese].url, pair.score) for pair in found]

    return method


def judge(case: Case, found: Found) -> Tally:
    """Count what is right. A pair of which no page is counted is passed over."""
    captured = {page.url for page in (*case.foreign, *case.chinese)}
    there = {one for one, other in case.truth if one in captured and other in captured}
    judged = [pair for pair in found if case.counted is None or not case.counted.isdisjoint(pair[:2])]
    right = [pair for pair in judged if pair[:2] in case.truth]
    wrong = [pair for pair in judged if pair[:2] not in case.truth]
    return Tally(len(right), len(judged), len(there), wrong)


def tallies(cases: Iterable[Case], method: Method) -> dict[str, Tally]:
    """Judge every case; cases of one family and language are summed, the demonstration sites all together."""
    sums: dict[str, Tally] = defaultdict(Tally)
    for case in cases:
        one, total = judge(case, method(case)), sums[case.row]
        total.right += one.right
        total.found += one.found
        total.there += one.there
        total.wrong += one.wrong
    return dict(sums)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="*")
    parser.add_argument("--ablation", action="store_true", help="F1 without each kind of cue")
    parser.add_argument("--wrong", action="store_true", help="list the wrong pairs")
    options = parser.parse_args()
    cases = [*site_cases(options.folders), *stored_news(), *demo_cases()]
    parallel = [case for case in cases if case.name != "nacos"]
    blind = [hidden(case) for case in parallel]
    print(f"threshold {THRESHOLD}")
    _table("all cues", tallies(parallel, all_cues), options.wrong)
    _table("hidden", tallies(blind, all_cues), options.wrong)
    long = [case for case in parallel if case.family in ("seata", "hexo")]
    if long:
        _table("short", tallies([hidden(case, short=True) for case in long], all_cues), options.wrong)
    _calibration(blind)
    for folder in options.folders:
        if folder.name == "nacos" and folder.is_dir():
            _nacos(folder, next(case for case in cases if case.name == "nacos"))
    if options.ablation:
        _ablation(blind)


def _table(title: str, sums: dict[str, Tally], wrong: bool) -> None:
    print(f"\n{title}")
    for name, tally in sums.items():
        print(f"  {name:10} {tally.row()}")
        for pair in tally.wrong if wrong else ():
            print("      wrong:", *pair)


def _calibration(cases: Sequence[Case]) -> None:
    print("\ncalibration, hidden: of the chosen pairs with a score in the bin, how many are right")
    scored = [
        (pair[2], pair[:2] in case.truth)
        for case in cases
        for pair in by_content(threshold=0.0)(case)
        if case.counted is None or pair[0] in case.counted
    ]
    for low, high in pairwise(BINS):
        inside = [(score, right) for score, right in scored if low <= score < high]
        if inside:
            mean, share = (sum(values) / len(inside) for values in zip(*inside, strict=True))
            print(f"  {low:.2f}-{min(high, 1):.2f}  n {len(inside):4}  mean score {mean:.2f}  right {share:.2f}")


def _nacos(folder: Path, case: Case) -> None:
    """Say how many "English" pages with Chinese bodies would be counted as translated."""
    bodies = chinese_bodies(folder)
    pairs = pair_pages(
        case.foreign,
        case.chinese,
        foreign_scope=case.scopes[0],
        chinese_scope=case.scopes[1],
        foreign_language="en",
    )
    paired = [pair for pair in pairs if pair.foreign_url in bodies and pair.chinese_url]
    taken = [pair for pair in paired if pair.translated is not False]
    print(f"\nnacos: of {len(bodies)} pages with Chinese bodies {len(paired)} are paired, {len(taken)} as translated")
    for pair in taken:
        print("     ", pair.foreign_url, pair.translated)


def _ablation(cases: Sequence[Case]) -> None:
    print("\nF1 by content without a kind of term (hidden)")
    names = sorted({case.row for case in cases})
    print(" " * 28, *(f"{name:>8}" for name in names))
    for left_out in ((), *((kind,) for kind in KINDS), ("dictionary", "cognates")):
        kinds = tuple(kind for kind in KINDS if kind not in left_out)
        sums = tallies(cases, by_content(kinds))
        values = [2 * sums[name].right / max(sums[name].found + sums[name].there, 1) for name in names]
        print(f"  without {' and '.join(left_out) or 'nothing':20}", *(f"{value:8.3f}" for value in values))


if __name__ == "__main__":
    main()
