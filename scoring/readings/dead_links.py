"""Links of a version that lead nowhere: what the site itself answered with an error, and which pages link there."""

from __future__ import annotations

from dataclasses import dataclass

from crawler.model import Failure
from crawler.scope import page_key
from scoring.evidence import Evidence, EvidenceRef, FailedFetch, PageEvidence


@dataclass(frozen=True)
class DeadLink:
    """A link that leads nowhere: its address, the status that answered, and the archived page that shows it."""

    url: str
    status: int | None
    ref: EvidenceRef


@dataclass(frozen=True)
class LinkTrial:
    """Links that were tried: how many addresses, and those of them that are dead, by address."""

    tried: int
    dead: tuple[DeadLink, ...]


def is_dead(fetch: FailedFetch) -> bool:
    """Tell whether the site answered that the page is not there, or failed to give it: 404, 410, 5xx, a soft 404."""
    return fetch.is_gone or (fetch.failure is Failure.HTTP_ERROR and 500 <= (fetch.status or 0) < 600)


def is_soft(fetch: FailedFetch) -> bool:
    """Tell whether a page that does not exist answered 200."""
    return fetch.failure is Failure.HTTP_ERROR and fetch.status == 200


def tried_links(evidence: Evidence, *, on_home: bool) -> LinkTrial:
    """Return what came of the links of the home page, or of all others (dead ones that the home page has left out).

    An address that was captured in the end is not dead. Blocked, timed out and disallowed ones were not tried. Links
    out of the site count as far as they were tried.
    """
    whole = {page_key(url) for page in evidence.pages for url in (page.url, page.ref.url)}
    broken = {page_key(f.url): f for f in reversed(evidence.failed) if is_dead(f) and page_key(f.url) not in whole}
    home = _links([evidence.home]) if evidence.home is not None else {}
    others = [page for page in evidence.pages if page is not evidence.home]
    linked = home if on_home else _links(others)
    dead = {
        key: _dead(broken[key].url, broken[key].status, broken[key].ref or linked[key].ref)
        for key in broken
        if key in linked and (on_home or key not in home)
    }
    out = {page_key(check.url): check for check in evidence.outbound if check.answers is not None}
    out = {key: check for key, check in out.items() if key in linked and key not in whole and key not in broken}
    for key, check in out.items():
        if not check.answers and (on_home or key not in home):
            dead[key] = _dead(check.url, check.status, check.ref or check.page)
    tried = sum(key in whole for key in linked) + sum(key in broken for key in dead)
    tried += sum(bool(check.answers) or key in dead for key, check in out.items())
    return LinkTrial(tried, tuple(dead[key] for key in sorted(dead)))


def _dead(url: str, status: int | None, ref: EvidenceRef) -> DeadLink:
    return DeadLink(url, status, ref.citing(f"{url} answers {status}"))


def _links(pages: list[PageEvidence]) -> dict[str, PageEvidence]:
    """Address → the first page that links there."""
    found: dict[str, PageEvidence] = {}
    for page in pages:
        for link in page.facts.links:
            found.setdefault(page_key(link.url), page)
    return found
