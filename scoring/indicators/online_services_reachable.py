"""Share of the links to online services that lead somewhere.

What it measures
    Addresses that a captured page of the version links to in words such as "apply online" or "service portal", as far
    as they were captured or tried: those that answered, over those of which it is known.
Why it matters
    A service that is announced and does not answer costs its reader a day.
Blind spots
    Nothing is filled in or sent: whether the service works, and in what language, expert review says. Words are those
    of a list (`facets.yaml`). Hosts that give us no answer may answer others, and are left out.
"""

from crawler.scope import page_key
from scoring.evidence import Evidence, EvidenceRef, Measurement, measured, not_applicable, not_measured
from scoring.readings.column_facets import no_words
from scoring.readings.dead_links import is_dead
from scoring.readings.facets import is_listed, says
from scoring.readings.features import MOST_CITED, captured_pages, cited, excerpt
from scoring.registry import indicator

SUBJECT = "online"


@indicator(unit="share", needs=["pages"])
def online_services_reachable(evidence: Evidence) -> Measurement:
    """Measure each address once, by what its first link says."""
    if not is_listed(SUBJECT, evidence.language):
        return no_words(evidence, "of online services")
    links = _service_links(evidence)
    if not links:
        return not_applicable("no captured page links to an online service", cited(captured_pages(evidence)[:1]))
    state = _answers(evidence)
    known = {key: state[key] for key in links if key in state}
    if not known:
        note = f"none of {len(links)} links to online services was tried"
        return not_measured(note, list(links.values())[:MOST_CITED])
    dead = [links[key] for key, answers in known.items() if not answers]
    good = len(known) - len(dead)
    return measured(
        good / len(known),
        note=f"{good} of {len(known)} links to online services lead somewhere",
        evidence=(dead or [links[key] for key in known])[:MOST_CITED],
        n=len(known),
    )


def _service_links(evidence: Evidence) -> dict[str, EvidenceRef]:
    """Address → the first page that links there in words of an online service, citing them."""
    found: dict[str, EvidenceRef] = {}
    for page in captured_pages(evidence):
        for link in page.facts.links:
            if says(SUBJECT, "apply", link.anchor, evidence.language):
                found.setdefault(page_key(link.url), page.ref.citing(f"{excerpt(link.anchor)}: {link.url}"))
    return found


def _answers(evidence: Evidence) -> dict[str, bool]:
    """Address → whether it answered, where that is known."""
    found = {page_key(failed.url): False for failed in evidence.failed if is_dead(failed)}
    found |= {page_key(check.url): check.answers for check in evidence.outbound if check.answers is not None}
    pages = (*captured_pages(evidence), *evidence.chinese_pages)
    return found | {page_key(url): True for page in pages for url in (page.url, page.ref.url)}
