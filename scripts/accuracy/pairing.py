"""How right the pairing of foreign pages with Chinese ones is, beside forty lines that pair by dictionary glosses.

    make accuracy PARTS=pairing          python scripts/accuracy/pairing.py [SHARED]   (with the wrong pairs by name)

`all cues` is what a round does; `hidden` has random addresses, no declared links and no files; `short` keeps 300
characters of the hidden main text and no title. One threshold for all.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from unittest.mock import patch

from pairing_baseline import pair_by_glosses
from pairing_cases import (
    FIT_KINDS,
    Case,
    chinese_bodies,
    demo_cases,
    held_out_draw,
    held_out_news,
    hidden,
    site_cases,
    stored_news,
)
from pairing_reading import Found, Reading, read
from progress import watched
from tables import COUNTS, Cell, Counts, Row, Skipped, Table, folder

from scoring.pairing import chinese_reader
from scoring.pairing.kinds import KINDS
from scoring.pairing.pages import pair_pages
from scoring.pairing.score import THRESHOLD

SITES = ("seata", "hexo", "nacos")
HELD_OUT_DRAWS = (8, 9, 10, 11, 12)
BINS = (0.0, 0.1, 0.3, THRESHOLD, 0.7, 0.9, 0.97, 1.01)
Method = Callable[[Case], Found]


@dataclass
class Tally(Counts):
    """Pairs found, those that are right, and those that there are."""

    wrong: list[tuple[str, str, float]] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Take another tally in."""
        self.right, self.found, self.there = (
            self.right + other.right,
            self.found + other.found,
            self.there + other.there,
        )
        self.wrong += other.wrong

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall; 1 where nothing is there and nothing was found."""
        both = self.found + self.there
        return 2 * self.right / both if both else 1.0


def all_cues(case: Case) -> Found:
    """Pair as a round does."""
    pairs = pair_pages(
        case.foreign,
        case.chinese,
        foreign_scope=case.scopes[0],
        chinese_scope=case.scopes[1],
        foreign_language=case.language,
    )
    return [(p.foreign_url, p.chinese_url, p.score) for p in pairs if p.foreign_url and p.chinese_url]


def judge(case: Case, found: Found) -> Tally:
    """Count what is right. A pair of which no page is counted is passed over."""
    captured = {page.url for page in (*case.foreign, *case.chinese)}
    there = {one for one, other in case.truth if one in captured and other in captured}
    judged = [pair for pair in found if case.counted is None or not case.counted.isdisjoint(pair[:2])]
    wrong = [pair for pair in judged if pair[:2] not in case.truth]
    return Tally(len(judged) - len(wrong), len(judged), len(there), wrong)


def tallies(cases: Sequence[Case], method: Method) -> dict[str, Tally]:
    """Judge every case, summed up by its row of the table."""
    return _summed((case, method(case)) for case in watched(cases, "cases"))


def _summed(found: Iterable[tuple[Case, Found]]) -> dict[str, Tally]:
    sums: dict[str, Tally] = defaultdict(Tally)
    for case, pairs in found:
        sums[case.row].add(judge(case, pairs))
    return dict(sums)


def report(shared: Path | None) -> Iterator[Row]:
    """Yield the tables."""
    folders = [found for name in SITES if (found := folder(shared, "sites", name))]
    if len(folders) < len(SITES):
        yield Skipped("Documentation sites", f"{', '.join(SITES)} are not all there")
    cases = [*site_cases(folders), *stored_news(), *held_out_news(), *demo_cases()]
    parallel = [case for case in cases if case.name != "nacos"]
    blind = [hidden(case) for case in parallel]
    texts = [case for case in blind if case.family != "lists"]
    short = [hidden(case, short=True) for case in parallel if case.family in SITES]
    yield _counted("All cues", tallies(parallel, all_cues))
    yield _counted(
        "Hidden: no addresses, links and files", tallies(blind, all_cues), "lists: columns, that have hardly a text"
    )
    if short:
        yield _counted("Short: 300 characters of the hidden main text", tallies(short, all_cues))
    readings = [read(case) for case in watched(texts, "reading")]
    yield _news_kinds([case for case in blind if case.family == "news"])
    draws = [hidden(case) for seed in HELD_OUT_DRAWS for case in held_out_draw(seed)]
    yield _held_out("stored set", [case for case in blind if case.family == "held out"])
    yield _held_out(f"{len(HELD_OUT_DRAWS)} further draws", draws)
    yield _peer(texts, short)
    yield from (
        _calibration(title, [reading for reading in readings if reading.case.family in families])
        for title, families in (
            ("news", ("news",)),
            ("news, languages and kinds held out", ("held out",)),
            ("documentation", SITES),
            ("demonstration", ("demo",)),
        )
    )
    yield _ablation(readings)
    yield from (_nacos(path, cases) for path in folders if path.name == "nacos")


def _counted(title: str, sums: dict[str, Tally], note: str = "") -> Table:
    rows = [(name, *tally.cells()) for name, tally in sums.items()]
    notes = [f"{name} wrong: {one} {other} {score}" for name, t in sums.items() for one, other, score in t.wrong]
    return Table(f"{title} (threshold {THRESHOLD})", ("set", *COUNTS), rows, [*([note] if note else []), *notes])


def _news_kinds(cases: Sequence[Case]) -> Table:
    """News of the kinds that the score was fitted on (other draws of them), and of kinds that it never saw."""
    fitted, unseen = Tally(), Tally()
    for case in cases:
        found = all_cues(case)
        known = {page.url for page in case.foreign if case.kinds[page.url] in FIT_KINDS}
        for tally, is_fitted in ((fitted, True), (unseen, False)):
            pairs = [pair for pair in found if (pair[0] in known) is is_fitted]
            wrong = [pair for pair in pairs if pair[:2] not in case.truth]
            there = {one for one, _ in case.truth if (one in known) is is_fitted}
            tally.add(Tally(len(pairs) - len(wrong), len(pairs), len(there), wrong))
    both = Tally()
    both.add(fitted)
    both.add(unseen)
    rows = [("kinds fitted on", *fitted.cells()), ("kinds not seen", *unseen.cells()), ("all", *both.cells())]
    return Table("News, all languages, hidden", ("kinds", *COUNTS), rows)


def _held_out(which: str, cases: Sequence[Case]) -> Table:
    """News of kinds and in languages that nothing was fitted on."""
    sums = tallies(cases, all_cues)
    every = Tally()
    for tally in sums.values():
        every.add(tally)
    rows = [(name.partition(":")[2], *tally.cells()) for name, tally in sums.items()]
    return Table(f"News held out, hidden: {which}", ("language", *COUNTS), [*rows, ("all", *every.cells())])


def _peer(texts: Sequence[Case], short: Sequence[Case]) -> Table:
    """F1 of the baseline at the one threshold that suits it best, and ours with and without the dictionary."""
    cases = {**dict.fromkeys(texts, ""), **dict.fromkeys(short, " short")}
    margins = {case: pair_by_glosses(case) for case in watched(list(cases), "the peer")}

    def peer(threshold: float) -> dict[str, Tally]:
        sums: dict[str, Tally] = defaultdict(Tally)
        for case, found in margins.items():
            sums[case.row + cases[case]].add(judge(case, [pair for pair in found if pair[2] >= threshold]))
        return sums

    best = max((n / 100 for n in range(-20, 60)), key=lambda t: sum(tally.f1 for tally in peer(t).values()))
    ours: dict[str, list[Tally]] = defaultdict(lambda: [Tally(), Tally()])
    for case in watched(list(cases), "with and without the dictionary"):
        ours[case.row + cases[case]][0].add(judge(case, all_cues(case)))
        with _no_dictionary():
            ours[case.row + cases[case]][1].add(judge(case, all_cues(case)))
    rows: list[tuple[Cell, ...]] = [(name, ours[name][0].f1, ours[name][1].f1, t.f1) for name, t in peer(best).items()]
    note = f"the peer has the threshold that suits it best over all rows, {best}"
    return Table("F1 beside the peer, hidden", ("set", "waiwen", "without CC-CEDICT", "peer"), rows, [note])


def _no_dictionary() -> object:
    """As where the extra `parity` is not installed."""
    return patch.multiple(chinese_reader, chinese_words=lambda _: iter(()), meanings=lambda _: ())


def _calibration(title: str, readings: Sequence[Reading]) -> Table:
    scored = [
        (pair[2], pair[:2] in reading.case.truth)
        for reading in readings
        for pair in reading.pairs(threshold=0.0)
        if reading.case.counted is None or pair[0] in reading.case.counted
    ]
    rows: list[tuple[Cell, ...]] = []
    for low, high in pairwise(BINS):
        inside = [(score, right) for score, right in scored if low <= score < high]
        if inside:
            mean, share = (sum(values) / len(inside) for values in zip(*inside, strict=True))
            rows.append((f"{low:.2f}-{min(high, 1):.2f}", len(inside), mean, share))
    off = sum(abs(mean - share) * n for _, n, mean, share in rows) / max(len(scored), 1)  # type: ignore[operator,misc]
    brier = sum((score - right) ** 2 for score, right in scored) / max(len(scored), 1)
    notes = [f"expected calibration error {off:.3f}, Brier score {brier:.3f}; every chosen pair, whatever its score"]
    return Table(f"Calibration, hidden: {title}", ("score", "n", "mean score", "share right"), rows, notes)


def _nacos(path: Path, cases: Sequence[Case]) -> Table:
    """Say how many "English" pages with Chinese bodies would be counted as translated."""
    case, bodies = next(case for case in cases if case.name == "nacos"), chinese_bodies(path)
    pairs = pair_pages(
        case.foreign,
        case.chinese,
        foreign_scope=case.scopes[0],
        chinese_scope=case.scopes[1],
        foreign_language="en",
    )
    paired = [pair for pair in pairs if pair.foreign_url in bodies and pair.chinese_url]
    taken = [pair for pair in paired if pair.translated is not False]
    others = [pair for pair in pairs if pair.foreign_url not in bodies and pair.chinese_url and pair.translated]
    header = ("Chinese bodies", "paired", "counted as translated", "English bodies counted as translated")
    notes = [f"taken for translated: {pair.foreign_url}" for pair in taken]
    return Table("nacos, all cues", header, [(len(bodies), len(paired), len(taken), len(others))], notes)


def _ablation(readings: Sequence[Reading]) -> Table:
    names = list(dict.fromkeys(reading.case.row for reading in readings))
    rows: list[tuple[Cell, ...]] = []
    for left_out in ((), *((kind,) for kind in KINDS if kind != "files"), ("dictionary", "cognates")):
        kinds = [kind for kind in KINDS if kind not in left_out]
        told = watched(readings, f"without {' and '.join(left_out)}")
        sums = _summed((reading.case, reading.pairs(kinds)) for reading in told)
        rows.append((" and ".join(left_out) or "nothing", *(sums[name].f1 for name in names)))
    sums = _summed((reading.case, reading.without_dates().pairs()) for reading in readings)
    rows.append(("publication dates", *(sums[name].f1 for name in names)))
    return Table("F1 without a kind of cue, hidden", ("left out", *names), rows)


def main() -> None:
    """Print the tables, wrong pairs among the notes."""
    from tables import lines_of  # noqa: PLC0415

    for row in report(Path(sys.argv[1]) if len(sys.argv) > 1 else None):
        print(*lines_of(row), "", sep="\n", flush=True)


if __name__ == "__main__":
    main()
