"""Hours by which half of the reposts of central and provincial news follow the original.

What it measures
    The median of the hours between the Chinese version's own page and the foreign repost paired with it, where both
    state the time of day.
Why it matters
    What the centre announces matters to foreign readers on the day, and the State Council's site checks expect it
    then.
Blind spots
    Only pages that state times count, often few. The central site itself is not visited: the Chinese version's own
    page may be late too.
"""

from scoring.evidence import Evidence, Measurement, measured, not_measured
from scoring.readings.features import cited
from scoring.readings.parity import WINDOW_DAYS
from scoring.readings.reposts import not_looked_for, reposts_of
from scoring.registry import indicator
from scoring.statistics import quantile, quantile_interval

FEWEST = 5


@indicator(unit="hours", needs=["dated_pages", "pairs"], parameters={"window_days": WINDOW_DAYS})
def repost_lag_hours(evidence: Evidence, window_days: int) -> Measurement:
    """Measure on at least five reposts whose times are both known to the minute."""
    if abroad := not_looked_for(evidence):
        return abroad
    timed = [
        (repost, repost.hours[0]) for repost in reposts_of(evidence, window_days) if repost.hours and repost.is_timed
    ]
    if len(timed) < FEWEST:
        return not_measured(f"only {len(timed)} reposts and their originals state the time of day, {FEWEST} are needed")
    hours = [lag for _, lag in timed]
    interval = quantile_interval(hours, 0.5)
    median = quantile(hours, 0.5)
    lags = {repost.page.url: f"{repost.source}: {lag:.0f} hours after the Chinese page" for repost, lag in timed}
    slowest = sorted(timed, key=lambda found: -found[1])
    note = f"half of {len(timed)} reposts came within {median:.1f} hours of the Chinese version's own page"
    note += f" (95% interval {interval[0]:.1f} to {interval[1]:.1f} hours)" if interval else ""
    return measured(
        median,
        note=note,
        evidence=cited([repost.page for repost, _ in slowest], lambda page: lags[page.url]),
        n=len(timed),
        interval=interval,
    )
