"""A page decoded and parsed once; every fact is read from this one tree."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property
from urllib.parse import urljoin

from lxml import etree

from crawler.extract.decode import Decoded, decode
from crawler.extract.nodes import MOST_NODES, Nodes
from crawler.model import CHINESE

MOST_CHARACTERS = 3_000_000
"""Characters of one page that are parsed: a page with more is a dump or a trap."""


class Page:
    """One captured HTML page: raw bytes, the address that answered, the fetch time (aware, UTC).

    `content_type`, `content_language` and `last_modified` are the response headers' values, or None; `base_language`
    that of the site, whose switches lead to no foreign version. The tree is never None: what cannot be parsed is an
    empty document and a problem.
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

    @cached_property
    def tree(self) -> etree._Element:
        """The root element, parsed by lxml from decoded text (never from bytes), comments dropped.

        From bytes, libxml2 cuts or empties a page that declares gb2312 and holds a GBK-only character.
        """
        parser = self._parser
        text = self.decoded.text[:MOST_CHARACTERS].replace("\x00", "")
        try:
            root = etree.fromstring(text.encode("utf-8", "replace"), parser)
        except (etree.ParserError, etree.XMLSyntaxError, ValueError):
            root = None
        if root is None or root.tag != "html":
            root = etree.fromstring("<html><body></body></html>", parser)
        return _gathered(root)

    @cached_property
    def _parser(self) -> etree.HTMLParser:
        return etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True)

    @property
    def cuts(self) -> tuple[str, ...]:
        """Sentences on what of the page was not read because it is too long, too deep, or of too many elements."""
        length, cut = len(self.decoded.text), self.nodes.is_cut  # parses the page
        told = (
            [f"page: {length:,} characters, the first {MOST_CHARACTERS:,} were read"]
            if length > MOST_CHARACTERS
            else []
        )
        if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in self._parser.error_log):
            told.append("page: elements lie too deep within each other; what comes after was not read")
        if cut:
            told.append(f"page: more than {MOST_NODES:,} elements, the first were read")
        return tuple(told)

    @cached_property
    def nodes(self) -> Nodes:
        """The tree's elements as records in the order of the document: what every fact is read from."""
        return Nodes(self.tree)

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


def _gathered(root: etree._Element) -> etree._Element:
    """Bring what follows an early </html> (an included header closed it) under the one root, as browsers do.

    libxml2 puts it in siblings of the root, which a walk from the root does not see.
    """
    late = [element for element in root.itersiblings() if isinstance(element.tag, str)]
    if late:
        body = root.find("body")
        place = root if body is None else body
        for element in late:
            place.extend(list(element))
    return root
