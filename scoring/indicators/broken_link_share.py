"""Share of the version's addresses that answer with an error.

What it measures
    Distinct addresses of the version that were tried and answered 404, 410 or 5xx, over those plus the pages
    captured. Blocked, timed out and disallowed addresses are left out of both.
Why it matters
    A link that leads nowhere costs the reader's trust; site checks deduct for each.
Blind spots
    A missing page that answers 200 counts as a page. Links to other sites are not tried, and a server's bad hour
    looks like a broken link.
"""

from crawler.model import Failure
from crawler.scope import page_key
from scoring.evidence import Evidence, EvidenceRef, FailedFetch, Measurement, measured, not_measured
from scoring.readings.features import GONE, MOST_CITED, page_cue, refs_by_address
from scoring.registry import indicator

FEWEST = 5


@indicator(unit="share", needs=["pages"])
def broken_link_share(evidence: Evidence) -> Measurement:
    """Measure on at least five addresses; one that was captured in the end is not broken."""
    whole = {page_key(url) for page in evidence.pages for url in (page.url, page.ref.url)}
    captured = {page_key(page.url) for page in evidence.pages}
    broken = {page_key(f.url): f for f in reversed(evidence.failed) if _is_broken(f) and page_key(f.url) not in whole}
    n = len(captured) + len(broken)
    if n < FEWEST:
        return not_measured(f"only {n} addresses were tried, at least {FEWEST} are needed")
    worst = sorted(broken.values(), key=lambda fetch: fetch.url)
    note = f"{len(broken)} of {n} addresses answer with an error"
    note += f", such as {worst[0].url} ({worst[0].status})" if worst else ""
    return measured(len(broken) / n, note=note, evidence=_citations(worst, evidence), n=n)


def _is_broken(fetch: FailedFetch) -> bool:
    status = fetch.status or 0
    return fetch.failure is Failure.HTTP_ERROR and (status in GONE or 500 <= status < 600)


def _citations(broken: list[FailedFetch], evidence: Evidence) -> list[EvidenceRef]:
    known = refs_by_address(evidence)
    sources = [(fetch.ref or known(fetch.referrer), f"{fetch.url} answers {fetch.status}") for fetch in broken]
    refs = [ref.citing(cue) for ref, cue in sources if ref is not None]
    first = evidence.pages[0]
    return refs[:MOST_CITED] or [first.ref.citing(f"answers 200: {page_cue(first)}")]
