"""Share of the Chinese version's laws, policies and notices that have a translated counterpart.

What it measures
    As `item_parity`, on the articles of the Chinese version's columns of laws, interpretation and notices.
Why it matters
    A foreign firm or resident is bound by rules that were published in Chinese only.
Blind spots
    Pairs are found by cues (declared alternates, mutual links, addresses, dates, names, figures), so a free rewriting
    may go unseen. Undated Chinese items are left out, and so are those of the last seven days. Both versions are
    sampled under a page budget; the interval says what the sample allows. Some rules concern citizens alone and need
    no translation.
"""

from scoring.evidence import Evidence, Measurement
from scoring.readings.item_shares import translated_share
from scoring.readings.parity import POLICY_TYPES, WINDOW_DAYS
from scoring.registry import indicator


@indicator(unit="share", needs=["pages", "pairs"], parameters={"window_days": WINDOW_DAYS})
def item_parity_policy(evidence: Evidence, window_days: int) -> Measurement:
    """Measure on at least five Chinese laws, interpretations and notices."""
    return translated_share(evidence, window_days, "laws, interpretations and notices", POLICY_TYPES)
