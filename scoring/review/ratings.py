"""Reviewers' marks for the expert indicators of a rule set, and the measurements that come of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from statistics import fmean, median

from scoring.evidence import EvidenceRef, Measurement, Outcome, not_measured
from scoring.review.agreement import alpha
from scoring.ruleset.model import IndicatorRule
from scoring.ruleset.rule_set import RuleSet
from scoring.ruleset.yaml_tree import shown

EXPERT = "expert"
Key = tuple[str, str, str]  # site id, language, indicator


@dataclass(frozen=True)
class Rating:
    """One reviewer's mark for one indicator on one version. `source` says where it was read.

    An adjudication is a rating, too: the mark of a person who decided between reviewers.
    """

    site_id: str
    language: str
    indicator: str
    reviewer: str
    mark: float
    day: date
    reason: str
    source: str
    adjudicates: bool = False

    @property
    def key(self) -> Key:
        """What it is a mark of."""
        return self.site_id, self.language, self.indicator


@dataclass(frozen=True)
class Panel:
    """The marks that stand for one indicator on one version, by reviewer, and the adjudication, where there is one."""

    ratings: tuple[Rating, ...] = ()
    adjudication: Rating | None = None

    @property
    def marks(self) -> tuple[float, ...]:
        """The reviewers' marks."""
        return tuple(rating.mark for rating in self.ratings)

    @property
    def told(self) -> str:
        """Who gave which mark."""
        return ", ".join(f"{rating.reviewer}: {shown(rating.mark)}" for rating in self.ratings)

    def with_rating(self, rating: Rating) -> Panel:
        """Add one. A reviewer's later mark replaces the earlier; a mark that changes reopens what was adjudicated."""
        if rating.adjudicates:
            return replace(self, adjudication=rating)
        before = {found.reviewer: found for found in self.ratings}
        known = before.get(rating.reviewer)
        kept = self.adjudication if known is not None and known.mark == rating.mark else None
        after = before | {rating.reviewer: rating}
        return Panel(tuple(after[name] for name in sorted(after)), kept)

    def disagrees(self, rule: IndicatorRule) -> bool:
        """Whether the marks lie further apart than the rules let pass."""
        limit = rule.differ_at_most
        return limit is not None and bool(self.marks) and max(self.marks) - min(self.marks) > limit

    def measurement(self, rule: IndicatorRule, ref: EvidenceRef | None) -> Measurement:
        """Return what the marks come to. `ref` is the version's archived home page, where there is one."""
        evidence = [] if ref is None else [ref.citing(self.told or "not rated")]
        wanted = rule.reviewers or 1
        if self.adjudication is not None:
            decided = self.adjudication
            note = f"{shown(decided.mark)}, decided by {decided.reviewer} on {decided.day}: {decided.reason}"
            return _measured(decided.mark, f"{note} (ratings: {self.told or 'none'})", len(self.ratings), evidence)
        if len(self.ratings) < wanted:
            note = f"rated by {len(self.ratings)} of {wanted} reviewers ({self.told or 'none'})"
            return not_measured(note, evidence)
        if self.disagrees(rule):
            apart = f"{shown(max(self.marks) - min(self.marks))}, more than {shown(rule.differ_at_most or 0.0)}"
            return not_measured(
                f"the reviewers' marks lie apart by {apart}, and nobody has decided ({self.told})", evidence
            )
        value = median(self.marks) if rule.combine == "median" else fmean(self.marks)
        note = f"{shown(value)}, the {rule.combine} of {len(self.ratings)} ratings ({self.told})"
        return _measured(value, note, len(self.ratings), evidence)


def _measured(value: float, note: str, n: int, evidence: list[EvidenceRef]) -> Measurement:
    return Measurement(Outcome.MEASURED, value, n, note, tuple(evidence))


def expert_rules(rules: RuleSet) -> dict[str, IndicatorRule]:
    """The stanzas that reviewers rate, by id, in the order of the file."""
    return {rule.id: rule for rule in rules.indicators if rule.kind == EXPERT}


def panels(ratings: Iterable[Rating]) -> dict[Key, Panel]:
    """The marks that stand, of ratings in the order in which they came in."""
    found: dict[Key, Panel] = {}
    for rating in ratings:
        found[rating.key] = found.get(rating.key, Panel()).with_rating(rating)
    return dict(sorted(found.items()))


def with_ratings(
    measurements: Mapping[tuple[str, str], Mapping[str, Measurement]],
    rules: RuleSet,
    ratings: Iterable[Rating],
    homes: Mapping[tuple[str, str], EvidenceRef],
) -> dict[tuple[str, str], dict[str, Measurement]]:
    """Return the measurements by (site id, language) with those of the expert indicators.

    `homes` are the archived home pages of the versions. What nobody has rated has no measurement.
    """
    joined = {key: dict(found) for key, found in measurements.items()}
    known = expert_rules(rules)
    for (site, language, indicator), panel in panels(ratings).items():
        if indicator in known:
            ref = homes.get((site, language))
            joined.setdefault((site, language), {})[indicator] = panel.measurement(known[indicator], ref)
    return joined


def agreement(rule: IndicatorRule, found: Mapping[Key, Panel]) -> tuple[float | None, int]:
    """Krippendorff's alpha of an indicator's reviewers, None where it cannot be told, and of how many versions it is.

    Marks that are combined by their median are compared by order, those that are averaged by distance.
    """
    units = [panel.marks for key, panel in found.items() if key[2] == rule.id and len(panel.ratings) > 1]
    return alpha(units, "ordinal" if rule.combine == "median" else "interval"), len(units)
