"""Share of article pages that carry no usable publication date.

What it measures
    Article pages (80 characters of text or more, fewer than five list entries, not the home page) without a
    publication date of their own or of the list that links to them, over all captured article pages.
Why it matters
    A reader cannot tell whether an undated text still holds. Site checks treat undated content as not updated.
Blind spots
    Standing texts, such as an introduction, need no date but count. A date shown only in a picture or written by
    a script is not seen.
"""

from scoring.evidence import Evidence, Measurement, measured, not_measured
from scoring.features import cited, date_cue, is_unread, page_cue
from scoring.registry import indicator

FEWEST = 5


@indicator(unit="share", needs=["pages"])
def undated_share(evidence: Evidence) -> Measurement:
    """Measure on at least five articles; below that a share says little."""
    home = evidence.home.url if evidence.home else None
    articles = [
        page
        for page in evidence.pages
        if page.is_article and page.depth > 0 and page.url != home and not is_unread(page, "dates")
    ]
    if len(articles) < FEWEST:
        return not_measured(f"only {len(articles)} article pages were captured, at least {FEWEST} are needed")
    undated = [page for page in articles if page.published is None]
    refs = cited(undated, lambda page: f"no date: {page_cue(page)}") if undated else cited(articles, date_cue)
    return measured(
        len(undated) / len(articles),
        note=f"{len(undated)} of {len(articles)} article pages carry no usable date",
        evidence=refs,
        n=len(articles),
    )
