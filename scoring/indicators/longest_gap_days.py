"""Longest stretch without an update in the half year to the cut-off.

What it measures
    The most days between two successive dates of captured pages and list entries within the 180 days that end with
    the cut-off date, the days since the newest among them. An older update opens the first gap, which is
    cut at 180 days.
Why it matters
    Ten articles in one week and silence for months make a good count and a poor version.
Blind spots
    Undated entries are skipped, and entries beyond the page budget make a gap that is none; newest entries are
    fetched first. Where a news or notices column could not be looked at, nothing is said.
"""

from datetime import date, timedelta
from itertools import pairwise

from scoring.evidence import Evidence, EvidenceRef, Measurement, measured, not_measured
from scoring.readings.dated_updates import NEWS_TYPES, UNDATED, Update, dated_updates, unseen_news
from scoring.registry import indicator

TYPES = NEWS_TYPES


@indicator(unit="days", needs=["pages"], parameters={"window_days": 180})
def longest_gap_days(evidence: Evidence, window_days: int) -> Measurement:
    """Measure between distinct days; the gap that runs to the cut-off counts like any other."""
    updates = dated_updates(evidence)
    if not updates:
        return not_measured(UNDATED)
    if unseen := unseen_news(evidence):
        return unseen
    start, end, refs = _longest(updates, evidence.cutoff, window_days)
    note = f"nothing is dated between {start} and {end}, the longest gap in the {window_days} days to {evidence.cutoff}"
    return measured((end - start).days, note=note, evidence=refs, n=len(updates))


def _longest(updates: list[Update], cutoff: date, window_days: int) -> tuple[date, date, list[EvidenceRef]]:
    """Return the ends of the longest gap, the newest of those as long, and the archived pages that date them."""
    opening = cutoff - timedelta(days=window_days)
    dated = {update.day: update.ref for update in updates}
    within = sorted(day for day in dated if day > opening)
    before = max((day for day in dated if day <= opening), default=None)
    ends = [*([opening] if before else []), *within, cutoff]
    start, end = (
        max(pairwise(ends), key=lambda pair: ((pair[1] - pair[0]).days, pair[1])) if ends[1:] else (cutoff,) * 2
    )
    known = [dated.get(before if before and day == opening else day) for day in (start, end)]
    return start, end, [ref for ref in known if ref is not None] or [updates[0].ref]
