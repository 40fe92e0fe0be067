"""Share of the listed bodies that are told with what they do and how to reach them.

What it measures
    Bodies (offices, bureaus, departments ...) that a captured page of the organisation column names together with
    a line on their function and a telephone number, mail or postal address, over all bodies named there.
Why it matters
    A list of names in a foreign language helps nobody to find the right counter.
Blind spots
    Bodies are told by words such as bureau and office (`facets.yaml`) at the head of a line or row; lists drawn
    as pictures are not read. Which bodies are missing from the list, expert review says.
"""

from scoring.evidence import Evidence, Measurement, PageEvidence, measured
from scoring.readings.column_facets import no_words, serving_pages
from scoring.readings.facets import is_listed
from scoring.readings.features import MOST_CITED, cited
from scoring.readings.listed_bodies import Body, listed_bodies
from scoring.readings.service_columns import offers, service_column, unseen_part
from scoring.registry import indicator

TYPES = ("organisation",)
WHAT = "organisation"


@indicator(unit="share", needs=["home"])
def organisation_contact_share(evidence: Evidence) -> Measurement:
    """Measure on every body once, by its fullest entry; a column that names none earns nothing."""
    if not is_listed(WHAT, evidence.language):
        return no_words(evidence, "of bodies")
    offered = offers(evidence, TYPES)
    pages = serving_pages(evidence, TYPES, offered)
    if not pages:
        return service_column(evidence, TYPES, WHAT)
    bodies = _each_once(pages, evidence.language)
    full = [body for body in bodies if _is_full(body)]
    is_all = bool(bodies) and len(full) == len(bodies)
    if not is_all and (unseen := unseen_part(evidence, TYPES, offered, WHAT)):
        return unseen
    if not bodies:
        return measured(
            0, note="the organisation column names no body on a line of its own", evidence=cited(pages), n=0
        )
    short = [body for body in bodies if not _is_full(body)]
    return measured(
        len(full) / len(bodies),
        note=f"{len(full)} of {len(bodies)} listed bodies are told with function and contact",
        evidence=[body.ref for body in (short or full)[:MOST_CITED]],
        n=len(bodies),
    )


def _each_once(pages: list[PageEvidence], language: str) -> list[Body]:
    best: dict[str, Body] = {}
    for page in pages:
        for body in listed_bodies(page, language):
            key = body.name.casefold()
            if key not in best or (_is_full(body) and not _is_full(best[key])):
                best[key] = body
    return list(best.values())


def _is_full(body: Body) -> bool:
    return body.is_reachable and body.has_function
