"""The files that pages offer, and whether a reader gets them."""

from __future__ import annotations

from collections.abc import Iterable

from scoring.evidence import AttachmentEvidence, Evidence, EvidenceRef, PageEvidence
from scoring.readings.features import excerpt


def files_on(pages: Iterable[PageEvidence], evidence: Evidence) -> list[AttachmentEvidence]:
    """Return the files that these pages link to, each once."""
    wanted = {link.url for page in pages for link in page.facts.attachments}
    return [file for file in evidence.attachments if file.link.url in wanted]


def citing(file: AttachmentEvidence) -> EvidenceRef:
    """Return the archived answer to the file's address where there is one, else the page that offers it."""
    name = excerpt(file.link.anchor) or file.link.url
    state = {True: "opens", False: "does not open", None: "not known to open"}[file.opens]
    ref = file.check.ref if file.check is not None and file.check.ref is not None else file.page
    return ref.citing(f"{name} ({file.link.kind}): {state}")
