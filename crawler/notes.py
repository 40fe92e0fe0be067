"""The note on a failed fetch: crawled or foreign words, fit to be stored and shown."""

from __future__ import annotations

from crawler.extract.cleaning import clean

NOTE_LIMIT = 300  # characters


def printable(words: str) -> str:
    """Crawled or foreign words as one line without control characters, at most NOTE_LIMIT characters."""
    return clean(words[: NOTE_LIMIT * 4])[:NOTE_LIMIT]
