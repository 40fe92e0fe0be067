"""Number of frequently asked questions that the version answers.

What it measures
    Questions on the captured pages of the column of frequent questions that are in the version's language: lines that
    end in a question mark, or else the column's entries.
Why it matters
    A column with two questions answers two readers.
Blind spots
    Questions without a question mark on one long page count as none. Whether the answers help, expert review says.
"""

import re

from scoring.evidence import Evidence, EvidenceRef, Measurement, measured, not_measured
from scoring.readings.column_entries import column_entries
from scoring.readings.features import MOST_CITED, excerpt, has_substance, is_in_language
from scoring.readings.service_columns import column_pages, kept_part, offers, service_column, unseen_part
from scoring.registry import indicator

TYPES = ("faq",)
WHAT = "frequently asked questions"
_QUESTION = re.compile(r"[^\n?？؟]{8,300}[?？؟](?=\s|$)")


@indicator(unit="count", needs=["home"])
def faq_count(evidence: Evidence) -> Measurement:
    """Count questions that stand on the column's pages, then entries of its lists."""
    offered = offers(evidence, TYPES)
    questions: dict[str, EvidenceRef] = {}
    for page in column_pages(evidence, TYPES, offered):
        if is_in_language(page, evidence) and has_substance(page):
            for match in _QUESTION.finditer(page.facts.text):
                words = excerpt(match[0].strip())
                questions.setdefault(words.lower(), page.ref.citing(words))
    entries = column_entries(evidence, TYPES)
    if kept := kept_part(evidence, TYPES, offered, WHAT):
        return kept
    if len(entries) > len(questions):
        note = f"the column of {WHAT} holds {len(entries)} entries"
        return measured(len(entries), note=note, evidence=[e.ref for e in entries[:MOST_CITED]], n=len(entries))
    if questions:
        note = f"the column of {WHAT} answers {len(questions)} questions"
        return measured(len(questions), note=note, evidence=list(questions.values())[:MOST_CITED], n=len(questions))
    if unseen := unseen_part(evidence, TYPES, offered, WHAT):
        return unseen
    column = service_column(evidence, TYPES, WHAT)
    if column.value == 1:
        return not_measured(
            f"the column of {WHAT} holds text in which no question could be told", list(column.evidence)
        )
    return column
