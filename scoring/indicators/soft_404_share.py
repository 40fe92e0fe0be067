"""Share of the version's missing pages that answer as if they were there.

What it measures
    Addresses that answered 200 with the words that there is no such page, over all addresses by which the version
    says that a page does not exist (404, 410, or those words).
Why it matters
    Search engines keep such pages for years, and a reader's browser cannot tell that the link is dead.
Blind spots
    A missing page that shows the home page instead is not told. On a version without missing pages there is
    nothing to measure.
"""

from scoring.evidence import Evidence, Measurement, measured, not_applicable, not_measured
from scoring.readings.dead_links import is_soft
from scoring.readings.features import MOST_CITED, refs_by_address
from scoring.registry import indicator


@indicator(unit="share", needs=["pages"])
def soft_404_share(evidence: Evidence) -> Measurement:
    """Measure on the answers by which the site says that a page is missing."""
    gone = [fetch for fetch in evidence.failed if fetch.is_gone]
    if not gone:
        return not_applicable(f"no missing page was met on {len(evidence.pages)} captured pages")
    soft = [fetch for fetch in gone if is_soft(fetch)]
    known = refs_by_address(evidence)
    sources = [(fetch.ref or known(fetch.referrer), fetch) for fetch in (soft or gone)]
    refs = [ref.citing(f"{fetch.url} answers {fetch.status}") for ref, fetch in sources if ref is not None]
    if not refs:
        return not_measured("no answer of a missing page is archived")
    note = f"{len(soft)} of {len(gone)} missing pages answer 200, as if they were there"
    return measured(len(soft) / len(gone), note=note, evidence=refs[:MOST_CITED], n=len(gone))
