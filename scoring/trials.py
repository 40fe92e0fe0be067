"""What was tried beside the pages of a version, as indicators see it: links, files, search, transport, axe-core."""

from __future__ import annotations

from dataclasses import dataclass

from crawler.extract.facts import PageFacts
from crawler.extract.offers import Attachment
from crawler.model import Certificate, Examination, Failure
from scoring.reference import EvidenceRef


@dataclass(frozen=True)
class LinkCheck:
    """A link that was tried without reading what it leads to.

    `page` is the page that holds it, `ref` the archived beginning of the answer where there was one. `failure` and
    `note` say why it gave nothing. `size` is in bytes, as the server states it. `is_page` says that HTML answered.
    """

    url: str
    anchor: str
    page: EvidenceRef
    ref: EvidenceRef | None
    status: int | None
    failure: Failure | None
    note: str
    content_type: str
    size: int | None
    is_page: bool

    @property
    def answers(self) -> bool | None:
        """Whether the link leads somewhere: False for 404, 410, 5xx and pages that say so, None where we cannot tell.

        A host that gives no answer to us may answer its readers: a name that does not resolve, a refused
        connection, a time limit, a block and robots.txt tell nothing here; `failure` names them.
        """
        if self.failure is None:
            return True
        return False if self.failure is Failure.HTTP_ERROR and _is_gone(self.status) else None


def _is_gone(status: int | None) -> bool:
    return status is not None and (status in (200, 404, 410) or status >= 500)


@dataclass(frozen=True)
class SearchTrial:
    """What a version's search answered to one query.

    `ref` is the archived answer, where there was one; `facts` those of the page that answered, None where it gave
    none: `failure` and `note` say why.
    """

    url: str
    ref: EvidenceRef | None
    facts: PageFacts | None
    failure: Failure | None
    status: int | None
    note: str


@dataclass(frozen=True)
class Transport:
    """What a version's home page answers by the other of http and https, and the certificate of its host.

    `url` is the home page's address by the other scheme, empty where it was not tried, and `ended` the address that
    its redirects led to; `ref`, `status`, `failure`, `note` and `is_page` are as in a `LinkCheck`. `certificate` is
    the newest that the host showed, None where none was seen, `certified` the capture that it came with.
    """

    url: str
    ended: str
    ref: EvidenceRef | None
    status: int | None
    failure: Failure | None
    note: str
    is_page: bool
    certificate: Certificate | None
    certified: EvidenceRef | None


@dataclass(frozen=True)
class ExaminedPage:
    """What axe-core found on a page of the version that was open in a browser. `ref` is where that is kept."""

    url: str
    ref: EvidenceRef
    found: Examination


@dataclass(frozen=True)
class AttachmentEvidence:
    """A file that a page of the version offers. `check` is None where it was not among those tried."""

    page: EvidenceRef
    link: Attachment
    check: LinkCheck | None

    @property
    def size(self) -> int | None:
        """Bytes: as the server states them, else as the page does, else None."""
        stated = self.check.size if self.check is not None and self.opens else None
        return self.link.size if stated is None else stated

    @property
    def opens(self) -> bool | None:
        """Whether a reader gets the file; None where it was not tried or we cannot tell.

        A web page in a file's place may be a login or a viewer, so it tells nothing unless it says that
        the file is gone.
        """
        if self.check is None:
            return None
        return None if self.check.answers and self.check.is_page else self.check.answers
