"""How much a column publishes in the version's language: its entries, of which at least one was opened."""

from __future__ import annotations

from collections.abc import Collection

from scoring.evidence import Evidence, Measurement, measured, not_measured
from scoring.readings.column_entries import Entry, column_entries
from scoring.readings.features import MOST_CITED, cited, is_in_language
from scoring.readings.service_columns import column_pages, kept_part, offers, service_column, unseen_part


def entry_count(evidence: Evidence, types: Collection[str], what: str, *, opened_only: bool = False) -> Measurement:
    """Count the entries of columns of these types (`column_entries`); with `opened_only` those whose page was captured.

    An entry that is only listed counts where another of the column was opened and serves the reader: titles over
    nothing do not. A column without entries counts as one where its own page serves, else as 0.
    """
    offered = offers(evidence, types)
    entries = column_entries(evidence, types)
    opened = [entry for entry in entries if entry.opened]
    if opened:
        # What its list names counts without being opened, so that only a column can be missing.
        kept = kept_part(evidence, types, offered, what, columns_only=not opened_only)
        return kept or _counted(opened if opened_only else entries, len(opened), what)
    if unseen := unseen_part(evidence, types, offered, what):
        return unseen
    if entries:
        note = f"none of the {len(entries)} entries of the {what} column was captured"
        return not_measured(note, [entry.ref for entry in entries[:MOST_CITED]])
    lists = [p for p in column_pages(evidence, types, offered) if p.facts.items and is_in_language(p, evidence)]
    if lists:
        return measured(0, note=f"nothing that the {what} column lists can be read", evidence=cited(lists), n=0)
    return service_column(evidence, types, what)


def _counted(entries: list[Entry], opened: int, what: str) -> Measurement:
    ordered = sorted(entries, key=lambda entry: not entry.opened)
    note = f"the {what} column publishes {len(entries)} texts in the version's language, {opened} of them opened"
    return measured(len(entries), note=note, evidence=[entry.ref for entry in ordered[:MOST_CITED]], n=len(entries))
