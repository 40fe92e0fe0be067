"""Share of the owed page tags that the version's pages carry.

What it measures
    Over all captured pages: the page tags of the State Council's standard (国办发〔2017〕47号) that are present with a
    value, over those owed. A home page owes three (SiteName, SiteDomain, SiteIDCode), a list page seven (ColumnName,
    ColumnDescription, ColumnKeywords, ColumnType more), an article ten (ArticleTitle, PubDate, ContentSource more).
Why it matters
    Search, inspection and reuse of government content go by these tags.
Blind spots
    Written for Chinese sites, and not applicable to sites of another base language; adapted here: a foreign version on
    another system may owe none of them by law. Values are not checked against what the page shows.
"""

from crawler.model import CHINESE
from scoring.evidence import Evidence, Measurement, PageEvidence, measured, not_applicable, not_measured
from scoring.readings.features import captured_pages, cited, in_base_language, is_unread, passes_on
from scoring.registry import indicator

SITE = ("sitename", "sitedomain", "siteidcode")
COLUMN = (*SITE, "columnname", "columndescription", "columnkeywords", "columntype")
ARTICLE = (*COLUMN, "articletitle", "pubdate", "contentsource")
_NO_VALUES = frozenset({"", "null", "undefined", "none"})


@indicator(unit="share", needs=["home"])
def page_tags_share(evidence: Evidence) -> Measurement:
    """Measure on all captured pages, those that lack most cited first."""
    if not in_base_language(CHINESE, evidence):
        return not_applicable("these tags are asked of Chinese sites only")
    pages = [page for page in captured_pages(evidence) if not passes_on(page) and not is_unread(page, "meta")]
    if not pages:
        return not_measured("the tags of no captured page could be read")
    owed = [(page, _owed(page, evidence)) for page in pages]
    lacking = [(page, [tag for tag in tags if not _carries(page, tag)]) for page, tags in owed]
    total, missing = sum(len(tags) for _, tags in owed), sum(len(tags) for _, tags in lacking)
    worst = sorted((pair for pair in lacking if pair[1]), key=lambda pair: -len(pair[1]))[:5]
    refs = [page.ref.citing(f"lacks {', '.join(tags)}") for page, tags in worst]
    refs = refs or cited(pages, lambda page: f"SiteIDCode: {page.facts.meta_tags.get('siteidcode', '')}")
    note = f"{total - missing} of {total} page tags that {len(pages)} captured pages owe are there"
    return measured((total - missing) / total, note=note, evidence=refs, n=len(pages))


def _owed(page: PageEvidence, evidence: Evidence) -> tuple[str, ...]:
    if page is evidence.home or page.depth == 0:
        return SITE
    is_article = page.is_article and not any(column.url == page.url for column in page.facts.columns)
    return ARTICLE if is_article and page.published is not None else COLUMN


def _carries(page: PageEvidence, tag: str) -> bool:
    return page.facts.meta_tags.get(tag, "").strip().lower() not in _NO_VALUES
