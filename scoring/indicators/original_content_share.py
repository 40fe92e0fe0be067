"""Share of the foreign version's articles that have no Chinese source.

What it measures
    Dated foreign articles of the window that are paired with no captured Chinese page, over all of them. What stands in
    Chinese or in a third language in the version is no article of it. It is a value to read, not a fault: a version
    may rightly write for its own readers.
Why it matters
    Who translates nothing and writes everything, or the reverse, serves readers differently; experts ask which.
Blind spots
    A source that the crawl did not take, or that our cues did not find, is counted as none, so the share is an upper
    bound. Articles older than the oldest captured Chinese article are left out. Reposts of other media count as
    original.
"""

from scoring.evidence import Evidence, EvidenceRef, Measurement, Pair, not_measured
from scoring.pairing.pages import content_cues_available
from scoring.readings.features import MOST_CITED, excerpt, refs_by_address
from scoring.readings.parity import WINDOW_DAYS, window_of
from scoring.readings.sampled import sampled_share
from scoring.registry import indicator

FEWEST = 5


@indicator(unit="share", needs=["pages", "pairs", "chinese_pages"], parameters={"window_days": WINDOW_DAYS})
def original_content_share(evidence: Evidence, window_days: int) -> Measurement:
    """Measure on at least five dated foreign articles."""
    if not content_cues_available(evidence.language, evidence.site.base_language):
        return not_measured("pages in this language cannot be paired by what they say yet")
    dated = [page.published for page in evidence.chinese_pages if page.is_article and page.published]
    if not dated:
        return not_measured("no captured Chinese article carries a usable date")
    first = max(window_of(evidence.cutoff, window_days)[0], min(dated))
    articles = {page.url for page in evidence.pages if page.is_article and page.depth > 0}
    items = [
        pair
        for pair in evidence.pairs or ()
        if pair.foreign_url in articles and pair.translated is not False
        if pair.foreign_date and first <= pair.foreign_date <= evidence.cutoff
    ]
    original = [item for item in items if item.chinese_url is None]
    return sampled_share(
        len(original),
        len(items),
        of=f"foreign articles dated {first} to {evidence.cutoff} were captured",
        fewest=FEWEST,
        note=f"{len(original)} of {len(items)} foreign articles have no Chinese source that we found; "
        f"{len(items) - len(original)} have one",
        sample=f"of those dated {first} to {evidence.cutoff} that the crawl took",
        evidence=_citations(original or items, evidence),
    )


def _citations(items: list[Pair], evidence: Evidence) -> list[EvidenceRef]:
    known = refs_by_address(evidence)
    found = [(known(item.foreign_url), item) for item in items]
    return [
        ref.citing(f"no Chinese source found: {excerpt(item.foreign_title, 60) or item.foreign_url}")
        if item.chinese_url is None
        else ref.citing(f"from {item.chinese_url}")
        for ref, item in found
        if ref is not None
    ][:MOST_CITED]
