"""The rule file's records (指标体系): what a year's file may say."""

from __future__ import annotations

from typing import Annotated, Literal, Self

import numpy as np
from pydantic import Field, model_validator

from scoring.ruleset.nodes import TITLES, Category, Id, Node, Sourced, Status, Text, Title, Weight
from scoring.scale import Deduct, Floats, Number, Record, Scale, Score

Cost = Literal["leave_out", "zero", "review"]
Kind = Literal["software", "expert", "external"]
Unit = Literal["boolean", "count", "days", "hours", "pages", "score", "seconds", "share"]
Factor = Annotated[float, Field(strict=True, ge=0, le=1)]
Override = Annotated[float, Field(strict=True, ge=0, le=100, allow_inf_nan=False)]
Parameter = (
    Annotated[bool, Field(strict=True)]
    | Annotated[int, Field(strict=True)]
    | Annotated[float, Field(strict=True, allow_inf_nan=False)]
    | Text
    | tuple[Text, ...]
)

DEFAULT_TIERS = "default"
BONUS = "bonus"  # the group of the indicators that may only add


class When(Record):
    """What a missing value costs: nothing (`leave_out`), all points (`zero`), or a person's time (`review`)."""

    not_measured: Cost = Field(default="leave_out", description="the cost where we could not tell")
    not_applicable: Cost = Field(default="leave_out", description="the cost where there is nothing to measure")
    error: Literal["leave_out", "review"] = Field(
        default="leave_out", description="an error of ours never takes a site's points"
    )


class RubricLevel(Record):
    """One mark that a reviewer may give, and what a version must be like to earn it."""

    mark: Number = Field(description="the mark, a number")
    en: Text = Field(description="in English, what earns it")
    zh: Text = Field(description="in Chinese, what earns it")


class IndicatorRule(Sourced):
    """What the rule set makes of one indicator.

    `kind`: `software` measures it from the archive; `expert` reviewers rate it by a rubric; `external` values are
    brought in from a table.
    """

    id: Id = Field(description="the indicator's id; of a software one, the name of its file in scoring/indicators")
    title: Title = Field(description=TITLES)
    kind: Kind = Field(default="software", description="who finds its value")
    group: Id = Field(description="the group or subgroup that it belongs to, or `bonus`")
    weight: Weight = Field(description="its points out of 100")
    scale: Scale = Field(description="from its value to 0..100")
    parameters: dict[Id, Parameter] = Field(
        default_factory=dict, description="windows, thresholds and words that the indicator declares, where not default"
    )
    when: When = Field(default=When(), description="what it costs when there is no value")
    unit: Unit | None = Field(default=None, description="of an external indicator: what its values are in")
    rubric: tuple[RubricLevel, ...] = Field(default=(), description="of an expert indicator: the marks, lowest first")
    reviewers: Annotated[int, Field(strict=True, ge=1, le=20)] | None = Field(
        default=None, description="of an expert indicator: how many reviewers rate it"
    )
    combine: Literal["median", "mean"] = Field(
        default="median", description="of an expert indicator: what its value is of the reviewers' marks"
    )
    differ_at_most: Annotated[float, Field(strict=True, ge=0, allow_inf_nan=False)] | None = Field(
        default=None,
        description="of an expert indicator: how far marks may lie apart before a person must decide; any if left out",
    )

    def scaled(self, value: float) -> float:
        """Return what a measured value scores, 0..100."""
        return float(self.all_scaled(np.array([value], dtype=np.float64))[0])

    def all_scaled(self, values: Floats) -> Floats:
        """Return what each of many values scores, 0..100; NaN stays NaN. The indicator's weight caps a deduction."""
        scale = self.scale
        scores = scale.kept(values, self.weight) if isinstance(scale, Deduct) else scale.scores(values)
        return np.where(np.isnan(values), np.nan, scores)


class Cohort(Record):
    """A level of government whose sites are ranked among themselves; `id` as the roster writes it.

    `weights` are this cohort's own, by id of a category, group, subgroup or indicator. What stands below a changed node
    changes in proportion, unless it has a weight of its own here; 0 takes it out for this cohort.
    """

    id: Text = Field(description="the cohort as the roster writes it")
    title: Title = Field(description=TITLES)
    weights: dict[Id, Override] = Field(default_factory=dict, description="weights of this cohort alone, by id")


class Tier(Sourced):
    """An award tier (等级): a total of at least `cut`, or the first `quota` (0..1) of a cohort's ranked sites."""

    id: Id = Field(description="its name in the file")
    title: Title = Field(description=TITLES)
    cut: Score | None = Field(default=None, description="the lowest total, 0..100")
    quota: Annotated[float, Field(strict=True, gt=0, le=1)] | None = Field(
        default=None, description="the share of the cohort's ranked sites, counted from the top"
    )
    status: Status = Field(default="proposed", description="whose figure this is")

    @model_validator(mode="after")
    def _has_one_bound(self) -> Self:
        if (self.cut is None) == (self.quota is None):
            raise ValueError(
                "needs either `cut: 80` (a total) or `quota: 0.1` (a share of the ranked sites), one of both"
            )
        return self


