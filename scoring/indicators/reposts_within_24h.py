"""Share of reposts of central and provincial news that came within 24 hours.

What it measures
    Reposts (see `repost_count`) that came at most 24 hours after the original, over those of which that can be told.
    The original is dated by the Chinese version's own page, else by the repost's dateline; of two dates without
    times, the same day is within 24 hours, the next day is left open, and the day after is not.
Why it matters
    The State Council's site checks expect a repost of its news within 24 hours; here that is asked of foreign
    versions.
Blind spots
    The central site itself is not visited: the Chinese version's own page may be late too. A repost without a Chinese
    counterpart and without a dateline cannot be timed.
"""

from scoring.evidence import Evidence, Measurement
from scoring.readings.features import cited
from scoring.readings.parity import WINDOW_DAYS
from scoring.readings.reposts import WITHIN_HOURS, not_looked_for, reposts_of
from scoring.readings.sampled import sampled_share
from scoring.registry import indicator

FEWEST = 5


@indicator(unit="share", needs=["dated_pages", "pairs"], parameters={"window_days": WINDOW_DAYS})
def reposts_within_24h(evidence: Evidence, window_days: int) -> Measurement:
    """Measure on at least five reposts that can be told in time or late."""
    if abroad := not_looked_for(evidence):
        return abroad
    told = [repost for repost in reposts_of(evidence, window_days) if repost.in_time is not None]
    late = [repost for repost in told if not repost.in_time]
    cues = {repost.page.url: f"{repost.source}: {repost.page.published}, dated by {repost.by}" for repost in told}
    return sampled_share(
        len(told) - len(late),
        len(told),
        of=f"reposts can be told to be within {WITHIN_HOURS} hours or later",
        fewest=FEWEST,
        note=f"{len(told) - len(late)} of {len(told)} reposts came within {WITHIN_HOURS} hours",
        sample="of those captured whose original is dated",
        evidence=cited([repost.page for repost in late or told], lambda page: cues[page.url]),
    )
