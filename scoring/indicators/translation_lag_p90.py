"""Days by which nine in ten translations follow their Chinese sources.

What it measures
    The 90th percentile of the days from a Chinese item's publication to that of its translation, over the
    translations of the window before the cut-off that carry both dates. One that came out first counts as 0 days.
Why it matters
    News that comes weeks late is history, and a rule may be in force before a foreign reader can know of it.
Blind spots
    Items that were never translated have no lag; `item_parity` counts them. A date may be that of the upload, not of
    the first publication, and a backdated page looks prompt.
"""

from scoring.evidence import Evidence, Measurement
from scoring.readings.lags import FEWEST_FOR_P90, lag_quantile
from scoring.readings.parity import WINDOW_DAYS
from scoring.registry import indicator


@indicator(unit="days", needs=["pages", "pairs"], parameters={"window_days": WINDOW_DAYS})
def translation_lag_p90(evidence: Evidence, window_days: int) -> Measurement:
    """Measure on at least ten translations."""
    return lag_quantile(evidence, window_days, 0.9, "nine in ten", FEWEST_FOR_P90)
