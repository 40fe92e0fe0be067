"""Whether a matter of everyday life is told: in a column of its own, or on a page whose title names it."""

from __future__ import annotations

from collections.abc import Collection

from scoring.evidence import Evidence, Measurement, Outcome, measured
from scoring.readings.column_facets import no_words
from scoring.readings.facets import is_listed, says
from scoring.readings.features import captured_pages, has_substance, is_in_language, page_cue
from scoring.readings.service_columns import service_column

SUBJECT = "everyday"
# What is reported, ruled, offered to investors or answered to one reader elsewhere is no information to live by.
_GUIDES = frozenset({
    None, "overview", "visa", "education", "tourism", "living", "health", "transport", "emergency", "services",
})  # fmt: skip


def everyday_information(evidence: Evidence, facet: str, types: Collection[str], what: str) -> Measurement:
    """Measure 1 where a column of these types serves the reader, or a page of another whose title names the matter.

    Else what `service_column` says: 0, or why it cannot be told.
    """
    column = service_column(evidence, types, what)
    if column.outcome is Outcome.MEASURED and column.value == 1:
        return column
    if not is_listed(SUBJECT, evidence.language):
        return column if column.outcome is Outcome.NOT_MEASURED else no_words(evidence, f"of {what}")
    for page in captured_pages(evidence):
        if page.column_type not in _GUIDES or not has_substance(page) or page.depth == 0:
            continue
        if is_in_language(page, evidence) and says(SUBJECT, facet, page.facts.title, evidence.language):
            note = f"“{page_cue(page)}” tells of {what}, with {page.facts.text_chars} characters"
            return measured(1, note=note, evidence=[page.ref.citing(page_cue(page))])
    return column
