"""Days since the newest entry of the version's frequently asked questions.

What it measures
    Days between the newest date of the column of frequent questions, of its entries or of its own page, and the
    cut-off date.
Why it matters
    Answers about visas and taxes of five years ago are wrong answers.
Blind spots
    Most such columns carry no date and are not measured. A changed answer under an old date looks old.
    Where nothing of the last half year was seen and a part of the column could not be looked at, nothing is said.
"""

from datetime import date

from crawler.extract.facts import LAST_MODIFIED, DateFact
from scoring.evidence import Evidence, EvidenceRef, Measurement, measured, not_applicable, not_measured
from scoring.readings.column_entries import column_entries
from scoring.readings.features import cited, date_cue, has_substance, is_in_language
from scoring.readings.service_columns import column_pages, no_such_column, offers, unseen_part
from scoring.registry import indicator

TYPES = ("faq",)
FRESH_DAYS = 180  # what is so new is not made older by what we failed to see
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
    newest = max(dated, key=lambda pair: (pair[0], -pair[1].capture), default=None)
    if newest and (evidence.cutoff - newest[0]).days <= FRESH_DAYS:
        return _newest(newest, evidence.cutoff, len(dated))
    if unseen := unseen_part(evidence, TYPES, offered, WHAT):
        return unseen
    if newest:
        return _newest(newest, evidence.cutoff, len(dated))
    if pages:
        return not_measured(f"the column of {WHAT} carries no date", cited(pages))
    if not offered and no_such_column(evidence, WHAT).value is None:
        return no_such_column(evidence, WHAT)
    return not_applicable(f"the version has no column of {WHAT} with content in its language")


def _changed(updated: DateFact | None) -> date | None:
    """Return the day that the page itself says it was changed; a server's word may be that of a mere copy."""
    return updated.date if updated and updated.cue != LAST_MODIFIED else None


def _newest(found: tuple[date, EvidenceRef], cutoff: date, n: int) -> Measurement:
    day, ref = found
    note = f"the newest entry of the {WHAT} is dated {day}"
    return measured((cutoff - day).days, note=note, evidence=[ref], n=n)
