"""Addresses made up without end that all give the same page: facets, sessions, soft 404s of one template."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from hashlib import blake2b
from urllib.parse import urlsplit

# A pattern is stopped when this many of its pages were copies, and so many times more than were new.
COPIES = 6
COPIES_A_NEW_PAGE = 3

_DIGITS = re.compile(r"\d+")
_ALL_DIGITS = bytes(range(ord("0"), ord("9") + 1))


def pattern_of(url: str) -> str:
    """Return an address's pattern: host, path with its numbers apart, names of its parameters."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url[:200]
    names = sorted({pair.partition("=")[0] for pair in parts.query.split("&") if pair})
    return f"{parts.netloc.lower()}{_DIGITS.sub('0', parts.path)}?{'&'.join(names)}"


@dataclass
class _Pattern:
    bodies: set[bytes] = field(default_factory=set)
    copies: int = 0

    @property
    def stopped(self) -> bool:
        return self.copies >= max(COPIES, COPIES_A_NEW_PAGE * len(self.bodies))


class DuplicateWatch:
    """Counts, pattern by pattern, how many pages had a body seen before under another address of the pattern.

    Where an address has parameters the page is made by a program, which may print a clock or the page's number:
    there digits do not count. Elsewhere only the very same body is a copy.
    """

    def __init__(self) -> None:
        self._patterns: dict[str, _Pattern] = {}

    def came(self, url: str, body: bytes) -> None:
        """Note a page that answered."""
        text = body.translate(None, _ALL_DIGITS) if "?" in url else body
        digest = blake2b(text, digest_size=8).digest()
        pattern = self._patterns.setdefault(pattern_of(url), _Pattern())
        if digest in pattern.bodies:
            pattern.copies += 1
        else:
            pattern.bodies.add(digest)

    def reason(self, url: str) -> str | None:
        """Say why an address need not be fetched, or None."""
        if not self._patterns:
            return None
        name = pattern_of(url)
        pattern = self._patterns.get(name)
        if pattern is None or not pattern.stopped:
            return None
        return f"{pattern.copies} addresses of one pattern gave pages that others had given: {name[:120]}"
