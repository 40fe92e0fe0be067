"""What each fix is worth: the total and the rank as they would be if one indicator earned full points."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from scoring.aggregate import totals
from scoring.rank import comparable
from scoring.ruleset.rule_set import RuleSet
from scoring.scorecard import Entry, Scorecard


@dataclass(frozen=True)
class Fix:
    """What full marks on one indicator would bring: points of the total, and the rank, all other sites unchanged.

    `places` are how many ranks that is upward. `rank` and `places` are None for a version that does not stand for a
    ranked site.
    """

    indicator: str
    gain: float
    rank: int | None = None
    places: int | None = None


def fixes(rules: RuleSet, card: Scorecard, entries: Iterable[Entry] = ()) -> tuple[Fix, ...]:
    """Return a fix for each line short of full points, the largest gain first.

    Each gain is found by scoring anew, since left-out lines make the others weigh more than their points.
    A line that does not count is not listed: nobody knows that anything is wrong there. Empty without a total.
    `entries` are the round's: the ranks that a fix would bring are among those of the site's cohort.
    """
    if card.total is None:
        return ()
    weights = {category.id: category.weight for category in card.categories}  # those of its cohort
    own, others = _field(card, entries)
    found = []
    for place, line in enumerate(card.lines):
        if line.scaled is None or line.scaled >= 100:
            continue
        better = replace(line, scaled=100.0, points=line.weight)
        total = totals(rules, weights, (*card.lines[:place], better, *card.lines[place + 1 :])).total
        assert total is not None
        rank = None if own is None else 1 + sum(other > comparable(total) for other in others)
        places = None if own is None or rank is None else own - rank
        found.append(Fix(line.indicator, total - card.total, rank, places))
    return tuple(sorted(found, key=lambda fix: (-comparable(fix.gain), fix.indicator)))


def _field(card: Scorecard, entries: Iterable[Entry]) -> tuple[int | None, Sequence[float]]:
    """Return the rank that a card gives its site, None where it does not stand for it, and the totals of its rivals."""
    listed = list(entries)
    standing = next((entry for entry in listed if entry.rank is not None and entry.scorecard == card), None)
    if standing is None:
        return None, ()
    rivals = [
        comparable(entry.scorecard.total)
        for entry in listed
        if entry is not standing
        and entry.site.cohort == standing.site.cohort
        and entry.rank is not None
        and entry.scorecard is not None
        and entry.scorecard.total is not None
    ]
    return standing.rank, rivals
