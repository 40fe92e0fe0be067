"""Links to foreign versions on a page, however they are made: text, image, list box, script, tag, frame or widget.

A label counts as a whole: `EN` and `进入英文版` are switches, `English Corner activity` is not. Short labels (JP, 日)
need an address that agrees. A switch to Traditional Chinese is a conversion of script, never a foreign version; a
label with another body's name (中国政府网英文版) counts only where the address is the page's own body's.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import islice
from urllib.parse import urlsplit

from crawler.extract.accounts import is_social
from crawler.extract.labels import (
    LABEL_LIMIT,
    Reading,
    is_gateway,
    leads_to_version_home,
    may_switch,
    read_label,
    same_body,
    url_language,
)
from crawler.extract.language import canonical
from crawler.extract.language_codes import same_language
from crawler.extract.links import alternates, followable, onward
from crawler.extract.nodes import Node
from crawler.extract.page import Page
from crawler.extract.scripts import handler_target
from crawler.extract.visible import titles_of, words_of
from crawler.extract.widgets import is_translator, widgets
from crawler.model import Candidate

_MOST_ELEMENTS = 6000
_LABELLED = ("a", "area", "option")
_MARKED = ("span", "button", "li")  # switches where id or class say so
_DATA_ADDRESSES = ("data-href", "data-url", "data-link")
_INDEX_FILES = ("index.html", "index.htm", "index.shtml", "index.jsp", "index.php", "default.html", "default.htm")


@dataclass(frozen=True)
class _Switch:
    """A labelled element that may lead somewhere; `url` is None where its address cannot be told without a browser."""

    label: str
    url: str | None
    how: str


_Resolve = Callable[[Node], str | None]


def versions(page: Page) -> tuple[Candidate, ...]:
    """Return the foreign versions that the page links to, one candidate for a language and address, in page order.

    Addresses that differ only by scheme or a trailing index file are one. Translation widgets come last.
    """
    found: dict[tuple[str, str], Candidate] = {}
    for switch in _switches(page):
        language = _language_of(switch, page) if switch.url else None
        if switch.url and language and not same_language(language, page.base_language):
            _add(found, Candidate(language, switch.url, switch.label, switch.how))
    for alternate in alternates(page):
        if language := _foreign(canonical(alternate.hreflang), page.base_language):
            _add(found, Candidate(language, alternate.url, "", "hreflang"))
    for step in onward(page):
        language = url_language(step.url) if step.kind == "frame" else None
        if language and not same_language(language, page.base_language):
            _add(found, Candidate(language, step.url, "", "frame"))
    for candidate in widgets(page):
        _add(found, candidate)
    return tuple(found.values())


def unresolved_switches(page: Page, found: tuple[Candidate, ...]) -> tuple[str, ...]:
    """Return the labels of switches that only a browser could follow, in languages that `found` lacks; sorted."""
    known = {candidate.language for candidate in found}
    readings = ((switch.label, read_label(switch.label)) for switch in _switches(page) if switch.url is None)
    foreign = ((label, r) for label, r in readings if _names_foreign(r, page.base_language))
    return tuple(sorted({label for label, r in foreign if r.languages[0] not in known}))


def chinese_link(page: Page) -> str | None:
    """Return the address of the switch to Simplified Chinese on a foreign page: by label, else by hreflang."""
    here = page.url.partition("#")[0]
    for switch in _switches(page):
        if switch.url and switch.url != here and _language_of(switch, page) == "zh":
            return switch.url
    declared = [(canonical(alternate.hreflang) or "", alternate.url) for alternate in alternates(page)]
    simplified = [url for tag, url in declared if tag in ("zh-Hans", "zh") and url != here]
    return simplified[0] if simplified else None


def _add(found: dict[tuple[str, str], Candidate], candidate: Candidate) -> None:
    found.setdefault((candidate.language, _normal(candidate.url)), candidate)


def _normal(url: str) -> str:
    parts = urlsplit(url)
    path = parts.path
    head, _, name = path.rpartition("/")
    if name.lower() in _INDEX_FILES:
        path = head
    fragment = f"#{parts.fragment}" if parts.fragment else ""
    return f"{parts.netloc.lower()}{path.rstrip('/')}?{parts.query}{fragment}"


def _names_foreign(reading: Reading, base: str) -> bool:
    return reading.is_plain and not same_language(reading.languages[0], base)


@lru_cache(maxsize=1)  # the page at hand: its switches are asked for more than once
def _switches(page: Page) -> tuple[_Switch, ...]:
    """Return the elements that could be language switches, in page order; translators and social accounts are none."""
    inline = [node.text for node in page.nodes.of("script") if node.text and "src" not in node.attributes]
    resolve = partial(_scripted_url, page, inline[:50])
    found: list[_Switch] = []
    for element in islice(_candidates(page), _MOST_ELEMENTS):
        if element.tag == "option":
            switch = _option(page, element, resolve)
        elif element.tag in ("a", "area"):
            switch = _anchor(page, element, resolve)
        else:
            label = _label(element)
            switch = _Switch(label, resolve(element), "script") if may_switch(label) else None
        if switch and not (switch.url and (is_translator(switch.url) or is_social(switch.url))):
            found.append(switch)
    return tuple(found)


def _candidates(page: Page) -> Iterator[Node]:
    """Yield what may be a switch, in page order: links, options, what is called lang, and what a script handles."""
    nodes = page.nodes
    marked = (node for tag in _MARKED for node in nodes.of(tag) if node.attributes)
    named = [node for node in marked if "lang" in node.get("class") or "lang" in node.get("id")]
    is_handled = any(spelt in page.decoded.text for spelt in ("nclick", "nClick", "NCLICK"))
    handled = [node for node in nodes.all if "onclick" in node.attributes] if is_handled else []
    if not named and not handled:
        yield from nodes.of(*_LABELLED)
        return
    found = {node.index: node for node in (*nodes.of(*_LABELLED), *named, *handled)}
    yield from (found[index] for index in sorted(found))


def _anchor(page: Page, element: Node, resolve: _Resolve) -> _Switch | None:
    label, how = _label(element), "link"
    if label and "hreflang" not in element.attributes and not may_switch(label):
        return None
    if not label:
        label = titles_of(element)[: LABEL_LIMIT + 1]
        how = "link" if element.first("img") is None else "image"
    if element.get("hreflang") and len(label) <= LABEL_LIMIT and not may_switch(label):
        label = _foreign(canonical(element.get("hreflang")), page.base_language) or label
    if label and not may_switch(label):
        return None
    url = followable(page, element.attributes.get("href"))
    if not label and url:
        label = _named_by_file(element, url)
    return _Switch(label, url, how) if url else _Switch(label, resolve(element), "script")


def _option(page: Page, element: Node, resolve: _Resolve) -> _Switch | None:
    label = _label(element)
    if not may_switch(label):
        return None
    value = element.get("value").strip()
    is_address = "/" in value or value.lower().endswith((".html", ".htm"))
    return _Switch(label, (followable(page, value) if is_address else None) or resolve(element), "select")


def _foreign(tag: str | None, base: str) -> str | None:
    return tag.split("-")[0] if tag and tag != "und" and not same_language(tag, base) else None


def _label(element: Node) -> str:
    """Return the visible label, one character more than a switch may have where it is longer."""
    return words_of(element)[: LABEL_LIMIT + 1]


def _named_by_file(element: Node, url: str) -> str:
    """Return the language in an image's file name (english.gif) where the address says the same, else nothing."""
    image = element.first("img")
    if image is None:
        return ""
    name = image.get("src")[-200:].rsplit("/", 1)[-1]
    language = url_language(f"http://x/{name}")
    return language if language is not None and language == url_language(url) else ""