class Stage(Sourced):
    """A stage of maturity (发展阶段): the totals from `cut` on, up to the next stage's."""

    id: Id = Field(description="its name in the file")
    title: Title = Field(description=TITLES)
    cut: Score = Field(description="the lowest total, 0..100")
    status: Status = Field(default="proposed", description="whose figure this is")


class Gate(Sourced):
    """A single-item veto (单项否决): a measured value beyond its bound is shown beside the score."""

    id: Id = Field(description="its name in the file")
    title: Title = Field(description=TITLES)
    indicator: Id = Field(description="the indicator that it watches; it need not weigh anything")
    fires_above: Number | None = Field(default=None, description="fires where the value is greater")
    fires_from: Number | None = Field(default=None, description="fires where the value is as great or greater")
    fires_below: Number | None = Field(default=None, description="fires where the value is smaller")
    fires_up_to: Number | None = Field(default=None, description="fires where the value is as small or smaller")
    fewest: Annotated[int, Field(strict=True, ge=1)] | None = Field(
        default=None, description="the smallest sample (n of the measurement) on which it fires"
    )
    reason: Text = Field(description="the sentence that the site's owner reads")
    status: Status = Field(default="proposed", description="whose figure this is")

    @model_validator(mode="after")
    def _has_one_bound(self) -> Self:
        if len(self.bounds()) != 1:
            raise ValueError("needs one of `fires_above`, `fires_from`, `fires_below` and `fires_up_to`")
        return self

    def bounds(self) -> dict[str, float]:
        """The bounds that the file gives, by what they say: above, from, below, up to. A checked gate has one."""
        given = {
            "above": self.fires_above,
            "from": self.fires_from,
            "below": self.fires_below,
            "up to": self.fires_up_to,
        }
        return {side: bound for side, bound in given.items() if bound is not None}


class Bonus(Sourced):
    """What the indicators of group `bonus` may add to a total: up to `cap`, and only from a total of `opens_at` on."""

    cap: Weight = Field(description="the most points that all bonus indicators add together")
    opens_at: Score = Field(default=0.0, description="the total, without bonus, from which on it is given")
    status: Status = Field(default="proposed", description="whose figure this is")


class RuleFile(Record):
    """A year's rule file, as written."""

    edition: Annotated[int, Field(strict=True, ge=2000, le=2100)] = Field(description="the year of the rule set")
    title: Title = Field(description=TITLES)
    note: Text | None = Field(default=None, description="what a reader of every report must know of this edition")
    method: Literal["points", "deduction"] = Field(
        default="points", description="whether a total is earned from 0, or what deductions leave of 100"
    )
    minimum_coverage: Factor = Field(
        description="the share of weight (0..1) that must count; below it a site is unranked"
    )
    ranked_version: Literal["best", "site"] = Field(
        description="which version stands for a site; `site` where none is needed"
    )
    split: dict[Kind, Override] = Field(
        default_factory=dict, description="points by who finds the value, such as {software: 70, expert: 30}"
    )
    categories: tuple[Category, ...] = Field(min_length=1, description="the first-level nodes, with their groups")
    unspecified: Weight | None = Field(
        default=None, description="points of the 100 that no category has: the evaluator did not publish them"
    )
    indicators: tuple[IndicatorRule, ...] = Field(min_length=1, description="one stanza an indicator")
    bonus: Bonus | None = Field(default=None, description="what the indicators of group `bonus` may add")
    cohorts: tuple[Cohort, ...] = Field(default=(), description="levels of government, in the order of the report")
    tiers: dict[Text, tuple[Tier, ...]] = Field(
        default_factory=dict, description="award tiers, best first: `default`, and a list by cohort id"
    )
    stages: tuple[Stage, ...] = Field(
        default=(), description="stages of maturity that the statistics count, lowest first; the first begins at 0"
    )
    gates: tuple[Gate, ...] = Field(default=(), description="single-item vetoes")
    retired: tuple[Id, ...] = Field(default=(), description="indicators that have code but no place in this edition")
    frozen: Text | None = Field(
        default=None, description="the digest of an edition that may change no more (waiwen rules freeze)"
    )

    def nodes(self) -> tuple[Node, ...]:
        """Every category, group and subgroup, each before what it holds."""
        found: list[Node] = []
        for category in self.categories:
            found.append(category)
            for group in category.groups:
                found += [group, *group.subgroups]
        return tuple(found)

    def weights(self) -> dict[str, float]:
        """The weight of every node and every indicator, by id."""
        return {node.id: node.weight for node in self.nodes()} | {rule.id: rule.weight for rule in self.indicators}
