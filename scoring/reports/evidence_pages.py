"""A page for every archived capture that a measurement cites: where it lies, what rests on it, what it looked like."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from crawler.errors import WaiwenError
from crawler.extract.decode import decode
from scoring.evidence import EvidenceRef
from scoring.reports.bundle import RoundReport
from scoring.reports.html import render
from scoring.reports.paths import evidence_file, site_file
from scoring.reports.plaintext import clean_lines, reveal

MOST_SOURCE = 200_000  # characters of the decoded source that a page shows
MOST_RENDERED = 1_000_000  # characters of it that the frame renders
# The frame inherits the page's own policy; this one travels with the document, should anyone copy it out.
FRAME_HEAD = (
    '<!doctype html><meta charset="utf-8">'
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
    "img-src data:; base-uri 'none'; form-action 'none'\">"
    '<meta http-equiv="x-dns-prefetch-control" content="off">'
)
# A policy does not stop `preconnect` and `dns-prefetch`: a link tag becomes a meta tag, which does nothing.
_LINK_TAG = re.compile(r"<link\b", re.IGNORECASE)
_TEXTUAL = re.compile(r"text/|html|xml|json|javascript", re.IGNORECASE)


@dataclass(frozen=True)
class Citation:
    """A measurement that rests on a capture, and the words on it that count."""

    site_id: str
    language: str
    indicator: str
    cue: str


@dataclass(frozen=True)
class CitedCapture:
    """A capture with every citation of it, in the order of scorecards and lines, each once."""

    ref: EvidenceRef
    citations: tuple[Citation, ...]


@dataclass(frozen=True)
class ArchivedPage:
    """A capture's body made fit to show. `frame` and `source` are empty where `problem` says why."""

    frame: str = ""
    source: str = ""
    length: int = 0  # characters of the whole decoded text
    content_type: str = ""
    declared: str = ""
    used: str = ""
    problem: str = ""


def cited_captures(report: RoundReport) -> dict[str, CitedCapture]:
    """Return every capture that a measurement cites, by its page's path, sorted."""
    refs: dict[str, EvidenceRef] = {}
    citations: dict[str, dict[Citation, None]] = {}
    for card in report.scorecards():
        # A gate may rest on an indicator that is no line of the card.
        cited = [(line.indicator, line.measurement.evidence) for line in card.lines]
        for indicator, evidence in (*cited, *((gate.indicator, gate.evidence) for gate in card.gates)):
            for ref in evidence:
                name = evidence_file(ref)
                refs.setdefault(name, ref)
                citation = Citation(card.site_id, card.language, indicator, ref.cue)
                citations.setdefault(name, {})[citation] = None
    return {name: CitedCapture(refs[name], tuple(citations[name])) for name in sorted(refs)}


def archived_page(body: bytes, content_type: str | None) -> ArchivedPage:
    """Decode a body for showing. What is no text is only described."""
    kind = (content_type or "").strip()
    if kind and not _TEXTUAL.search(kind):
        return ArchivedPage(content_type=kind, problem=f"no page but {len(body)} bytes of {kind}; see the WARC record")
    decoded = decode(body, content_type)
    text = decoded.text
    return ArchivedPage(
        frame=FRAME_HEAD + _LINK_TAG.sub("<meta data-link", clean_lines(text[:MOST_RENDERED])),
        source=reveal(text[:MOST_SOURCE]),
        length=len(text),
        content_type=kind,
        declared=decoded.declared or "",
        used=decoded.used,
    )


def evidence_pages(report: RoundReport) -> Iterable[tuple[str, str]]:
    """Yield (path below the report folder, page) for every cited capture, by path.

    A capture that the archive cannot give back has a page that says so.
    """
    files = {site.id: site_file(site) for site in report.sites}
    for name, cited in cited_captures(report).items():
        try:
            page = archived_page(*report.body_of(cited.ref))
        except (WaiwenError, OSError) as fault:
            page = ArchivedPage(problem=f"the archive could not give this capture back: {fault}")
        yield (
            name,
            render("evidence.html", report, root="../", cited=cited, page=page, files=files, most_source=MOST_SOURCE),
        )
