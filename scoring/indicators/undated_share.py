"""Share of article pages that carry no usable publication date.

What it measures
    Article pages of columns whose content ages (news, notices, laws, interpretation, topics) or that a list
    page links to, without a publication date of their own or of that list, over all such pages captured. A page that
    lists entries and has no date is a list, not an article.
Why it matters
    A reader cannot tell whether an undated text still holds. Site checks treat undated content as not updated.
Blind spots
    A date shown only in a picture or written by a script is not seen. On a version whose menus name no such
    column and that has no lists there is nothing to measure on.
"""

from crawler.scope import page_key
from scoring.evidence import Evidence, Measurement, measured, not_measured
from scoring.readings.features import cited, date_cue, is_unread, page_cue
from scoring.registry import indicator

FEWEST = 5
# Standing texts, such as an introduction or a guide, need no date.
AGEING = frozenset({"news", "notices", "laws", "interpretation", "topics"})


@indicator(unit="share", needs=["pages"])
def undated_share(evidence: Evidence) -> Measurement:
    """Measure on at least five articles; below that a share says little."""
    listed = {page_key(item.url) for page in evidence.pages for item in page.facts.items}
    articles = [
        page
        for page in evidence.pages
        if page.is_article and page.depth > 0 and not is_unread(page, "dates")
        if page.published is not None or not page.facts.items  # a list has no date of its own
        if page.column_type in AGEING or page_key(page.url) in listed
    ]
    if len(articles) < FEWEST:
        return not_measured(f"only {len(articles)} pages that need a date were captured, at least {FEWEST} are needed")
    undated = [page for page in articles if page.published is None]
    refs = cited(undated, lambda page: f"no date: {page_cue(page)}") if undated else cited(articles, date_cue)
    return measured(
        len(undated) / len(articles),
        note=f"{len(undated)} of {len(articles)} news and policy pages carry no usable date",
        evidence=refs,
        n=len(articles),
    )
