"""Development zones and parks that the version introduces.

What it measures
    Captured pages of the parks, investment and business columns that are in the version's language and introduce a
    zone or park: in their title, or in a sentence with a figure.
Why it matters
    Most foreign companies settle in a zone, and compare zones by what they offer.
Blind spots
    Several zones on one page count once. Zones that are only named in a list do not count; words are those of a list
    (`facets.yaml`).
"""

import re

from scoring.evidence import Evidence, EvidenceRef, Measurement, PageEvidence, measured
from scoring.readings.column_facets import no_words, serving_pages
from scoring.readings.facets import is_listed, says, sentences
from scoring.readings.features import MOST_CITED, cited, excerpt, holds_text
from scoring.readings.service_columns import kept_part, offers, service_column, unseen_part
from scoring.registry import indicator

TYPES = ("parks", "investment", "business")
WHAT = "parks or investment"
SUBJECT = "parks"
FIGURE = re.compile(r"\d")


@indicator(unit="count", needs=["home"])
def park_profiles(evidence: Evidence) -> Measurement:
    """Count pages: one that introduces three zones well is still one to read."""
    if not is_listed(SUBJECT, evidence.language):
        return no_words(evidence, "of development zones")
    offered = offers(evidence, TYPES)
    pages = serving_pages(evidence, TYPES, offered)
    if not pages:
        return service_column(evidence, TYPES, WHAT)
    found = [ref for page in pages if (ref := _profile(page, evidence.language)) is not None]
    look = kept_part if found else unseen_part
    if unseen := look(evidence, TYPES, offered, WHAT):
        return unseen
    note = f"{len(found)} of {len(pages)} pages on parks and investment introduce a development zone"
    return measured(len(found), note=note, evidence=found[:MOST_CITED] or cited(pages), n=len(pages))


def _profile(page: PageEvidence, language: str) -> EvidenceRef | None:
    """Return the page citing what introduces a zone, None where nothing does."""
    if holds_text(page) and says(SUBJECT, "zone", page.facts.title, language):
        return page.ref.citing(f"title: {excerpt(page.facts.title)}")
    for sentence in sentences(page.facts.text):
        if FIGURE.search(sentence) and says(SUBJECT, "zone", sentence, language):
            return page.ref.citing(excerpt(sentence, 120))
    return None
