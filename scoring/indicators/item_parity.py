"""Share of the Chinese version's core articles that have a translated counterpart.

What it measures
    Captured core articles of the Chinese version (those of its core columns), dated within the window before the
    cut-off, that are paired with a page of the foreign version whose body is in its language, over all of them.
Why it matters
    Core information should be roughly in step with the Chinese version.
Blind spots
    Pairs are found by cues (declared alternates, mutual links, addresses, dates, names, figures), so a free rewriting
    may go unseen. Undated Chinese items are left out, and so are those of the last seven days. Both versions are
    sampled under a page budget; the interval says what the sample allows.
"""

from scoring.evidence import Evidence, Measurement
from scoring.readings.item_shares import translated_share
from scoring.readings.parity import WINDOW_DAYS
from scoring.registry import indicator


@indicator(unit="share", needs=["pages", "pairs"], parameters={"window_days": WINDOW_DAYS})
def item_parity(evidence: Evidence, window_days: int) -> Measurement:
    """Measure on at least five Chinese core articles; foreign pages without counterpart do not count."""
    return translated_share(evidence, window_days, "core articles")
