"""Where a page leads: its links, the editions that it declares, and where it sends its reader by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from urllib.parse import urldefrag, urljoin, urlsplit

from w3lib.url import safe_url_string

from crawler.extract.cleaning import clean
from crawler.extract.facts import Alternate, Link, Onward
from crawler.extract.nodes import Node
from crawler.extract.page import Page
from crawler.extract.place import place_of
from crawler.extract.scripts import script_targets
from crawler.extract.visible import label_of, visible_text

MAX_LINKS = 5000  # a page with more is a trap or a dump
MAX_URL = 2000  # characters; servers and archives refuse longer ones
REFRESH_LIMIT = 30.0  # seconds; a later refresh reloads a page that is meant to be read
_BARE_TEXT = 80  # characters; a page with more to read is no mere signpost
_BARE_LINKS = 4
_IGNORED = ("javascript:", "data:", "mailto:", "tel:", "sms:", "about:", "vbscript:", "blob:", "#")
_REFRESH = re.compile(
    r"^\s{0,20}(\d{0,6}(?:\.\d{0,6})?)(?:\s{0,20}[;,]\s{0,20}|\s{1,20})(?:url\s{0,9}=\s{0,9})?['\"]?([^'\"]{1,2000})",
    re.IGNORECASE,
)
_BREAKS = re.compile(r"[\t\r\n\x00]")
_PLAIN = re.compile(r"https?://[a-z0-9.-]+(?::\d{1,5})?/[A-Za-z0-9._~/?=&+-]*")
# Relative addresses that need no more than their base before them: no dots or blanks that lead elsewhere.
_SEGMENT = r"[A-Za-z0-9_~-][A-Za-z0-9._~-]*"
_SIMPLE = re.compile(rf"(/|/?{_SEGMENT}(?:/{_SEGMENT})*/?(?:\?[A-Za-z0-9._~/=&+-]+)?)(?:#.*)?")
_NO_SIZE = re.compile(r"^\s{0,9}[01](?:px)?\s{0,9}$")


def followable(page: Page, href: str | None) -> str | None:
    """Resolve an address as a browser would: absolute http(s), fragment dropped, escaped. None where it leads nowhere.

    The query is escaped in the page's charset, as browsers do.
    """
    if href is None:
        return None
    known = page.followed
    if href not in known:
        known[href] = _followed(page, href)
    return known[href]


def _followed(page: Page, href: str) -> str | None:
    if len(href) <= MAX_URL // 2:
        if _PLAIN.fullmatch(href):
            return href
        if (simple := _SIMPLE.fullmatch(href)) and (bases := _bases(page.base_url)):
            return bases[href[0] == "/"] + simple[1]
    raw = _BREAKS.sub("", href[: MAX_URL * 2]).strip().strip("\u3000")
    if not raw or raw[:12].lower().startswith(_IGNORED):
        return None
    base = "" if raw.startswith(("http://", "https://")) else page.base_url
    return _resolved(base, raw, page.decoded.used)


@lru_cache(maxsize=256)
def _bases(base: str) -> tuple[str, str] | None:
    """Return what relative addresses follow: the page's folder and its host; None where these must be escaped."""
    try:
        folder, host = urljoin(base, "x")[:-1], urljoin(base, "/x")[:-2]
    except ValueError:
        return None
    is_plain = len(folder) <= MAX_URL // 2 and _PLAIN.fullmatch(folder) and _PLAIN.fullmatch(f"{host}/")
    return (folder, host) if is_plain else None


@lru_cache(maxsize=16384)  # a site's menus come again on each of its pages
def _resolved(base: str, raw: str, charset: str) -> str | None:
    before, mark, after = raw.partition("?")
    try:
        url = urldefrag(urljoin(base, before.replace("\\", "/") + mark + after)).url
        if not _PLAIN.fullmatch(url):
            parts = urlsplit(url)
            if parts.scheme not in ("http", "https") or not parts.hostname or parts.port == 0:
                return None
            url = without_userinfo(_escaped(url, charset))
    except ValueError:
        return None
    return url if len(url) <= MAX_URL else None


def without_userinfo(url: str) -> str:
    """An address without `user:password@`: whatever a page says, no credentials are sent."""
    parts = urlsplit(url)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl() if "@" in parts.netloc else url


