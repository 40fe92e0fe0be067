"""The rule file's records (指标体系): what a year's file may say, and the rule set that comes of it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from scoring.scale import Number, Record, Scale, Score

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=64)]
Text = Annotated[str, Field(pattern=r"\S")]
Weight = Annotated[float, Field(strict=True, gt=0, le=100, allow_inf_nan=False)]
Status = Literal["published", "partial", "proposed"]
Cost = Literal["leave_out", "zero", "review"]

DEFAULT_TIERS = "default"


class Title(Record):
    """A name in English and Chinese."""

    en: Text = Field(description="the English title")
    zh: Text = Field(description="the Chinese title")


class Sourced(Record):
    """Something with a figure in it. `status` says whose figure that is, `source` where it was published.

    `published`: the evaluator's own. `partial`: our split of an evaluator's figure. `proposed`: ours.
    """

    status: Status = Field(description="whose figure this is")
    source: Text | None = Field(default=None, description="where the figure was published")

    @model_validator(mode="after")
    def _names_its_source(self) -> Self:
        if self.status != "proposed" and self.source is None:
            raise ValueError(
                f"status is {self.status}, but no `source` says where the figure was published. "
                "Add one, or write `status: proposed`"
            )
        return self


class Group(Sourced):
    """A second-level node (二级指标) under a category. Its indicators' weights add up to its own."""

    id: Id = Field(description="its name in the file")
    title: Title = Field(description="its titles, {en: ..., zh: ...}")
    weight: Weight = Field(description="its points out of 100")


class Category(Group):
    """A first-level node (一级指标). Its groups' weights add up to its own, all categories' to 100."""

    groups: tuple[Group, ...] = Field(min_length=1, description="its second-level nodes")


class When(Record):
    """What a missing value costs: nothing (`leave_out`), all points (`zero`), or a person's time (`review`)."""

    not_measured: Cost = Field(default="leave_out", description="the cost where we could not tell")
    not_applicable: Cost = Field(default="leave_out", description="the cost where there is nothing to measure")
    error: Literal["leave_out", "review"] = Field(
        default="leave_out", description="an error of ours never takes a site's points"
    )


class IndicatorRule(Sourced):
    """What the rule set makes of one indicator (三级指标)."""

    id: Id = Field(description="the indicator's id, the name of its file in scoring/indicators")
    title: Title = Field(description="its titles, {en: ..., zh: ...}")
    group: Id = Field(description="the group that it belongs to")
    weight: Weight = Field(description="its points out of 100")
    scale: Scale = Field(description="from its value to 0..100")
    when: When = Field(default=When(), description="what it costs when there is no value")


class Cohort(Record):
    """A level of government whose sites are ranked among themselves; `id` as the roster writes it."""

    id: Text = Field(description="the cohort as the roster writes it")
    title: Title = Field(description="its titles, {en: ..., zh: ...}")


class Tier(Sourced):
    """An award tier (等级): a total of at least `cut`, or the first `quota` (0..1) of a cohort's ranked sites."""

    id: Id = Field(description="its name in the file")
    title: Title = Field(description="its titles, {en: ..., zh: ...}")
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


class Gate(Sourced):
    """A single-item veto (单项否决): a measured value beyond its bound is shown beside the score."""

    id: Id = Field(description="its name in the file")
    title: Title = Field(description="its titles, {en: ..., zh: ...}")
    indicator: Id = Field(description="the indicator that it watches")
    fires_above: Number | None = Field(default=None, description="fires where the value is greater")
    fires_below: Number | None = Field(default=None, description="fires where the value is smaller")
    reason: Text = Field(description="the sentence that the site's owner reads")
    status: Status = Field(default="proposed", description="whose figure this is")

    @model_validator(mode="after")
    def _has_one_bound(self) -> Self:
        if (self.fires_above is None) == (self.fires_below is None):
            raise ValueError("needs either `fires_above` or `fires_below`, one of both")
        return self


class RuleFile(Record):
    """A year's rule file, as written."""

    edition: Annotated[int, Field(strict=True, ge=2000, le=2100)] = Field(description="the year of the rule set")
    title: Title = Field(description="its titles, {en: ..., zh: ...}")
    minimum_coverage: Annotated[float, Field(strict=True, ge=0, le=1)] = Field(
        description="the share of weight (0..1) that must count; below it a site is unranked"
    )
    ranked_version: Literal["best"] = Field(description="which version stands for a site")
    categories: tuple[Category, ...] = Field(min_length=1, description="the first-level nodes, with their groups")
    indicators: tuple[IndicatorRule, ...] = Field(min_length=1, description="one stanza an indicator")
    cohorts: tuple[Cohort, ...] = Field(default=(), description="levels of government, in the order of the report")
    tiers: dict[Text, tuple[Tier, ...]] = Field(
        default_factory=dict, description="award tiers, best first: `default`, and a list by cohort id"
    )
    gates: tuple[Gate, ...] = Field(default=(), description="single-item vetoes")
    retired: tuple[Id, ...] = Field(default=(), description="indicators that have code but no place in this edition")


class RuleSet(RuleFile):
    """A rule file that was read and checked. `digest` is of the file's bytes, `units` are of its indicators."""

    digest: str
    units: dict[str, str]

    @cached_property
    def _rules(self) -> Mapping[str, IndicatorRule]:
        return {rule.id: rule for rule in self.indicators}

    @cached_property
    def _category_by_group(self) -> Mapping[str, str]:
        return {group.id: category.id for category in self.categories for group in category.groups}

    def rule(self, indicator: str) -> IndicatorRule:
        """Return an indicator's stanza. Raises KeyError where the file has none."""
        return self._rules[indicator]

    def unit(self, indicator: str) -> str:
        """Return an indicator's unit. Raises KeyError where the file has no stanza for it."""
        return self.units[indicator]

    def category_of(self, indicator: str) -> str:
        """Return the id of the category that an indicator counts for."""
        return self._category_by_group[self.rule(indicator).group]

    def tiers_for(self, cohort: str) -> tuple[Tier, ...]:
        """Return a cohort's award tiers, best first: its own list, else the default one."""
        return self.tiers.get(cohort, self.tiers.get(DEFAULT_TIERS, ()))
