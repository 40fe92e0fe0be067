"""Pages and list entries dated within the 90 days to the cut-off.

What it measures
    Distinct addresses that a captured page, or an entry of a captured list, dates within the 90 calendar days
    that end with the cut-off date. A page's own date counts before a list's.
Why it matters
    One fresh notice is not upkeep; information is to be updated often.
Blind spots
    Undated entries are skipped. Entries beyond the page budget are not seen, and one article under two addresses
    counts twice. The language of a listed page that was not captured is unknown.
"""

from datetime import date, timedelta

from crawler.scope import page_key
from scoring.evidence import Evidence, EvidenceRef, Measurement, measured, not_measured
from scoring.features import MOST_CITED, date_cue, excerpt
from scoring.registry import indicator

WINDOW = timedelta(days=90)


@indicator(unit="count", needs=["pages"])
def updates_in_90_days(evidence: Evidence) -> Measurement:
    """Count addresses, not mentions: the same entry stands on the home page and in its column."""
    dated = _dated_addresses(evidence)
    if not dated:
        return not_measured("no captured page or list entry carries a usable date")
    newest_first = sorted(dated, key=lambda entry: entry[0], reverse=True)
    recent = [entry for entry in newest_first if entry[0] > evidence.cutoff - WINDOW]
    note = f"{len(recent)} of {len(dated)} dated pages and list entries fall within the 90 days to {evidence.cutoff}"
    cited = (recent or newest_first)[:MOST_CITED]
    return measured(len(recent), note=note, evidence=[ref for _, ref in cited], n=len(dated))


def _dated_addresses(evidence: Evidence) -> list[tuple[date, EvidenceRef]]:
    found: dict[str, tuple[date, EvidenceRef]] = {}
    for page in evidence.pages:
        if page.published is not None:
            found.setdefault(page_key(page.url), (page.published, page.ref.citing(date_cue(page))))
    for page in evidence.pages:
        for item in page.facts.items:
            if item.date is not None:
                cue = f"{excerpt(item.title)}: {item.date}"
                found.setdefault(page_key(item.url), (item.date, page.ref.citing(cue)))
    return [entry for entry in found.values() if entry[0] <= evidence.cutoff]