def _escaped(url: str, charset: str) -> str:
    try:
        return safe_url_string(url, encoding=charset)
    except LookupError:
        return safe_url_string(url)


def links(page: Page) -> tuple[Link, ...]:
    """Return the page's links in its order, each address once (the first that has a label), at most `MAX_LINKS`."""
    found: dict[str, Link] = {}
    for element in page.nodes.of("a", "area"):
        url = followable(page, element.attributes.get("href"))
        if url is None:
            continue
        known = found.get(url)
        if known is None:
            found[url] = Link(url, label_of(element), place_of(element))
        elif not known.anchor and (label := label_of(element)):
            found[url] = Link(url, label, known.place)
        if len(found) >= MAX_LINKS:
            break
    return tuple(found.values())


def alternates(page: Page) -> tuple[Alternate, ...]:
    """Return the editions declared by any `<link hreflang>`, whatever its rel (`alternative` is seen)."""
    found: dict[tuple[str, str], Alternate] = {}
    declared = [node for node in page.nodes.of("link") if "hreflang" in node.attributes and "href" in node.attributes]
    for element in declared[:200]:
        url = followable(page, element.get("href"))
        tag = clean(element.get("hreflang")[:35])
        if url and tag:
            found.setdefault((tag, url), Alternate(tag, url, clean(element.get("rel")[:80])))
    return tuple(found.values())


def onward(page: Page) -> tuple[Onward, ...]:
    """Return where the page sends its reader by itself.

    A meta refresh within `REFRESH_LIMIT` seconds; a script's redirect, only where the page has almost nothing to read
    (full pages redirect phones, old browsers, logins); frames of a frameset, or the only inline frame of a bare page.
    """
    found = [Onward("refresh", url) for url in _refreshes(page)]
    found += [Onward("frame", url) for url in _frameset(page)]
    if _is_bare(page):
        found += [Onward("script", url) for url in _script_redirects(page)]
        found += [Onward("frame", url) for url in _full_page_frame(page)]
    here = page.url.partition("#")[0]
    return tuple(dict.fromkeys(step for step in found if step.url != here))


def _refreshes(page: Page) -> Iterator[str]:
    for element in page.nodes.of("meta"):
        if element.get("http-equiv").strip().lower() != "refresh":
            continue
        match = _REFRESH.match(element.get("content")[:3000])
        if match is None or any(node.tag == "noscript" for node in element.around()):
            continue
        delay, target = match.groups()
        url = followable(page, target)
        if url and float(delay.strip(".") or 0) <= REFRESH_LIMIT:
            yield url


def _frameset(page: Page) -> list[str]:
    frames = page.nodes.of("frame")[:20]
    return [url for frame in frames if (url := followable(page, frame.attributes.get("src")))]


def _script_redirects(page: Page) -> list[str]:
    inline = [script for script in page.nodes.of("script") if "src" not in script.attributes]
    scripts = [script.text or "" for script in inline[:50]]
    scripts += [body.get("onload") for body in page.nodes.of("body") if body.get("onload")]
    targets = (target for script in scripts for target in script_targets(script, redirects_only=True))
    return [url for target in targets if (url := followable(page, target))]


def _full_page_frame(page: Page) -> list[str]:
    inline = [frame for frame in page.nodes.of("iframe") if "src" in frame.attributes]
    frames = [frame for frame in inline[:20] if not _is_hidden(frame)]
    url = followable(page, frames[0].get("src")) if len(frames) == 1 else None
    return [url] if url else []


def _is_hidden(frame: Node) -> bool:
    style = re.sub(r"\s", "", frame.get("style")[:500]).lower()
    sizes = (frame.get("width"), frame.get("height"))
    return "display:none" in style or "visibility:hidden" in style or any(_NO_SIZE.match(size) for size in sizes)


def _is_bare(page: Page) -> bool:
    linked = (True for node in page.nodes.of("a", "area") if "href" in node.attributes)
    if sum(islice(linked, _BARE_LINKS)) >= _BARE_LINKS:
        return False
    return len(visible_text(page.nodes.root, _BARE_TEXT * 10).replace("\n", "")) < _BARE_TEXT
