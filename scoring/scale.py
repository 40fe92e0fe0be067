"""From a measured value to 0..100. Which shape a scale has shows in its keys.

Every scale but the band runs one way only, so that a better value never lowers a score; in a band the best value lies
in the middle.
"""

from __future__ import annotations

import math
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


class Saturation(Record):
    """Each further `half` earns half of what is left: 50 at once that value, 75 at twice, 87.5 at three times."""

    half: Annotated[float, Field(strict=True, gt=0, allow_inf_nan=False)] = Field(
        description="the value that earns half of all points; twice that earns three quarters"
    )

    def score(self, value: float) -> float:
        """Return 0..100."""
        return clamped(100 * (1 - math.pow(2, -max(value, 0.0) / self.half)))


class Band(Record):
    """A target band: 100 within it, and straight down to 0 at the `zero` on either side."""

    band: tuple[Number, Number] = Field(description="the lowest and the highest value that earn all points")
    zero: tuple[Number, Number] = Field(description="the values below and above the band that earn none")

    @model_validator(mode="after")
    def _zero_lies_outside(self) -> Self:
        if not self.zero[0] < self.band[0] <= self.band[1] < self.zero[1]:
            raise ValueError(
                "the two values of `zero` must lie outside the `band`, as in {band: [20, 60], zero: [0, 120]}"
            )
        return self

    def score(self, value: float) -> float:
        """Return 0..100."""
        (low, high), (below, above) = self.band, self.zero
        return clamped(100 * min((value - below) / (low - below), (above - value) / (above - high), 1.0))


class Deduct(Record):
    """Points that a fault costs, up to the indicator's weight: `deduct` for `each` so much, or once beyond a bound.

    `{deduct: 5, each: 0.01}`: 5 for every hundredth; `{deduct: 3, each: 1, above: 2}`: 3 for each beyond two;
    `{deduct: 5, below: 10}`: 5 where there are fewer than ten. For rule files of `method: deduction`.
    """

    deduct: Annotated[float, Field(strict=True, gt=0, allow_inf_nan=False)] = Field(description="the points it costs")
    each: Annotated[float, Field(strict=True, gt=0, allow_inf_nan=False)] | None = Field(
        default=None, description="the amount that costs so much once"
    )
    above: Number | None = Field(default=None, description="nothing is deducted up to this value")
    below: Number | None = Field(default=None, description="so much is deducted, once, below this value")

    @model_validator(mode="after")
    def _has_a_bound(self) -> Self:
        if self.below is None and self.above is None and self.each is None:
            raise ValueError("`deduct` needs `each: 1` (so much for each), `above: 3` or `below: 10` (so much, once)")
        if self.below is not None and (self.above is not None or self.each is not None):
            raise ValueError("`below` deducts once; it goes with neither `above` nor `each`")
        return self

    def lost(self, value: float) -> float:
        """Return the points that a value costs, without a cap."""
        if self.below is not None:
            return self.deduct if value < self.below else 0.0
        beyond = value - (self.above or 0.0)
        if beyond <= 0:
            return 0.0
        return self.deduct if self.each is None else self.deduct * beyond / self.each

    def kept(self, value: float, cap: float) -> float:
        """Return 0..100: what is left of the cap."""
        return clamped(100 * (1 - self.lost(value) / cap))


SCALES: Mapping[str, tuple[str, ...]] = {
    "deduct": ("deduct",),
    "band": ("band",),
    "saturation": ("half",),
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
    | Annotated[Share, Tag("share")]
    | Annotated[Saturation, Tag("saturation")]
    | Annotated[Band, Tag("band")]
    | Annotated[Deduct, Tag("deduct")],
    Discriminator(kind_of),
]


def clamped(score: float) -> float:
    """Keep a score within 0..100."""
    return min(100.0, max(0.0, score))
