"""What came of the links that were tried: the files that a version offers, and where it leads out of the site."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from crawler.archive.reading import SiteReader
from crawler.link_checks import may_be_tried
from crawler.model import Capture
from scoring.evidence import AttachmentEvidence, EvidenceRef, ExaminedPage, LinkCheck, PageEvidence, SearchTrial


def ref_of(capture: Capture) -> EvidenceRef:
    """The evidence reference of a capture."""
    return EvidenceRef(
        capture.id, capture.final_url, capture.fetched, capture.digest, capture.warc_file, capture.offset
    )


def attachments_of(reader: SiteReader, pages: Iterable[PageEvidence]) -> tuple[AttachmentEvidence, ...]:
    """The files that a version's pages link to, each address once, the first page that holds it standing for all."""
    found: dict[str, AttachmentEvidence] = {}
    for page in pages:
        for link in page.facts.attachments:
            if link.url not in found:
                check = _check(reader, link.url, link.anchor, page)
                found[link.url] = AttachmentEvidence(page.ref, link, check)
    return tuple(found.values())


def outbound_of(
    reader: SiteReader, pages: Iterable[PageEvidence], is_own: Callable[[str], bool]
) -> tuple[LinkCheck, ...]:
    """The links of home page and columns that lead out of the crawled versions, as far as they were tried."""
    found: dict[str, LinkCheck] = {}
    for page in pages:
        for link in page.facts.links:
            if link.url in found or not may_be_tried(link, page.depth) or is_own(link.url):
                continue
            check = _check(reader, link.url, link.anchor, page)
            if check is not None:
                found[link.url] = check
    return tuple(found.values())


def search_of(reader: SiteReader, version: str) -> SearchTrial | None:
    """What a version's search answered to the query that it was asked, None where it was not."""
    answer = reader.searched(version)
    if answer is None:
        return None
    capture, (failure, note) = answer.capture, answer.failure or (None, "")
    ref = ref_of(capture) if capture.warc_file else None
    return SearchTrial(capture.url, ref, answer.facts, failure, capture.status, note)


def examined_of(reader: SiteReader, version: str) -> tuple[ExaminedPage, ...]:
    """What axe-core found on the pages of a version that a browser has shown to it, by address."""
    own = ((url, *held) for url, held in sorted(reader.examinations.items()) if held[0].version == version)
    return tuple(ExaminedPage(url, ref_of(capture), found) for url, capture, found in own)


def _check(reader: SiteReader, url: str, anchor: str, page: PageEvidence) -> LinkCheck | None:
    tried = reader.tried(url)
    if tried is None:
        return None
    capture, (failure, note) = tried.capture, tried.failure or (None, "")
    stated = capture.header("Content-Length") or ""
    return LinkCheck(
        url=url,
        anchor=anchor,
        page=page.ref,
        ref=ref_of(capture) if capture.warc_file else None,
        status=capture.status,
        failure=failure,
        note=note,
        content_type=(capture.header("Content-Type") or "").partition(";")[0].strip().lower(),
        size=int(stated) if stated.isascii() and stated.isdigit() and len(stated) < 16 else None,
        is_page=tried.is_page,
    )
