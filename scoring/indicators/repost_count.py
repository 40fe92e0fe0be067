"""Articles that repost central or provincial news.

What it measures
    Articles of the window whose source (the ContentSource tag, a label such as Source:, or the dateline) is a central
    body or medium or a provincial government.
Why it matters
    A version's news should carry what the centre and the province announce besides its own.
Blind spots
    A repost that names no source is not recognised, a provincial newspaper is not told from a city's own, and a
    central newspaper that writes for the site under contract looks like a source.
"""

from scoring.evidence import Evidence, Measurement, measured
from scoring.readings.dated_updates import unseen_news
from scoring.readings.features import cited, page_cue
from scoring.readings.parity import WINDOW_DAYS
from scoring.readings.reposts import not_looked_for, reposts_of
from scoring.registry import indicator


@indicator(unit="count", needs=["dated_pages"], parameters={"window_days": WINDOW_DAYS})
def repost_count(evidence: Evidence, window_days: int) -> Measurement:
    """Count; a version without any dated page says nothing, and news that was kept from us leaves the count open."""
    if abroad := not_looked_for(evidence):
        return abroad
    if unseen := unseen_news(evidence):
        return unseen
    found = reposts_of(evidence, window_days)
    central = sum(repost.level == "central" for repost in found)
    sources = {repost.page.url: repost.source for repost in found}
    note = f"reposts among the articles of the {window_days} days before the cut-off: "
    note += f"{central} of central news, {len(found) - central} of provincial news"
    return measured(
        len(found),
        note=note,
        evidence=cited(
            [repost.page for repost in found] or evidence.dated_pages,
            lambda page: f"source: {sources[page.url]}" if page.url in sources else page_cue(page),
        ),
        n=len(evidence.dated_pages),
    )
