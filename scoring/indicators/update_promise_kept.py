"""Whether a promise of how often the version is updated is kept.

What it measures
    Where a captured page says that it is updated daily, weekly or monthly: whether the newest date of any captured
    page or list entry is at most that long, and three days more, before the cut-off date.
Why it matters
    A promise that is not kept is worse than none: readers act upon it.
Blind spots
    Only promises in the words of a list (`facets.yaml`) are found; the shortest counts. Three days of grace,
    for a weekend or a holiday, are a threshold of this project. A version that promises nothing is not measured by
    this. Where nothing so new was seen and a news or notices column could not be looked at, nothing is said.
"""

from datetime import timedelta

from scoring.evidence import Evidence, Measurement, PageEvidence, measured, not_applicable, not_measured
from scoring.readings.column_facets import no_words
from scoring.readings.dated_updates import UNDATED, dated_updates, unseen_news
from scoring.readings.facets import Telling, facets_of, is_listed, says, sentences
from scoring.readings.features import captured_pages, cited
from scoring.registry import indicator

SUBJECT = "update_promise"
PERIODS = {"daily": 1, "weekly": 7, "monthly": 31}


@indicator(unit="boolean", needs=["pages"], parameters={"grace_days": 3})
def update_promise_kept(evidence: Evidence, grace_days: int) -> Measurement:
    """Read texts and footers: promises stand in both."""
    if not is_listed(SUBJECT, evidence.language):
        return no_words(evidence, "of updates")
    pages = captured_pages(evidence)
    promise = _promise(pages, evidence.language)
    if promise is None:
        return not_applicable("no captured page promises how often it is updated", cited(pages[:1]))
    updates = dated_updates(evidence)
    if not updates:
        return not_measured(UNDATED, [promise.ref])
    newest = updates[0]
    allowed = timedelta(days=PERIODS[promise.facet] + grace_days)
    kept = evidence.cutoff - newest.day <= allowed
    if not kept and (unseen := unseen_news(evidence)):
        return unseen
    note = f"{promise.page.url} promises {promise.facet} updates; the newest date is {newest.day}"
    return measured(kept, note=note, evidence=[promise.ref, newest.ref], n=len(updates))


def _promise(pages: list[PageEvidence], language: str) -> Telling | None:
    """Return the promise of the shortest period."""
    for period in facets_of(SUBJECT):
        for page in pages:
            for sentence in sentences(f"{page.facts.text}\n{page.facts.chrome_text}"):
                if says(SUBJECT, period, sentence, language):
                    return Telling(period, page, sentence)
    return None
