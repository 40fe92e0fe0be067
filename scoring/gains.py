"""What each fix is worth: the total as it would be if one indicator earned full points."""

from __future__ import annotations

from dataclasses import replace

from scoring.aggregate import totals
from scoring.rank import comparable
from scoring.ruleset_model import RuleSet
from scoring.scorecard import Scorecard


def what_if(rules: RuleSet, card: Scorecard) -> tuple[tuple[str, float], ...]:
    """Return (indicator, gain in total points) for each line short of full points, the largest gain first.

    Each gain is found by scoring anew, since left-out lines make the others weigh more than their points.
    A line that does not count is not listed: nobody knows that anything is wrong there. Empty without a total.
    """
    if card.total is None:
        return ()
    weights = {category.id: category.weight for category in card.categories}  # those of its cohort
    gains = []
    for place, line in enumerate(card.lines):
        if line.scaled is None or line.scaled >= 100:
            continue
        better = replace(line, scaled=100.0, points=line.weight)
        total = totals(rules, weights, (*card.lines[:place], better, *card.lines[place + 1 :])).total
        assert total is not None
        gains.append((line.indicator, total - card.total))
    return tuple(sorted(gains, key=lambda gain: (-comparable(gain[1]), gain[0])))
