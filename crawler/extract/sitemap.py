"""Sitemaps: the addresses that a site itself lists, with the day each was last changed.

XML is read tag by tag without a parser: real sitemaps are cut off, badly escaped or hold entities that
would blow a parser up. Plain lists of addresses (one a line) and gzip are read, too.
"""

from __future__ import annotations

import html
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import urljoin, urlsplit

from crawler.extract.facts import Alternate
from crawler.extract.links import without_userinfo

# The protocol's own bound is 50,000 addresses a file; a page budget is hundreds. sitemaps.org
MAX_ENTRIES = 50_000
MAX_LISTED = 2_000  # newest first
MAX_CHILDREN = 20  # sitemaps that an index names, newest first
MAX_BYTES = 10 * 1024 * 1024  # unpacked; the protocol allows 50 MB, which no page budget needs
_MAX_URL = 2_048
_MAX_ALTERNATES = 30

_ROOT = re.compile(r"<(?:([\w-]{1,20}):)?(urlset|sitemapindex)\b")
_GZIP = b"\x1f\x8b"
_DAY = re.compile(r"\s{0,9}(\d{4})-(\d\d)(?:-(\d\d))?")
_ALTERNATE = re.compile(r"<(?:[\w-]{1,20}:)?link\b([^<>]{0,3000})>")
_ATTRIBUTE = re.compile(r"\b(hreflang|href)\s{0,9}=\s{0,9}[\"']([^\"'<>]{1,2048})[\"']")
_ROBOTS_LINE = re.compile(r"[ \t]{0,20}sitemap[ \t]{0,20}:[ \t]{0,20}(\S{1,2048})", re.IGNORECASE)


@dataclass(frozen=True)
class SitemapEntry:
    """An address that a sitemap lists. `lastmod` as stated, None where there is none that can be read;
    `alternates` are the page's declared editions in other languages.
    """

    url: str
    lastmod: date | None = None
    alternates: tuple[Alternate, ...] = ()


def sitemap_urls(body: bytes, url: str) -> tuple[SitemapEntry, ...]:
    """The pages that a sitemap lists: newest first, undated ones last in their order, MAX_LISTED at most.

    `body` is the file as served (gzip or not), `url` its address, against which addresses are resolved.
    Empty for what is no sitemap. Never raises.
    """
    text = _text(body)
    root = _ROOT.search(text[:5_000])
    if root is None:
        return _newest(_listed(text, url), MAX_LISTED)
    return _newest(_entries(text, root[1], "url", url), MAX_LISTED) if root[2] == "urlset" else ()


def child_sitemaps(body: bytes, url: str) -> tuple[SitemapEntry, ...]:
    """The sitemaps that a sitemap index names: newest first, MAX_CHILDREN at most. Empty for all else. Never raises."""
    text = _text(body)
    root = _ROOT.search(text[:5_000])
    if root is None or root[2] != "sitemapindex":
        return ()
    return _newest(_entries(text, root[1], "sitemap", url), MAX_CHILDREN)


def robots_sitemaps(body: bytes, url: str) -> tuple[str, ...]:
    """The sitemaps that a robots.txt names, in its order, MAX_CHILDREN at most. Never raises."""
    found: dict[str, None] = {}
    for line in body[:500_000].decode("utf-8-sig", "replace").splitlines():
        match = _ROBOTS_LINE.match(line)
        address = _address(match[1], url) if match else None
        if address is not None:
            found[address] = None
    return tuple(found)[:MAX_CHILDREN]


def _text(body: bytes) -> str:
    if body.startswith(_GZIP):
        try:
            body = zlib.decompressobj(wbits=31).decompress(body, MAX_BYTES)
        except zlib.error:
            return ""
    body = body[:MAX_BYTES]
    wide = body.startswith((b"\xff\xfe", b"\xfe\xff"))
    # The protocol demands UTF-8, and addresses are ASCII in any encoding but UTF-16.
    return body.decode("utf-16" if wide else "utf-8-sig", "replace")


def _entries(text: str, prefix: str | None, name: str, base: str) -> Iterator[SitemapEntry]:
    """Cut the text at the opening tags of its entries; what stands between two belongs to the first."""
    mark = f"{prefix}:" if prefix else ""
    opening = re.compile(rf"<{mark}{name}\b[^<>]{{0,200}}>")
    starts = [match.end() for match, _ in zip(opening.finditer(text), range(MAX_ENTRIES + 1), strict=False)]
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        block = text[start : min(end, start + 20_000)]
        address = _address(_content(block, f"{mark}loc"), base)
        if address is not None:
            yield SitemapEntry(address, _day(_content(block, f"{mark}lastmod")), _alternates(block, base))


def _content(block: str, tag: str) -> str:
    """The text of the first element `tag`, with CDATA and escapes undone."""
    start = block.find(f"<{tag}>")
    if start < 0:
        return ""
    end = block.find("</", start)
    inner = block[start + len(tag) + 2 : end if end >= 0 else None][: 2 * _MAX_URL].strip()
    if inner.startswith("<![CDATA["):
        return inner.removeprefix("<![CDATA[").partition("]]>")[0].strip()
    return html.unescape(inner.partition("<")[0]).strip()


def _alternates(block: str, base: str) -> tuple[Alternate, ...]:
    if "hreflang" not in block:
        return ()
    found = []
    for match, _ in zip(_ALTERNATE.finditer(block), range(_MAX_ALTERNATES), strict=False):
        named = dict(_ATTRIBUTE.findall(match[1]))
        address = _address(html.unescape(named.get("href", "")), base)
        if address is not None and "hreflang" in named:
            found.append(Alternate(named["hreflang"], address, "sitemap"))
    return tuple(found)


def _listed(text: str, base: str) -> Iterator[SitemapEntry]:
    """A plain list: every line an address. A page of any other kind has no such lines."""
    for line in text[:MAX_BYTES].splitlines()[:MAX_ENTRIES]:
        word = line.strip()
        if word.startswith(("http://", "https://")) and " " not in word:
            address = _address(word, base)
            if address is not None:
                yield SitemapEntry(address)


def _address(written: str, base: str) -> str | None:
    """The full http address, or None for what is none."""
    if written.endswith("://"):  # a bare scheme, which would be joined to the sitemap's own address
        return None
    if not written or len(written) > _MAX_URL or any(char.isspace() or not char.isprintable() for char in written):
        return None
    try:
        full = urljoin(base, written)
        parts = urlsplit(full)
    except ValueError:
        return None
    return without_userinfo(full) if parts.scheme in ("http", "https") and parts.hostname else None


def _day(written: str) -> date | None:
    """The day of a W3C date, date with time, or month (its first day)."""
    found = _DAY.match(written)
    if found is None:
        return None
    try:
        return date(int(found[1]), int(found[2]), int(found[3] or 1))
    except ValueError:
        return None


def _newest(entries: Iterator[SitemapEntry], limit: int) -> tuple[SitemapEntry, ...]:
    first: dict[str, SitemapEntry] = {}
    for entry in entries:
        first.setdefault(entry.url, entry)
    oldest = date.min
    return tuple(sorted(first.values(), key=lambda entry: entry.lastmod or oldest, reverse=True)[:limit])
