"""The tree of a rule set: categories (一级指标), groups (二级), subgroups (三级), with weight, status and source."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from scoring.scale import Record

Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=64)]
Text = Annotated[str, Field(pattern=r"\S")]
Weight = Annotated[float, Field(strict=True, gt=0, le=100, allow_inf_nan=False)]
Status = Literal["published", "partial", "proposed"]

TITLES = "its titles, {en: ..., zh: ...}"


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


class Node(Sourced):
    """A node of the tree. What is below it, and what is left `unspecified`, adds up to its weight."""

    id: Id = Field(description="its name in the file")
    title: Title = Field(description=TITLES)
    weight: Weight = Field(description="its points out of 100")
    unspecified: Weight | None = Field(
        default=None, description="points of it that nothing below specifies: not published, or without an indicator"
    )


class Subgroup(Node):
    """A third-level node (三级指标) under a group."""


class Group(Node):
    """A second-level node (二级指标) under a category; it holds subgroups, or indicators, not both."""

    subgroups: tuple[Subgroup, ...] = Field(default=(), description="its third-level nodes, where it has any")


class Category(Node):
    """A first-level node (一级指标). All categories' weights, and the file's own `unspecified`, add up to 100."""

    groups: tuple[Group, ...] = Field(default=(), description="its second-level nodes")
