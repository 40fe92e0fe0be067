"""Share of laws and policies that carry a date.

What it measures
    Entries of the law and policy column with a publication date, their page's own or that of a list, over all entries
    in the version's language; at least three.
Why it matters
    Without a date nobody knows whether a rule is in force or was replaced.
Blind spots
    A date shown only in a picture or written by a script is not seen. Dates of entry into force are not told from dates
    of publication.
"""

from scoring.evidence import Evidence, Measurement, measured, not_applicable, not_measured
from scoring.readings.column_entries import column_entries
from scoring.readings.features import MOST_CITED
from scoring.readings.service_columns import no_such_column, offers, unseen_part
from scoring.registry import indicator

TYPES = ("laws",)
WHAT = "law and policy"


@indicator(unit="share", needs=["home"], parameters={"fewest": 3})
def policy_dated_share(evidence: Evidence, fewest: int) -> Measurement:
    """Measure on entries, whether or not their page was opened: a list may date what it holds."""
    offered = offers(evidence, TYPES)
    entries = column_entries(evidence, TYPES)
    if not offered and not entries:
        found = no_such_column(evidence, WHAT)
        return not_applicable(found.note, list(found.evidence)) if found.value == 0 else found
    if len(entries) < max(fewest, 1):
        if unseen := unseen_part(evidence, TYPES, offered, WHAT):
            return unseen
        note = f"only {len(entries)} laws and policies were found, at least {fewest} are needed"
        return not_measured(note, [entry.ref for entry in entries[:MOST_CITED]])
    undated = [entry for entry in entries if entry.day is None]
    dated = len(entries) - len(undated)
    return measured(
        dated / len(entries),
        note=f"{dated} of {len(entries)} laws and policies carry a date",
        evidence=[entry.ref for entry in (undated or entries)[:MOST_CITED]],
        n=len(entries),
    )
