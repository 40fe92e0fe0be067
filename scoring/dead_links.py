"""Links of a version that lead nowhere: what the site itself answered with an error, and which pages link there."""

from __future__ import annotations

from dataclasses import dataclass

from crawler.model import Failure
from crawler.scope import page_key
from scoring.evidence import Evidence, FailedFetch, PageEvidence
from scoring.features import GONE


@dataclass(frozen=True)
class LinkTrial:
    """Links that were tried: how many addresses, and those that are dead, each with a page that links there."""

    tried: int
    dead: tuple[tuple[FailedFetch, PageEvidence], ...]


def is_dead(fetch: FailedFetch) -> bool:
    """Tell whether the site answered that the page is not there, or failed to give it: 404, 410, 5xx, a soft 404."""
    status = fetch.status or 0
    is_error = status in GONE or 500 <= status < 600
    return fetch.failure is Failure.HTTP_ERROR and (is_error or is_soft(fetch))


def is_soft(fetch: FailedFetch) -> bool:
    """Tell whether a page that does not exist answered 200."""
    return fetch.failure is Failure.HTTP_ERROR and fetch.status == 200


def tried_links(evidence: Evidence, *, on_home: bool) -> LinkTrial:
    """Return what came of the links of the home page, or of all others (dead ones that the home page has left out).

    An address that was captured in the end is not dead. Blocked, timed out and disallowed ones were not tried.
    """
    whole = {page_key(url) for page in evidence.pages for url in (page.url, page.ref.url)}
    broken = {page_key(f.url): f for f in reversed(evidence.failed) if is_dead(f) and page_key(f.url) not in whole}
    home = _links([evidence.home]) if evidence.home is not None else {}
    others = [page for page in evidence.pages if page is not evidence.home]
    linked = home if on_home else _links(others)
    dead = [(broken[key], linked[key]) for key in sorted(broken) if key in linked and (on_home or key not in home)]
    return LinkTrial(sum(key in whole for key in linked) + len(dead), tuple(dead))


def _links(pages: list[PageEvidence]) -> dict[str, PageEvidence]:
    """Address → the first page that links there."""
    found: dict[str, PageEvidence] = {}
    for page in pages:
        for link in page.facts.links:
            found.setdefault(page_key(link.url), page)
    return found
