"""Whether the version has a site map that its readers can use.

What it measures
    Whether a captured page that a menu, a header or a footer calls the site map links to at least ten other pages of
    the version, under names that are not Chinese.
Why it matters
    Readers who do not know how a Chinese government is organised find their way by a list of everything.
Blind spots
    A map that a script builds is not read. `sitemap.xml` is for search engines and does not count.
"""

from crawler.extract.facts import Link
from crawler.extract.glossary import glossary, normalised
from crawler.scope import page_key
from scoring.evidence import Evidence, Measurement, PageEvidence, gone_pages, measured, not_measured
from scoring.readings.features import captured_pages, cited, left_in_chinese, passes_on
from scoring.registry import indicator

FEWEST = 10


@indicator(unit="boolean", needs=["home"])
def site_map(evidence: Evidence) -> Measurement:
    """Measure by what the page behind the entry links to."""
    home = evidence.home
    if home is None or passes_on(home):
        return not_measured("the home page's own content could not be read")
    pages = {page_key(page.url): page for page in captured_pages(evidence)}
    offered = {page_key(link.url): (link, page) for page in reversed(list(pages.values())) for link in _maps(page)}
    for key, (link, _) in offered.items():
        page = pages.get(key)
        links = _links(page, evidence) if page is not None and page is not home else []
        if page is not None and len(links) >= FEWEST:
            note = f"the site map {page.url} links to {len(links)} pages"
            return measured(1, note=note, evidence=[page.ref.citing(f"{link.anchor}: {len(links)} links")])
    gone = gone_pages(evidence.failed)
    for key, (link, page) in offered.items():
        if key not in pages and key not in gone:
            note = f"the site map {link.url} could not be looked at"
            return not_measured(note, [page.ref.citing(f"link: {link.anchor}")])
    if not offered:
        note = "no captured page links to a site map"
        return measured(0, note=note, evidence=[home.ref.citing("no link to a site map")])
    shown = [pages[key] for key in offered if key in pages]
    refs = cited(shown) or [page.ref.citing(f"link: {link.anchor}") for link, page in list(offered.values())[:1]]
    return measured(0, note=f"the site map links to fewer than {FEWEST} pages, or is gone", evidence=refs)


def _maps(page: PageEvidence) -> list[Link]:
    whole = glossary().whole
    return [link for link in page.facts.links if whole.get(normalised(link.anchor)) == "sitemap"]


def _links(page: PageEvidence, evidence: Evidence) -> list[Link]:
    body = [link for link in page.facts.links if link.place == "body" and page_key(link.url) != page_key(page.url)]
    return [link for link in body if link.anchor and not left_in_chinese(link.anchor, evidence)]
