"""From a site's home page to the candidates for its foreign versions; what becomes of each, `verdict.py` tells."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import urlsplit, urlunsplit

from crawler.extract.facts import PageFacts
from crawler.extract.glossary import glossary
from crawler.extract.language_codes import canonical, same_language
from crawler.extract.sitemap import SitemapEntry
from crawler.model import CHINESE, Candidate
from crawler.scope import is_address, page_key, scope_of_home

_PREFERENCE = {"roster": 0, "hreflang": 1, "guess": 3, "widget": 4}
_LINKED = 2


def candidates(
    home: PageFacts, *, declared: Iterable[tuple[str, str]] = (), site_url: str = "", base: str = CHINESE
) -> tuple[Candidate, ...]:
    """Merge what the roster declares and what the home page links to, a version once.

    Order: roster, hreflang tags, links in page order, widgets. Addresses of one language in one place
    (`scope_of_home`) are one version, the first stands; a second place of the same language is kept, since
    the first may turn out dead (see `best_of`). The base language is no candidate.
    """
    found = [Candidate(language, url, "", "roster") for language, url in declared]
    found += home.versions
    for alternate in home.alternates:
        tag = canonical(alternate.hreflang)
        if tag and tag != "und":
            found.append(Candidate(tag.split("-")[0], alternate.url, "", "hreflang"))
    merged: dict[tuple[str, object], Candidate] = {}
    for candidate in sorted(found, key=lambda candidate: _PREFERENCE.get(candidate.how, _LINKED)):
        if same_language(candidate.language, base):
            continue
        place = scope_of_home(candidate.language, candidate.url, base=False, site_url=site_url or home.url)
        key = (candidate.language, "widget" if candidate.how == "widget" else place)
        first = merged.setdefault(key, candidate)
        if not first.anchor and candidate.anchor:
            merged[key] = replace(first, anchor=candidate.anchor)
    return tuple(merged.values())


def mapped(entries: Iterable[SitemapEntry], site_url: str, base: str = CHINESE) -> tuple[Candidate, ...]:
    """Return the editions that a site's maps declare, for a site whose home page links to none; one a language.

    The map's word on the home page counts first, else the page that lies nearest to a host's root.
    """
    home, found = page_key(site_url), dict[str, tuple[bool, int, str]]()
    for entry in entries:
        for alternate in entry.alternates:
            tag = canonical(alternate.hreflang)
            if tag and tag != "und" and not same_language(tag, base):
                depth = urlsplit(alternate.url).path.rstrip("/").count("/")
                rank = (page_key(entry.url) != home, depth, alternate.url)
                language = tag.split("-")[0]
                found[language] = min(rank, found.get(language, rank))
    return tuple(Candidate(language, url, "", "sitemap") for language, (_, _, url) in found.items())


def guesses(site_url: str, base: str = CHINESE) -> tuple[Candidate, ...]:
    """Return the usual addresses of an English version, for a site whose home page links to none and is not English.

    A site in a folder of a shared host is guessed within that folder only: the host's English version is
    another body's.
    """
    if base == "en":
        return ()
    parts = urlsplit(site_url)
    folder = parts.path.rpartition("/")[0] + "/"
    named = [piece for piece in folder.split("/") if same_language(glossary().codes.get(piece.lower(), "und"), base)]
    if named:
        urls = [folder.replace(f"/{named[-1]}/", f"/{code}/") for code in ("en", "en-us")]
    else:
        urls = [f"{folder}en/", f"{folder}english/"]
    found = [urlunsplit((parts.scheme, parts.netloc, path, "", "")) for path in urls]
    host = (parts.hostname or "").removeprefix("www.")
    if folder == "/" and "." in host and not is_address(host):
        port = parts.netloc.rpartition("@")[2].partition(":")[2]
        hosts = [f"{label}.{host}" + (f":{port}" if port else "") for label in ("en", "english")]
        found = [f"{parts.scheme}://{name}/" for name in hosts] + found
    return tuple(Candidate("en", url, "", "guess") for url in found)
