"""The reference to an archived page that every point rests on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class EvidenceRef:
    """An archived page that a point rests on. `cue` is the snippet or sign on it."""

    capture: int
    url: str
    fetched: datetime
    digest: str
    warc_file: str
    offset: int
    cue: str = ""

    def citing(self, cue: str) -> EvidenceRef:
        """Return the same page with the words on it that count."""
        return EvidenceRef(self.capture, self.url, self.fetched, self.digest, self.warc_file, self.offset, cue)
