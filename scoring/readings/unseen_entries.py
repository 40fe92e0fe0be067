"""What a captured column may hold beyond what we saw of it: entries and pages that we failed to see."""

from __future__ import annotations

from itertools import takewhile

from crawler.scope import page_key
from scoring.evidence import Evidence, PageEvidence, gone_pages
from scoring.readings.features import is_unread


def kept_from_us(evidence: Evidence) -> set[str]:
    """Return the addresses, as page keys, that gave us no page though the site did not say that there is none."""
    lost = {page_key(lost.url) for lost in evidence.failed if not lost.is_gone}
    return lost - _captured(evidence) if lost else lost


def _captured(evidence: Evidence) -> set[str]:
    pages = (*evidence.pages, *evidence.chinese_pages)
    return {page_key(url) for page in pages for url in (page.url, page.ref.url)}


def leads_to(page: PageEvidence) -> set[str]:
    """Return what a page lists or links to from its body, as page keys, but for the columns of its menus."""
    facts = page.facts
    urls = [*(item.url for item in facts.items), *(link.url for link in facts.links if link.place == "body")]
    return {page_key(url) for url in urls} - {page_key(column.url) for column in facts.columns}


def may_hold_newer(column: PageEvidence, evidence: Evidence) -> bool:
    """Tell whether something that we failed to see may be newer than all that a column's page dates.

    A list runs newest first, so an entry above its first date may be, and so may any of a list without dates. A column
    that lists no date may also hold what was kept from us in its folder or behind its links.
    """
    items = column.facts.items
    undated = [page_key(item.url) for item in takewhile(lambda item: item.date is None, items)]
    seen = _captured(evidence) | gone_pages(evidence.failed)
    if is_unread(column, "items") or any(key not in seen for key in undated):
        return True
    if any(item.date for item in items):
        return False
    folder = page_key(column.url).rstrip("/") + "/"
    linked = leads_to(column)
    return any(key in linked or key.startswith(folder) for key in kept_from_us(evidence))
