"""How complete the guides to services are, by the eight elements that a guide owes.

What it measures
    For each captured guide: the share of the eight elements (name, legal basis, conditions, materials, place, time,
    phone, process) that a sentence in the version's language tells; the mean over all guides. A guide is an
    article of a service column that tells at least three of them beside its name.
Why it matters
    A guide without address, papers or time sends its reader home to ask again.
Blind spots
    Elements are told by a list of words (`facets.yaml`), time and phone by a number beside. A description that
    tells two elements is taken for no guide, not for a poor one. The elements are those of the State Council's
    checks of Chinese versions, adapted.
"""

from collections.abc import Mapping

from scoring.evidence import Evidence, Measurement, measured
from scoring.readings.column_facets import no_words, serving_pages
from scoring.readings.facets import facets_of, is_listed, told, words_of
from scoring.readings.features import MOST_CITED, cited, holds_text, page_cue
from scoring.readings.service_columns import offers, service_column, unseen_part
from scoring.registry import indicator

TYPES = ("visa", "business", "investment", "education", "living", "health", "transport", "services")
WHAT = "service"
SUBJECT = "guide"
ELEMENTS = len(facets_of(SUBJECT)) + 1  # the name is the page's title


@indicator(unit="share", needs=["home"], parameters={"fewest_elements": 3})
def guide_elements(evidence: Evidence, fewest_elements: int) -> Measurement:
    """Measure on every guide found; services without any guide earn nothing."""
    if not is_listed(SUBJECT, evidence.language):
        return no_words(evidence, "of guides")
    offered = offers(evidence, TYPES)
    pages = serving_pages(evidence, TYPES, offered)
    if not pages:
        return service_column(evidence, TYPES, WHAT)
    read = [(page, told(SUBJECT, [page], evidence.language)) for page in pages if holds_text(page)]
    guides = [(page, found) for page, found in read if len(found) >= fewest_elements]
    if not guides and (unseen := unseen_part(evidence, TYPES, offered, WHAT)):
        return unseen
    if not guides:
        return measured(0, note=f"none of {len(pages)} service pages is a guide", evidence=cited(pages), n=0)
    mean = sum(len(found) + 1 for _, found in guides) / (ELEMENTS * len(guides))
    refs = [page.ref.citing(_cue(page_cue(page), found)) for page, found in guides[:MOST_CITED]]
    note = f"{len(guides)} guides tell {mean * ELEMENTS:.1f} of {ELEMENTS} elements on average"
    return measured(mean, note=note, evidence=refs, n=len(guides))


def _cue(title: str, found: Mapping[str, object]) -> str:
    missing = [words_of(name) for name in facets_of(SUBJECT) if name not in found]
    return f"{title}: {'without ' + ', '.join(missing) if missing else 'all elements'}"
