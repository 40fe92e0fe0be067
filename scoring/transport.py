"""By what a version's home page comes: http or https, what the other of both answers, and the host's certificate."""

from __future__ import annotations

from urllib.parse import urlsplit

from crawler.archive.reading import SiteReader
from crawler.home_checks import other_scheme
from scoring.evidence import PageEvidence, Transport
from scoring.link_checks import ref_of


def transport_of(reader: SiteReader, home: PageEvidence) -> Transport | None:
    """What the round saw of a home page's transport; None where neither the other scheme nor a certificate was seen."""
    other = other_scheme(home.url)
    tried = reader.tried(other) if other is not None else None
    holder = reader.with_certificate(urlsplit(home.url).hostname or "")
    if tried is None and holder is None:
        return None
    certified = (holder.certificate, ref_of(holder)) if holder is not None else (None, None)
    if other is None or tried is None:
        return Transport("", "", None, None, None, "", False, *certified)
    capture, (failure, note) = tried.capture, tried.failure or (None, "")
    ref = ref_of(capture) if capture.warc_file else None
    return Transport(other, capture.final_url, ref, capture.status, failure, note, tried.is_page, *certified)
