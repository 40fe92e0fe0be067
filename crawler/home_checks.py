"""What is tried once of a foreign version beside its pages: its search, and its home page by http and https.

One harmless GET each, within the same body's hosts and with the manners and robots.txt of every other request. The
search is asked by the box that the home page offers. Boxes that a script sends, or that ask by POST, are left alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from urllib.parse import urlencode, urlsplit, urlunsplit

from crawler.extract.offers import Form
from crawler.link_checks import Check
from crawler.model import SEARCH, TRANSPORT
from crawler.scope import host_of, registered_domain

# A word that every government's version holds.
WORDS: Mapping[str, str] = MappingProxyType({
    "ar": "حكومة", "de": "Regierung", "en": "government", "es": "gobierno", "fr": "gouvernement", "it": "governo",
    "ja": "政府", "ko": "정부", "pt": "governo", "ru": "правительство", "th": "รัฐบาล", "vi": "chính phủ",
})  # fmt: skip

_OTHER = {"http": "https", "https": "http"}


def search_check(forms: Iterable[Form], page_url: str, language: str, charset: str) -> Check | None:
    """Return the query to ask of the first search box that asks by GET; None without one, or without a word.

    `charset` is the page's: browsers send what is sought in it. Characters that it lacks are sent as UTF-8.
    """
    word = WORDS.get(language.partition("-")[0])
    own = registered_domain(host_of(page_url))
    for form in forms:
        if word is None or form.query_field is None or registered_domain(host_of(form.url)) != own:
            continue
        fields = [*((name, value) for name, value in form.hidden if name != form.query_field), (form.query_field, word)]
        parts = urlsplit(form.url)
        url = urlunsplit((parts.scheme, parts.netloc, parts.path or "/", _encoded(fields, charset), ""))
        return Check(url, SEARCH, page_url, word)
    return None


def other_scheme(url: str) -> str | None:
    """The same address by https where it is http, and the other way round; None where a port goes with the scheme."""
    parts = urlsplit(url)
    if parts.port is not None or parts.scheme not in _OTHER:
        return None
    return urlunsplit(parts._replace(scheme=_OTHER[parts.scheme], fragment=""))


def transport_check(page_url: str) -> Check | None:
    """Return the home page by the other scheme, to see whether https is there and whether http leads to it."""
    url = other_scheme(page_url)
    return None if url is None else Check(url, TRANSPORT, page_url, "")


def _encoded(fields: list[tuple[str, str]], charset: str) -> str:
    try:
        return urlencode(fields, encoding=charset)
    except (LookupError, UnicodeEncodeError):
        return urlencode(fields)
