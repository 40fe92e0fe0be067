"""What a column publishes: the entries of its lists and the pages under it, each once, in the version's language."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from crawler.extract.facts import ListItem
from crawler.scope import page_key
from scoring.evidence import Evidence, EvidenceRef, Measurement, PageEvidence, gone_pages, measured, not_measured
from scoring.readings.features import (
    MOST_CITED,
    captured_pages,
    cited,
    date_cue,
    excerpt,
    has_substance,
    holds_text,
    is_in_language,
    left_in_chinese,
)
from scoring.readings.service_columns import (
    column_pages,
    kept_part,
    no_such_column,
    offers,
    service_column,
    unseen_part,
)

YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Entry:
    """One thing that a column publishes. `opened` says that its own page was captured, not only its line in a list."""

    url: str
    day: date | None
    ref: EvidenceRef
    opened: bool


def column_entries(evidence: Evidence, types: Collection[str]) -> list[Entry]:
    """Return the entries of columns of these types, newest first, undated ones last.

    A page counts where it is in the version's language and says something; a line of a list whose page was not
    captured counts unless it is in Chinese; one whose page is gone, or is in another language, does not.
    """
    offered = offers(evidence, types)
    menus = {page_key(offer.column.url) for offer in offered}
    columns = {page_key(page.url) for page in column_pages(evidence, types, offered) if page.facts.items}
    pages = {page_key(page.url): page for page in captured_pages(evidence)}
    gone = gone_pages(evidence.failed)
    found: dict[str, Entry] = {}
    for key, page in pages.items():
        is_list = key in columns or (key in menus and (page.published is None or not holds_text(page)))
        if page.column_type in types and page.depth > 0 and not is_list and _is_sound(page, evidence):
            found[key] = Entry(page.url, page.published, page.ref.citing(date_cue(page)), opened=True)
    for source in (pages[key] for key in pages if key in columns):
        for item in source.facts.items:
            key = page_key(item.url)
            if key not in found and key not in pages and key not in gone and not left_in_chinese(item.title, evidence):
                found[key] = Entry(item.url, item.date, source.ref.citing(_line(item)), opened=False)
    entries = [entry for entry in found.values() if entry.day is None or entry.day <= evidence.cutoff]
    return sorted(entries, key=lambda entry: (entry.day is not None, entry.day or date.min, entry.url), reverse=True)


def entries_in_a_year(evidence: Evidence, types: Collection[str], what: str) -> Measurement:
    """Count a column's entries dated within the year to the cut-off; 0 where the menus offer no such column.

    Not measured: the column could not be looked at, or not whole, or all that it publishes is undated.
    """
    offered = offers(evidence, types)
    entries = column_entries(evidence, types)
    recent = [entry for entry in entries if entry.day is not None and entry.day > evidence.cutoff - YEAR]
    if recent:
        # A line that dates itself counts without being opened.
        kept = kept_part(evidence, types, offered, what, columns_only=all(entry.day for entry in entries))
        note = f"{len(recent)} of {len(entries)} entries of the {what} column fall within the year to {evidence.cutoff}"
        refs = [entry.ref for entry in recent[:MOST_CITED]]
        return kept or measured(len(recent), note=note, evidence=refs, n=len(entries))
    if unseen := unseen_part(evidence, types, offered, what):
        return unseen
    if entries:
        return _none_recent(entries, what)
    pages = column_pages(evidence, types, offered)
    if not pages and not offered:
        return no_such_column(evidence, what)
    if any(_is_sound(page, evidence) for page in pages):
        note = f"the {what} column lists nothing that was published"
        return measured(0, note=note, evidence=cited(pages), n=0)
    return service_column(evidence, types, what)


def _none_recent(entries: list[Entry], what: str) -> Measurement:
    dated = [entry for entry in entries if entry.day is not None]
    refs = [entry.ref for entry in (dated or entries)[:MOST_CITED]]
    if not dated:
        return not_measured(f"none of the {len(entries)} entries of the {what} column carries a date", refs)
    note = f"the newest entry of the {what} column is dated {dated[0].day}, more than a year before the cut-off"
    return measured(0, note=note, evidence=refs, n=len(entries))


def _is_sound(page: PageEvidence, evidence: Evidence) -> bool:
    return is_in_language(page, evidence) and (page.is_article or has_substance(page))


def _line(item: ListItem) -> str:
    return f"{excerpt(item.title)}: {item.date or 'no date'}"
