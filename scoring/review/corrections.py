"""Corrections laid over what was measured; the measurements themselves stay as they were."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from scoring.evidence import Measurement, Outcome
from scoring.review.records import Override

Measurements = Mapping[tuple[str, str], Mapping[str, Measurement]]


def corrected(
    measurements: Measurements, overrides: Iterable[Override]
) -> dict[tuple[str, str], dict[str, Measurement]]:
    """Return the measurements, by (site id, language), then indicator id, as people have corrected them.

    The note of a corrected one says who corrected it, when, why and what stood there; its evidence stays. Of several
    corrections of one figure the last counts.
    """
    found = {key: dict(by_indicator) for key, by_indicator in measurements.items()}
    for override in overrides:
        held = found.setdefault((override.site_id, override.language), {})
        measured = measurements.get((override.site_id, override.language), {}).get(override.indicator)
        held[override.indicator] = _corrected(measured, override)
    return found


def _corrected(measured: Measurement | None, override: Override) -> Measurement:
    outcome = Outcome(override.outcome)
    before = "nothing" if measured is None else _told(measured)
    note = f"corrected by {override.author} on {override.at.date()}: {override.reason} (measured: {before})"
    plain = measured or Measurement(Outcome.NOT_MEASURED)
    return replace(plain, outcome=outcome, value=override.value, note=note, interval=None)


def _told(measured: Measurement) -> str:
    value = measured.outcome.value if measured.value is None else f"{measured.value:g}"
    return f"{value}; {measured.note}" if measured.note else value
