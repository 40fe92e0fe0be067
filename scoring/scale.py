"""From a measured value to 0..100. Which shape a scale has shows in its keys.

Every scale but the band runs one way only, so that a better value never lowers a score; in a band the best value lies
in the middle.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from typing import Annotated, Any, Literal, Self

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel, ConfigDict, Discriminator, Field, Tag, model_validator

Floats = npt.NDArray[np.float64]
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

    def scores(self, values: Floats) -> Floats:
        """Return 0..100 for each value."""
        return clipped(100 * (values - self.zero) / (self.full - self.zero))


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

    def scores(self, values: Floats) -> Floats:
        """Return 0..100 for each value."""
        thresholds, worth = np.array(self.steps).T
        if worth[0] < worth[-1]:  # more is better: the last threshold that the value reaches
            return np.concatenate([[0.0], worth])[np.searchsorted(thresholds, values, side="right")]
        return np.concatenate([worth, [0.0]])[np.searchsorted(thresholds, values, side="left")]


class Boolean(Record):
    """Yes or no: `boolean: true` gives 100 for a yes, `boolean: false` 100 for a no."""

    boolean: Annotated[bool, Field(strict=True)] = Field(description="the answer that earns all points")

    def scores(self, values: Floats) -> Floats:
        """Return 0 or 100 for each value."""
        return np.where((values >= 0.5) == self.boolean, 100.0, 0.0)


class Share(Record):
    """A share of 0..1 as it stands: `more` is better, or `less` is."""

    share: Literal["more", "less"] = Field(description="which is better")

    def scores(self, values: Floats) -> Floats:
        """Return 0..100 for each value."""
        return clipped(100 * (values if self.share == "more" else 1 - values))


class Saturation(Record):
    """Each further `half` earns half of what is left: 50 at once that value, 75 at twice, 87.5 at three times."""

    half: Annotated[float, Field(strict=True, gt=0, allow_inf_nan=False)] = Field(
        description="the value that earns half of all points; twice that earns three quarters"
    )

    def scores(self, values: Floats) -> Floats:
        """Return 0..100 for each value."""
        return clipped(100 * (1 - np.exp2(-np.maximum(values, 0.0) / self.half)))


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

    def scores(self, values: Floats) -> Floats:
        """Return 0..100 for each value."""
        (low, high), (below, above) = self.band, self.zero
        return clipped(100 * np.minimum((values - below) / (low - below), (above - values) / (above - high)))


class Deduct(Record):
    """Points that a fault costs, up to the indicator's weight: `deduct` for `each` so much, or once beyond a bound.

    `{deduct: 5, each: 0.01}`: 5 for every hundredth; `{deduct: 3, each: 1, above: 2}`: 3 for each beyond two;
    `{deduct: 5, below: 10}`: 5 where there are fewer than ten, with `each` in proportion to what is missing. For rule
    files of `method: deduction`.
    """

    deduct: Annotated[float, Field(strict=True, gt=0, allow_inf_nan=False)] = Field(description="the points it costs")
    each: Annotated[float, Field(strict=True, gt=0, allow_inf_nan=False)] | None = Field(
        default=None, description="the amount that costs so much once"
    )
    above: Number | None = Field(default=None, description="nothing is deducted up to this value")
    below: Number | None = Field(default=None, description="nothing is deducted from this value on")

    @model_validator(mode="after")
    def _has_a_bound(self) -> Self:
        if self.below is None and self.above is None and self.each is None:
            raise ValueError("`deduct` needs `each: 1` (so much for each), `above: 3` or `below: 10` (so much, once)")
        if self.below is not None and self.above is not None:
            raise ValueError("`deduct` takes `above` or `below`, not both")
        return self

    def lost(self, values: Floats) -> Floats:
        """Return the points that each value costs, without a cap."""
        beyond = np.maximum(values - (self.above or 0.0) if self.below is None else self.below - values, 0.0)
        return np.where(beyond > 0, self.deduct, 0.0) if self.each is None else self.deduct * beyond / self.each

    def kept(self, values: Floats, cap: float) -> Floats:
        """Return 0..100 for each value: what is left of the cap."""
        return clipped(100 * (1 - self.lost(values) / cap))


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


def clipped(scores: Floats) -> Floats:
    """Keep scores within 0..100."""
    return np.clip(scores, 0.0, 100.0)


def clamped(score: float) -> float:
    """Keep a score within 0..100."""
    return min(100.0, max(0.0, score))
