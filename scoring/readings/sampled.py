"""Shares of a sample: measured with their interval, or not measured where the sample is too small to say anything."""

from __future__ import annotations

from scoring.evidence import EvidenceRef, Measurement, measured, not_measured
from scoring.statistics import wilson_interval


def sampled_share(
    hits: int, n: int, *, of: str, fewest: int, note: str, sample: str, evidence: list[EvidenceRef]
) -> Measurement:
    """Return hits / n (0..1) with its 95% Wilson interval, or `not_measured` below `fewest`.

    `of` names what the n are, in the plural; `note` says what hits are ("3 of 12 news items ..."); `sample` how the
    n were drawn. The note of the measurement is made of them.
    """
    if n < fewest:
        return not_measured(f"only {n} {of}, at least {fewest} are needed")
    if not evidence:
        return not_measured("none of the pages that the comparison rests on was captured")
    low, high = wilson_interval(hits, n)
    whole = f"{note} (95% interval {low:.0%} to {high:.0%}; {sample})"
    return measured(hits / n, note=whole, evidence=evidence, n=n, interval=(low, high))
