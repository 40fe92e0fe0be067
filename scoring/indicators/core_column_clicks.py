"""Clicks from the version's home page to its core columns, on average.

What it measures
    For each kind of core column that a menu of the version offers (overview, leaders, organisation, news, notices,
    laws, interpretation, statistics, visa, business, investment, education, tourism, mailbox) and whose page was
    captured: the clicks from the home page to the nearest; the mean over the kinds.
Why it matters
    What lies three clicks deep is found by those who know that it is there.
Blind spots
    Clicks are counted along the links that the crawler followed; a path that it did not see may be shorter. A menu that
    opens by script may hold the entry already.
"""

from statistics import fmean

from crawler.scope import page_key
from scoring.column_map import CORE_TYPES
from scoring.evidence import Evidence, Measurement, PageEvidence, measured, not_measured
from scoring.readings.features import MOST_CITED, is_unread, passes_on
from scoring.readings.service_columns import Offer, offers
from scoring.registry import indicator


@indicator(unit="count", needs=["home"])
def core_column_clicks(evidence: Evidence) -> Measurement:
    """Measure on columns whose page was captured; what the home page links to is one click away."""
    home = evidence.home
    if home is None or passes_on(home) or is_unread(home, "columns", "menus", "links"):
        return not_measured("the home page's menu could not be read")
    near = {page_key(link.url) for link in home.facts.links} | {page_key(column.url) for column in home.facts.columns}
    nearest: dict[str, tuple[int, Offer, PageEvidence]] = {}
    for offer in offers(evidence, CORE_TYPES):
        page, kind = offer.page, offer.column.type or ""
        if page is None or page is home:
            continue
        clicks = 1 if page_key(offer.column.url) in near else max(page.depth, 2)
        if kind not in nearest or clicks < nearest[kind][0]:
            nearest[kind] = (clicks, offer, page)
    if not nearest:
        return not_measured("no core column of the version was captured")
    farthest = sorted(nearest.values(), key=lambda found: (-found[0], found[1].column.url))
    mean = fmean(clicks for clicks, _, _ in farthest)
    note = f"{len(nearest)} kinds of core columns are {mean:.2g} clicks from the home page on average, at most "
    note += f"{farthest[0][0]} (“{farthest[0][1].column.name}”)"
    refs = [page.ref.citing(f"“{offer.column.name}”: {clicks} clicks") for clicks, offer, page in farthest[:MOST_CITED]]
    return measured(mean, note=note, evidence=refs, n=len(nearest))
