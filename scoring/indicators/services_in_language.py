"""Share of the services offered that are in the version's language, not links to Chinese pages.

What it measures
    Pages of service columns, and Chinese pages that these link to from their body, as far as they were captured: those
    in the version's language with a text or a list, over all whose language can be told; at least two.
Why it matters
    A service that is a foreign title over a Chinese page serves nobody who needs the foreign version.
Blind spots
    What was not captured, pages as good as empty, and links out of the site are not counted. A link to the Chinese
    original counts against the version where it stands in the text; one in a menu or footer does not.
"""

from crawler.scope import page_key
from scoring.evidence import Evidence, EvidenceRef, Measurement, PageEvidence, measured, not_applicable, not_measured
from scoring.readings.features import (
    MOST_CITED,
    base_name,
    captured_pages,
    cited,
    excerpt,
    has_substance,
    is_decided,
    is_in_language,
    language_name,
    page_cue,
)
from scoring.readings.service_columns import column_pages, no_such_column, offers, unseen_part
from scoring.registry import indicator

TYPES = (
    "visa", "business", "investment", "parks", "education", "tourism", "living", "health", "transport", "emergency",
    "services", "downloads",
)  # fmt: skip
FEWEST = 2


@indicator(unit="share", needs=["home"])
def services_in_language(evidence: Evidence) -> Measurement:
    """Measure on pages that were seen; what was not says nothing."""
    offered = offers(evidence, TYPES)
    pages = [page for page in column_pages(evidence, TYPES, offered) if _says_something(page)]
    linked = _chinese_behind(pages, evidence)
    judged = len(pages) + len(linked)
    if not offered and not pages:
        found = no_such_column(evidence, "service")
        return not_applicable(found.note, list(found.evidence)) if found.value == 0 else found
    if judged < FEWEST:
        if unseen := unseen_part(evidence, TYPES, offered, "service"):
            return unseen
        return not_measured(f"only {judged} service pages could be judged, at least {FEWEST} are needed", cited(pages))
    other = [page for page in pages if not is_in_language(page, evidence)]
    good = len(pages) - len(other)
    refs = [page.ref.citing(f"{language_name(page.facts.language.body)}: {page_cue(page)}") for page in other] + linked
    return measured(
        good / judged,
        note=f"{good} of {judged} service pages serve in the version's language",
        evidence=refs[:MOST_CITED] or cited(pages),
        n=judged,
    )


def _says_something(page: PageEvidence) -> bool:
    return is_decided(page.facts.language.body) and (page.is_article or has_substance(page))


def _chinese_behind(pages: list[PageEvidence], evidence: Evidence) -> list[EvidenceRef]:
    """Return the Chinese pages that service pages link to from their text, each once, citing the link's words."""
    own = {page_key(page.url) for page in captured_pages(evidence)}
    chinese = {page_key(page.url): page for page in evidence.chinese_pages}
    home = evidence.chinese_home
    ignored = own | {page_key(home.url)} if home is not None else own
    found: dict[str, EvidenceRef] = {}
    for page in pages:
        for link in page.facts.links:
            key = page_key(link.url)
            if link.place == "body" and key in chinese and key not in ignored:
                found.setdefault(
                    key, page.ref.citing(f"links into {base_name(evidence)}: {excerpt(link.anchor) or link.url}")
                )
    return list(found.values())
