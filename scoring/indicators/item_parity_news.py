"""Share of the Chinese version's news that has a translated counterpart.

What it measures
    As `item_parity`, on the articles of the Chinese version's news columns alone.
Why it matters
    News is what a version falls behind with first, and a site's other columns should not hide it.
Blind spots
    Pairs are found by cues (declared alternates, mutual links, addresses, dates, names, figures), so a free rewriting
    may go unseen. Undated Chinese items are left out, and so are those of the last seven days. Both versions are
    sampled under a page budget; the interval says what the sample allows.
"""

from scoring.evidence import Evidence, Measurement
from scoring.readings.item_shares import translated_share
from scoring.readings.parity import NEWS_TYPES, WINDOW_DAYS
from scoring.registry import indicator


@indicator(unit="share", needs=["pages", "pairs"], parameters={"window_days": WINDOW_DAYS})
def item_parity_news(evidence: Evidence, window_days: int) -> Measurement:
    """Measure on at least five Chinese news articles."""
    return translated_share(evidence, window_days, "news articles", NEWS_TYPES)
