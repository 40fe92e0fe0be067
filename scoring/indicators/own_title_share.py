"""Share of pages whose title is their own and in the version's language.

What it measures
    Captured pages with a title that no other captured page has and that is not Chinese, over all captured pages; at
    least five.
Why it matters
    A list of search results, or of open tabs, has only the titles to choose by.
Blind spots
    A title of its own may still say nothing. Titles that a script writes are not seen.
"""

from collections import Counter

from scoring.evidence import Evidence, Measurement, measured, not_measured
from scoring.readings.features import captured_pages, cited, excerpt, is_unread, left_in_chinese
from scoring.registry import indicator

FEWEST = 5


@indicator(unit="share", needs=["pages"])
def own_title_share(evidence: Evidence) -> Measurement:
    """Measure on at least five pages; a page without a title has none of its own."""
    pages = [page for page in captured_pages(evidence) if not is_unread(page, "title")]
    if len(pages) < FEWEST:
        return not_measured(f"only {len(pages)} pages were captured, at least {FEWEST} are needed")
    uses = Counter(page.facts.title for page in pages)
    wrong = [
        page
        for page in pages
        if uses[page.facts.title] > 1 or not page.facts.title or left_in_chinese(page.facts.title, evidence)
    ]
    own = len(pages) - len(wrong)
    note = f"{own} of {len(pages)} pages have a title of their own in the version's language"
    refs = cited(wrong or pages, lambda page: f"title: {excerpt(page.facts.title) or 'none'}")
    return measured(own / len(pages), note=note, evidence=refs, n=len(pages))
