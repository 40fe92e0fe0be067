"""From a measured value to 0..100. A scale is one of four shapes; which it is shows in its keys.

Every scale runs one way only, so that a better value never lowers a score.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, model_validator

Number = Annotated[float, Field(strict=True, allow_inf_nan=False)]
Score = Annotated[float, Field(strict=True, ge=0, le=100, allow_inf_nan=False)]


class Record(BaseModel):
    """A part of the rule file: frozen, and no key is taken that it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Linear(Record):
    """A straight line: 100 at `full`, 0 at `zero`, level beyond both. Fewer is better where full < zero."""

    full: Number = Field(description="the value that earns all points")
    zero: Number = Field(description="the value that earns none")

    @model_validator(mode="after")
    def _has_a_slope(self) -> Self:
        if self.full == self.zero:
            raise ValueError("`full` and `zero` are the same value; the line between them needs two")
        return self

    def score(self, value: float) -> float:
        """Return 0..100."""
        return clamped(100 * (value - self.zero) / (self.full - self.zero))


class Steps(Record):
    """Thresholds, each with the score for meeting it; a value that meets none scores 0.

    Where scores rise with the value a threshold is met from below (`[3, 50]`: 3 or more), where they fall it
    is met from above (`[30, 50]`: 30 or fewer). The best threshold met counts.
    """

    steps: tuple[tuple[Number, Score], ...] = Field(
        min_length=2, description="pairs of a value and its score, for instance [[0, 0], [1, 50], [3, 100]]"
    )

    @model_validator(mode="after")
    def _runs_one_way(self) -> Self:
        if any(left[0] >= right[0] for left, right in pairwise(self.steps)):
            raise ValueError("the values of the steps must rise from step to step")
        rising, falling = (
            all(sign * left[1] <= sign * right[1] for left, right in pairwise(self.steps)) for sign in (1, -1)
        )
        if rising == falling:
            raise ValueError("the scores of the steps must rise or fall throughout, so that better is never worse")
        return self

    def score(self, value: float) -> float:
        """Return 0..100."""
        more_is_better = self.steps[0][1] < self.steps[-1][1]
        met = (score for at, score in self.steps if (value >= at if more_is_better else value <= at))
        return max(met, default=0.0)


class Boolean(Record):
    """Yes or no: `boolean: true` gives 100 for a yes, `boolean: false` 100 for a no."""

    boolean: Annotated[bool, Field(strict=True)] = Field(description="the answer that earns all points")

    def score(self, value: float) -> float:
        """Return 0 or 100."""
        return 100.0 if (value >= 0.5) is self.boolean else 0.0


class Share(Record):
    """A share of 0..1 as it stands: `more` is better, or `less` is."""

    share: Literal["more", "less"] = Field(description="which is better")

    def score(self, value: float) -> float:
        """Return 0..100."""
        return clamped(100 * (value if self.share == "more" else 1 - value))


SCALES: Mapping[str, tuple[str, ...]] = {
    "steps": ("steps",),
    "boolean": ("boolean",),
    "share": ("share",),
    "linear": ("full", "zero"),
}


def kind_of(scale: Any) -> str | None:
    """Tell by its keys which scale is meant; None where no key says so."""
    if isinstance(scale, Record):
        return type(scale).__name__.lower()
    if not isinstance(scale, Mapping):
        return None
    return next((kind for kind, keys in SCALES.items() if any(key in scale for key in keys)), None)


Scale = Annotated[
    Annotated[Linear, Tag("linear")]
    | Annotated[Steps, Tag("steps")]
    | Annotated[Boolean, Tag("boolean")]
    | Annotated[Share, Tag("share")],
    Discriminator(kind_of),
]


def clamped(score: float) -> float:
    """Keep a score within 0..100."""
    return min(100.0, max(0.0, score))
