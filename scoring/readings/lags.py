"""How late translations follow their Chinese sources, as the lag indicators measure it."""

from __future__ import annotations

from scoring.evidence import Evidence, EvidenceRef, Measurement, Pair, measured, not_measured
from scoring.readings.features import MOST_CITED, refs_by_address
from scoring.readings.parity import lag_of, translations
from scoring.statistics import quantile, quantile_interval

FEWEST_FOR_MEDIAN, FEWEST_FOR_P90 = 5, 10


def lag_quantile(evidence: Evidence, window_days: int, part: float, name: str, fewest: int) -> Measurement:
    """Measure a quantile (`part`, 0..1, called `name`) of the days from Chinese to foreign publication."""
    found = sorted(
        translations(evidence.pairs or (), evidence.cutoff, window_days),
        key=lambda pair: (-lag_of(pair), pair.foreign_url or ""),
    )
    if len(found) < fewest:
        return not_measured(f"only {len(found)} translations of the window have both dates, {fewest} are needed")
    refs = _citations(found, evidence)
    if not refs:
        return not_measured("none of the pages that the comparison rests on was captured")
    lags = [lag_of(pair) for pair in found]
    interval = quantile_interval(lags, part)
    ahead = sum((pair.lag_days or 0) < 0 for pair in found)
    days = quantile(lags, part)
    note = f"{name} of {len(found)} translations follow the Chinese text within {_days(days)}"
    note += f", the first after {_days(lags[-1])}, the last after {_days(lags[0])}"
    note += f" (95% interval {_days(interval[0])} to {_days(interval[1])})" if interval else ""
    note += f"; {ahead} came out before it" if ahead else ""
    return measured(days, note=note, evidence=refs, n=len(lags), interval=interval)


def _days(days: float) -> str:
    return "1 day" if days == 1 else f"{days:g} days"


def _citations(pairs: list[Pair], evidence: Evidence) -> list[EvidenceRef]:
    """The latest first: they are what an owner can mend."""
    known = refs_by_address(evidence)
    found = [(known(pair.foreign_url), pair) for pair in pairs]
    return [
        ref.citing(f"{pair.foreign_date}, its Chinese source {pair.chinese_date}")
        for ref, pair in found
        if ref is not None
    ][:MOST_CITED]
