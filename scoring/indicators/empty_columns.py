"""Number of columns in the version's menus with nothing behind them.

What it measures
    Columns that the home page's menus offer whose page was captured and holds fewer than 80 characters of text, no
    list, no form and no link but those of the home page's menu.
Why it matters
    An empty column promises what the version does not have; site checks veto a site with five (census of 2015, V3;
    adapted).
Blind spots
    A column that a script fills is left out where that is told. Columns that could not be opened are not counted.
"""

from collections.abc import Set

from crawler.extract.facts import Column
from crawler.scope import page_key
from scoring.evidence import Evidence, Measurement, PageEvidence, measured, not_applicable, not_measured
from scoring.readings.features import MOST_CITED, captured_pages, cited, is_unread, passes_on
from scoring.registry import indicator

EMPTY_CHARS = 80


@indicator(unit="count", needs=["home"])
def empty_columns(evidence: Evidence) -> Measurement:
    """Count by what stands on the column's own page, in whatever language."""
    home = evidence.home
    if home is None or passes_on(home) or is_unread(home, "columns", "menus"):
        return not_measured("the home page's menu could not be read")
    pages = {page_key(page.url): page for page in captured_pages(evidence)}
    offered = {
        page_key(column.url): column for column in home.facts.columns if page_key(column.url) != page_key(home.url)
    }
    if not offered:
        return not_applicable("the home page offers no columns", [home.ref.citing("no menu of columns")])
    behind = [(column, pages[key]) for key, column in offered.items() if key in pages and _is_read(pages[key])]
    if not behind:
        return not_measured(f"none of the {len(offered)} columns that the home page offers was captured")
    menu = {page_key(home.url), *offered}
    empty = [(column, page) for column, page in behind if _is_empty(page, menu)]
    note = f"{len(empty)} of {len(behind)} captured columns have nothing behind them"
    note += f", such as “{empty[0][0].name}”" if empty else ""
    refs = [page.ref.citing(_cue(column, page)) for column, page in empty[:MOST_CITED]]
    return measured(len(empty), note=note, evidence=refs or cited(page for _, page in behind), n=len(behind))


def _is_read(page: PageEvidence) -> bool:
    return not passes_on(page) and not is_unread(page, "text", "items", "links", "needs_browser")


def _is_empty(page: PageEvidence, menu: Set[str]) -> bool:
    facts = page.facts
    links = any(link.place == "body" and page_key(link.url) not in menu for link in facts.links)
    forms = any(form.kind != "search" for form in facts.forms)
    return facts.text_chars < EMPTY_CHARS and not facts.items and not forms and not links


def _cue(column: Column, page: PageEvidence) -> str:
    return f"column “{column.name}”: {page.facts.text_chars} characters, no list"
