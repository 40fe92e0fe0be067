"""How many kinds of visual products the version offers: infographics, video, albums.

What it measures
    Kinds that the name of a column, a link or a title names, where the page behind it was captured, is in the version's
    language and holds a text, three list items or five links; 0 to 3.
Why it matters
    A picture says to a foreign reader what a translation cannot.
Blind spots
    Pictures and films themselves are not looked at: whether they show anything, expert review says. Products that
    no words announce are not seen. What stands on other hosts cannot be looked at.
"""

from collections.abc import Iterator

from crawler.scope import page_key
from scoring.evidence import Evidence, Measurement, PageEvidence, gone_pages, not_measured
from scoring.readings.column_facets import facets_measured, no_words
from scoring.readings.facets import Telling, facets_of, is_listed, says
from scoring.readings.features import captured_pages, excerpt, has_substance, is_in_language
from scoring.registry import indicator

SUBJECT = "visual"
FEWEST_LINKS = 5


@indicator(unit="count", needs=["home"])
def visual_products(evidence: Evidence) -> Measurement:
    """Look behind every announcement; a kind that is announced but was not seen leaves it open."""
    if not is_listed(SUBJECT, evidence.language):
        return no_words(evidence, "of visual products")
    pages = {page_key(page.url): page for page in captured_pages(evidence)}
    gone = gone_pages(evidence.failed)
    found: dict[str, Telling] = {}
    unseen: dict[str, tuple[PageEvidence, str]] = {}
    for source in pages.values():
        for name, url in _announced(source):
            page = pages.get(page_key(url))
            for kind in facets_of(SUBJECT):
                if kind in found or not says(SUBJECT, kind, name, evidence.language):
                    continue
                if page is None and page_key(url) not in gone:
                    unseen.setdefault(kind, (source, name))
                elif page is not None and _shows(page, evidence):
                    found[kind] = Telling(kind, page, name)
    for kind, (source, name) in unseen.items():
        if kind not in found:
            note = f"what “{excerpt(name)}” announces could not be looked at"
            return not_measured(note, [source.ref.citing(excerpt(name))])
    return facets_measured(SUBJECT, found, pages.values(), "captured", "show")


def _announced(page: PageEvidence) -> Iterator[tuple[str, str]]:
    """Yield the names that a page gives to itself and to others, with their addresses."""
    yield page.facts.title, page.url
    for column in page.facts.columns:
        yield column.name, column.url
    for item in page.facts.items:
        yield item.title, item.url
    for link in page.facts.links:
        yield link.anchor, link.url


def _shows(page: PageEvidence, evidence: Evidence) -> bool:
    links = sum(link.place == "body" for link in page.facts.links)
    return is_in_language(page, evidence) and (has_substance(page) or links >= FEWEST_LINKS)