def _scripted_url(page: Page, scripts: list[str], element: Node) -> str | None:
    """Return the address in an element's handler, `javascript:` link or data attribute."""
    for name in _DATA_ADDRESSES:
        if url := followable(page, element.attributes.get(name)):
            return url
    href = element.get("href")
    handlers = [element.get("onclick"), href if href.strip().lower().startswith("javascript:") else ""]
    for handler in filter(None, handlers):
        target = handler_target(handler[:2000], scripts)
        if url := followable(page, target):
            return url
    return None


def _language_of(switch: _Switch, page: Page) -> str | None:
    """Return the language that a switch leads to, or None where it is no switch."""
    url = switch.url or ""
    if not switch.label:
        is_home = leads_to_version_home(url) and same_body(url, page.url)
        return url_language(url) if is_home and url_language(url) != url_language(page.url) else None  # not a logo
    reading = read_label(switch.label)
    if reading.is_plain:
        return reading.languages[0]
    named = {*reading.languages, *reading.short}
    if not named:
        return url_language(url) if is_gateway(switch.label) else None
    addressed = url_language(url)
    if not reading.others:  # a short label, or several languages on one link: the address decides
        return addressed if addressed in named else None
    says_version = reading.says_version or "版" in switch.label
    own = same_body(url, page.url) and leads_to_version_home(url)
    return addressed if says_version and own and addressed in reading.languages else None
