"""A page decoded and parsed once; every fact is read from these elements."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property
from urllib.parse import urljoin

from crawler.extract.decode import Decoded, decode
from crawler.extract.nodes import MOST_NODES, Nodes
from crawler.model import CHINESE

MOST_CHARACTERS = 3_000_000
"""Characters of one page that are parsed: a page with more is a dump or a trap."""


class Page:
    """One captured HTML page: raw bytes, the address that answered, the fetch time (aware, UTC).

    `content_type`, `content_language` and `last_modified` are the response headers' values, or None; `base_language`
    that of the site, whose switches lead to no foreign version. What cannot be parsed is an empty document.
    """

    def __init__(
        self,
        body: bytes,
        url: str,
        *,
        fetched: datetime,
        content_type: str | None = None,
        base_language: str = CHINESE,
        content_language: str | None = None,
        last_modified: str | None = None,
    ) -> None:
        self.body = body
        self.url = url
        self.fetched = fetched
        self.content_type = content_type
        self.base_language = base_language
        self.content_language = content_language
        self.last_modified = last_modified
        self.followed: dict[str, str | None] = {}
        """What addresses as written in the page lead to, once they were asked for: see `links.followable`."""

    @cached_property
    def decoded(self) -> Decoded:
        """The text with the charset declared and the one used."""
        return decode(self.body, self.content_type)

    @property
    def cuts(self) -> tuple[str, ...]:
        """Sentences on what of the page was not read because it is too long or of too many elements."""
        told = []
        if (length := len(self.decoded.text)) > MOST_CHARACTERS:
            told.append(f"page: {length:,} characters, the first {MOST_CHARACTERS:,} were read")
        if self.nodes.is_cut:
            told.append(f"page: more than {MOST_NODES:,} elements, the first were read")
        return tuple(told)

    @cached_property
    def nodes(self) -> Nodes:
        """The page's elements as records in the order of the document: what every fact is read from."""
        return Nodes(self.decoded.text[:MOST_CHARACTERS].replace("\x00", ""))

    @cached_property
    def base_url(self) -> str:
        """What relative links resolve against: <base href> where there is a usable one, else the page's address."""
        for base in self.nodes.of("base"):
            try:
                joined: str = urljoin(self.url, base.get("href").strip())
            except ValueError:  # "http://[" is no address
                continue
            if base.get("href") and joined.startswith(("http://", "https://")):
                return joined
        return self.url
