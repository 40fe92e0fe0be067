"""Number of social networks on which the version points to an account.

What it measures
    Distinct networks among the account links on all captured pages.
Why it matters
    Many foreign readers never visit a home page; they follow an account.
Blind spots
    The accounts are not opened: whose they are, in what language and how alive, expert review says. A QR code
    without a link is not read.
"""

from scoring.evidence import Evidence, EvidenceRef, Measurement, measured, not_measured
from scoring.readings.features import MOST_CITED, captured_pages, is_unread, passes_on
from scoring.registry import indicator


@indicator(unit="count", needs=["home"])
def social_accounts(evidence: Evidence) -> Measurement:
    """Count networks, not links: the same account stands on every page."""
    pages = captured_pages(evidence)
    first: dict[str, EvidenceRef] = {}
    for page in pages:
        for link in page.facts.social:
            first.setdefault(link.network, page.ref.citing(f"{link.network}: {link.url}"))
    if first:
        networks = sorted(first)
        refs = [first[network] for network in networks[:MOST_CITED]]
        return measured(len(first), note=f"links to accounts on {', '.join(networks)}", evidence=refs, n=len(pages))
    if evidence.home is None or passes_on(evidence.home) or any(is_unread(page, "social") for page in pages):
        return not_measured("not every captured page could be read, the home page among them")
    note = f"none of the {len(pages)} captured pages links to an account on a social network"
    return measured(0, note=note, evidence=[evidence.home.ref.citing("no account")], n=len(pages))
