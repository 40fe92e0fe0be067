"""Where pages lie below the report folder: names made of ids, safe on every file system."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from crawler.model import Site
from scoring.evidence import EvidenceRef

_UNSAFE_IN_NAME = re.compile(r"[^\w.-]")
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")  # device names on Windows
_NOT_HEX = re.compile(r"[^0-9a-f]")


def site_file(site: Site) -> str:
    """Return the path of a site's page."""
    return f"sites/{file_stem(site.id)}.html"


def parity_file(site: Site) -> str:
    """Return the path of a site's parity page."""
    return f"parity/{file_stem(site.id)}.html"


def evidence_file(ref: EvidenceRef) -> str:
    """Return the path of a capture's evidence page: 16 digits of its digest, and its id."""
    digits = _NOT_HEX.sub("", ref.digest.rpartition(":")[2].lower())[:16]
    return f"evidence/{digits}-{ref.capture}.html"


def file_stem(name: str) -> str:
    """Return a file name (no ending) for an id. An id that had to change keeps apart from others by its digest."""
    wanted = unicodedata.normalize("NFC", name)
    stem = _UNSAFE_IN_NAME.sub("_", wanted).lstrip(".-")[:60].rstrip(".")
    if stem and stem == name and not _RESERVED.fullmatch(stem):
        return stem
    return f"{stem or 'site'}-{hashlib.sha256(name.encode('utf-8', 'replace')).hexdigest()[:8]}".replace(".", "_")
