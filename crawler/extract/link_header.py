"""The HTTP header `Link` as a source of declared editions (RFC 8288; `rel="alternate"; hreflang="en"`)."""

from __future__ import annotations

import re
from urllib.parse import urljoin

from crawler.extract.facts import Alternate

_LIMIT = 20_000  # characters of the header that are read
_ENTRY = re.compile(r"<([^<>]{1,2000})>((?:\s{0,5};[^<>]{0,500})?)")
_PARAMETER = re.compile(r";\s{0,5}([a-zA-Z*]{1,20})\s{0,5}=\s{0,5}(?:\"([^\"]{0,200})\"|([^\s;,\"]{1,200}))")


def header_alternates(value: str, base_url: str) -> tuple[Alternate, ...]:
    """Return the editions in other languages that a `Link` header declares, in its order; never raises."""
    found = []
    for target, rest in _ENTRY.findall(value[:_LIMIT]):
        parameters = {name.lower(): quoted or plain for name, quoted, plain in _PARAMETER.findall(rest)}
        tag = parameters.get("hreflang", "").strip()
        if not tag:
            continue
        try:
            url = urljoin(base_url, target.strip())
        except ValueError:  # "http://[" is no address
            continue
        if url.startswith(("http://", "https://")):
            found.append(Alternate(tag, url, parameters.get("rel", "")))
    return tuple(found)
