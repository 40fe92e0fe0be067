"""Which indicators of one rule set stand for which of another: by their ids, and by the mappings between editions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from scoring.evidence import Measurement
from scoring.ruleset.mapping import Mapping as EditionMapping
from scoring.ruleset.rule_set import RuleSet


@dataclass(frozen=True)
class Tie:
    """Indicators of the first rule set and what they are in the second, in the order of the rule files.

    One and one: the same, or renamed. One and several: split. Several and one: merged. None on a side: new, or gone.
    """

    old: tuple[str, ...]
    new: tuple[str, ...]

    @property
    def kind(self) -> str:
        """What became of it, in a word."""
        if not self.old or not self.new:
            return "gone" if self.old else "new"
        if len(self.old) == len(self.new) == 1:
            return "same" if self.old == self.new else "renamed"
        return "split" if len(self.old) == 1 else "merged" if len(self.new) == 1 else "rearranged"


@dataclass(frozen=True)
class Lineage:
    """The ties between two rule sets.

    `names` leads from an indicator of the first to the one of the second that its values can stand for. `untied` are
    indicators of the second for which the first round has no value: new ones, and what came of splits and merges.
    """

    ties: tuple[Tie, ...]
    names: Mapping[str, str]
    untied: frozenset[str]

    def carried(self, measured: Mapping[str, Measurement]) -> dict[str, Measurement]:
        """Return the first round's measurements under the names of the second's rules; what has none is left out."""
        return {self.names[name]: found for name, found in measured.items() if name in self.names}

    def without_untied(self, measured: Mapping[str, Measurement]) -> dict[str, Measurement]:
        """Return the second round's measurements of what the first round can be held against."""
        return {name: found for name, found in measured.items() if name not in self.untied}


def lineage(
    old: RuleSet, new: RuleSet, mappings: Sequence[EditionMapping] = (), measured: Collection[str] = ()
) -> Lineage:
    """Tie two rule sets. `mappings` lead from the earlier edition to the later, whichever of the two comes first.

    `measured` are the indicators that the first round holds values of: one that only the second set weighs can be
    held against those. Values of another unit stand for nothing.
    """
    ties = _ties(old, new, mappings)
    names = {
        tie.old[0]: tie.new[0]
        for tie in ties
        if tie.kind in ("same", "renamed") and old.unit(tie.old[0]) == new.unit(tie.new[0])
    }
    own = {rule.id for rule in old.indicators}
    names |= {
        name: name for tie in ties if tie.kind == "new" for name in tie.new if name in measured and name not in own
    }
    return Lineage(ties, names, frozenset(rule.id for rule in new.indicators) - frozenset(names.values()))


def _ties(old: RuleSet, new: RuleSet, mappings: Sequence[EditionMapping]) -> tuple[Tie, ...]:
    first, second = [rule.id for rule in old.indicators], [rule.id for rule in new.indicators]
    if old.edition <= new.edition:
        links = _links(first, second, mappings)
    else:
        links = {(later, earlier) for earlier, later in _links(second, first, mappings)}
    groups: list[tuple[set[str], set[str]]] = [({name}, set()) for name in first] + [(set(), {name}) for name in second]
    for one, other in sorted(links):
        met = [group for group in groups if one in group[0] or other in group[1]]
        groups = [group for group in groups if group not in met]
        groups.append((set().union(*(group[0] for group in met)), set().union(*(group[1] for group in met))))
    ties = (
        Tie(tuple(name for name in first if name in group[0]), tuple(name for name in second if name in group[1]))
        for group in groups
    )
    return tuple(
        sorted(ties, key=lambda tie: (not tie.new, second.index(tie.new[0]) if tie.new else first.index(tie.old[0])))
    )


def _links(earlier: Iterable[str], later: Collection[str], mappings: Sequence[EditionMapping]) -> set[tuple[str, str]]:
    """Pairs of an indicator of the earlier edition and one that it became."""
    found = set()
    for name in earlier:
        names = {name}
        for mapping in mappings:
            names = {became for one in names for became in mapping.became(one)}
        found |= {(name, became) for became in names if became in later}
    return found
