"""Days since the newest entry of the version's frequently asked questions.

What it measures
    Days between the newest date of the column of frequent questions, of its entries or of its own page, and the
    cut-off date.
Why it matters
    Answers about visas and taxes of five years ago are wrong answers.
Blind spots
    Most such columns carry no date and are not measured. A changed answer under an old date looks old.
"""

from datetime import date

from crawler.extract.facts import LAST_MODIFIED, DateFact
from scoring.evidence import Evidence, EvidenceRef, Measurement, measured, not_applicable, not_measured
from scoring.readings.column_entries import column_entries
from scoring.readings.features import cited, date_cue, has_substance, is_in_language
from scoring.readings.service_columns import column_pages, no_such_column, offers, unseen_column
from scoring.registry import indicator

TYPES = ("faq",)
WHAT = "frequently asked questions"


@indicator(unit="days", needs=["home"])
def days_since_faq(evidence: Evidence) -> Measurement:
    """Measure on what is dated; without such a column there is nothing to measure."""
    offered = offers(evidence, TYPES)
    pages = [page for page in column_pages(evidence, TYPES, offered) if is_in_language(page, evidence)]
    pages = [page for page in pages if has_substance(page)]
    dated = [(entry.day, entry.ref) for entry in column_entries(evidence, TYPES) if entry.day is not None]
    for page in pages:
        days = [page.published, _changed(page.facts.updated)]
        dated += [(day, page.ref.citing(date_cue(page))) for day in days if day and day <= evidence.cutoff]
    if dated:
        return _newest(dated, evidence.cutoff)
    if any(offer.is_unseen for offer in offered):
        return unseen_column(offered, WHAT)
    if pages:
        return not_measured(f"the column of {WHAT} carries no date", cited(pages))
    if not offered and no_such_column(evidence, WHAT).value is None:
        return no_such_column(evidence, WHAT)
    return not_applicable(f"the version has no column of {WHAT} with content in its language")


def _changed(updated: DateFact | None) -> date | None:
    """Return the day that the page itself says it was changed; a server's word may be that of a mere copy."""
    return updated.date if updated and updated.cue != LAST_MODIFIED else None


def _newest(dated: list[tuple[date, EvidenceRef]], cutoff: date) -> Measurement:
    day, ref = max(dated, key=lambda pair: (pair[0], -pair[1].capture))
    note = f"the newest entry of the {WHAT} is dated {day}"
    return measured((cutoff - day).days, note=note, evidence=[ref], n=len(dated))
