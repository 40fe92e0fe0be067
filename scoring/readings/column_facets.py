"""How many facets of its subject a column tells: the flow that the indicators on contents share."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from scoring.evidence import Evidence, Measurement, PageEvidence, measured, not_measured
from scoring.readings.facets import Telling, facets_of, is_listed, told, words_of
from scoring.readings.features import MOST_CITED, cited, has_substance, is_in_language, language_name
from scoring.readings.service_columns import Offer, column_pages, offers, service_column, unseen_part


def serving_pages(evidence: Evidence, types: Collection[str], offered: Iterable[Offer]) -> list[PageEvidence]:
    """Return the pages of columns of these types that serve the version's reader: in its language, with substance."""
    pages = column_pages(evidence, types, offered)
    return [page for page in pages if is_in_language(page, evidence) and (page.is_article or has_substance(page))]


def facet_count(evidence: Evidence, subject: str, types: Collection[str], what: str) -> Measurement:
    """Count the facets of a subject that the serving pages of its columns tell.

    0 where no column serves (as `service_column` says). Not measured: no words are known in the version's
    language, or a facet is missing and a column of the subject could not be looked at.
    """
    if not is_listed(subject, evidence.language):
        return no_words(evidence, what)
    offered = offers(evidence, types)
    pages = serving_pages(evidence, types, offered)
    if not pages:
        return service_column(evidence, types, what)
    found = told(subject, pages, evidence.language)
    if len(found) < len(facets_of(subject)) and (unseen := unseen_part(evidence, types, offered, what)):
        return unseen
    return facets_measured(subject, found, pages, what)


def facets_measured(
    subject: str, found: dict[str, Telling], pages: Iterable[PageEvidence], what: str, verb: str = "tell"
) -> Measurement:
    """Say which facets are told and which are missing; the sentences that tell them are cited, else the pages."""
    read = list(pages)
    names = facets_of(subject)
    missing = ", ".join(words_of(name) for name in names if name not in found)
    note = f"the {what} pages {verb} {len(found)} of {len(names)}: {', '.join(map(words_of, found)) or 'none'}"
    note += f"; not found: {missing}" if missing else ""
    refs = [telling.ref for telling in found.values()][:MOST_CITED] or cited(read)
    return measured(len(found), note=note, evidence=refs, n=len(read))


def no_words(evidence: Evidence, what: str) -> Measurement:
    """Say that we have no words to look for in the version's language."""
    return not_measured(f"no words are known by which {language_name(evidence.language)} tells {what}")
